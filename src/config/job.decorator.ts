import { DiscoveryService } from '@nestjs/core';

/** The jobs of plugin.json. The boot fails when one has no handler or two, and when plugin.json knows others. */
export type JobName =
  | 'sync-members'
  | 'sync-pools'
  | 'sync-settings'
  | 'sync-records'
  | 'settle-writes'
  | 'show-customers'
  | 'mirror-events'
  | 'reconcile'
  | 'keep-clocks'
  | 'reclaim-sweep'
  | 'clean-up'
  | 'send-reminders'
  | 'auto-assign'
  | 'run-operations'
  | 'keep-duplicates';

/**
 * Put on the method that does a job's work. The method takes nothing; what it throws is logged, and the job is tried again at
 * its next turn.
 */
export const Job = DiscoveryService.createDecorator<JobName>();
