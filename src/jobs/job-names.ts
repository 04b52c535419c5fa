/** Every job that plugin.json declares; the registry fails the boot when the two differ. */
export const jobNames = [
  'sync-members',
  'sync-pools',
  'sync-settings',
  'sync-records',
  'settle-writes',
  'show-customers',
  'mirror-events',
  'reconcile',
  'keep-clocks',
  'reclaim-sweep',
  'clean-up',
  'send-reminders',
  'auto-assign',
  'run-bulk-jobs',
  'keep-duplicates',
] as const;
export type JobName = (typeof jobNames)[number];

export const queueName = 'highseas';
