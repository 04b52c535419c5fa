import { settings } from '../../../../plugin.json';
import type { Locale, StringKey } from '../domain/strings';
import type { PluginSetting } from '../plugin/plugin.types';
import { problemOf } from './setting-value';

// Its literals widen on import.
export const workspaceSettings = settings as unknown as PluginSetting[];

const GROUPS: { caption: StringKey; keys: string[] }[] = [
  {
    caption: 'settingsCalendar',
    keys: ['TIME_ZONE', 'WORKING_WEEKDAYS', 'HOLIDAY_COUNTRY', 'EXTRA_HOLIDAYS', 'EXTRA_WORKDAYS'],
  },
  {
    caption: 'settingsActivities',
    keys: ['QUALIFYING_ACTIVITIES', 'ONLY_OWNER_ACTIVITY_COUNTS', 'WON_STAGES', 'LOST_STAGES'],
  },
  { caption: 'settingsReminders', keys: ['REMINDER_CHANNELS', 'REMINDER_WEBHOOKS'] },
  { caption: 'settingsReleasing', keys: ['RELEASE_REASONS'] },
  {
    caption: 'settingsOwners',
    keys: [
      'MEMBER_HOLDING_CAPACITY',
      'DIRECT_EDITS',
      'OFFBOARDING',
      'OFFBOARDING_SUCCESSOR',
      'PEOPLE_FOLLOW_COMPANY',
      'OPPORTUNITIES_FOLLOW_OWNER',
      'TASKS_FOLLOW_OWNER',
    ],
  },
];

/** Settings by what they are about; whatever has no place of its own comes last. */
export function settingGroups(shown: PluginSetting[]): { caption: StringKey; settings: PluginSetting[] }[] {
  const placed = new Set(GROUPS.flatMap(({ keys }) => keys));
  return [
    ...GROUPS.map(({ caption, keys }) => ({
      caption,
      settings: keys.flatMap((key) => shown.find((setting) => setting.key === key) ?? []),
    })),
    { caption: 'settingsOthers' as const, settings: shown.filter(({ key }) => !placed.has(key)) },
  ].filter((group) => group.settings.length > 0);
}

/** The settings whose stored value cannot be used, as far as their values may be seen. */
export const unusableSettings = (stored: Record<string, string>, locale: Locale): PluginSetting[] =>
  workspaceSettings.filter(
    (setting) =>
      !setting.sensitive &&
      stored[setting.key] !== undefined &&
      problemOf(setting, stored[setting.key] ?? '', locale) !== undefined,
  );
