import { PluginManifest } from '../config/plugin-manifest';
import { createWorkingCalendar } from '../domain/calendar/working-calendar';
import type { SettingValue } from '../storage/entities/setting.entity';
import {
  parseSettings,
  type ParsedSetting,
  type SettingKey,
  settingKeys,
  WorkspaceSettings,
} from './workspace-settings';

const defaults = new WorkspaceSettings();

function parsed(
  key: SettingKey,
  text: string | null | undefined,
  lastGood: Partial<Record<string, SettingValue>> = {},
): ParsedSetting {
  const found = parseSettings({ [key]: text }, lastGood).find((setting) => setting.key === key);
  if (!found) throw new Error(`${key} is not parsed`);
  return found;
}

describe('workspace settings', () => {
  it('should keep every default when Twenty has no values', () => {
    expect(parseSettings({}, {})).toEqual(settingKeys.map((key) => ({ key, value: defaults[key], problem: null })));
  });

  it.each(settingKeys)('should have the default of %s that plugin.json declares', (key) => {
    expect(defaults[key]).toEqual(PluginManifest.load().setting(key).default);
  });

  it.each<[SettingKey, string, SettingValue]>([
    ['TIME_ZONE', 'America/New_York', 'America/New_York'],
    ['WORKING_WEEKDAYS', '["1","2","3","4","5","6"]', ['1', '2', '3', '4', '5', '6']],
    ['HOLIDAY_COUNTRY', 'DE-BY', 'DE-BY'],
    ['EXTRA_HOLIDAYS', '["2026-12-24"]', ['2026-12-24']],
    ['EXTRA_WORKDAYS', '[]', []],
    ['MEMBER_HOLDING_CAPACITY', '250', 250],
    ['DIRECT_EDITS', 'REVERT', 'REVERT'],
    ['PEOPLE_FOLLOW_COMPANY', 'false', false],
    ['REMINDER_CHANNELS', '["TASK","WEBHOOK"]', ['TASK', 'WEBHOOK']],
    [
      'REMINDER_WEBHOOKS',
      '[{"kind":"DINGTALK","url":"https://a.example/x?y=1","secret":"s"}]',
      [{ kind: 'DINGTALK', url: 'https://a.example/x?y=1', secret: 's' }],
    ],
  ])('should read %s from the text %s', (key, text, value) => {
    expect(parsed(key, text)).toEqual({ key, value, problem: null });
  });

  it.each([null, undefined, ''])('should read %p as the default, not as the last good value', (text) => {
    expect(parsed('MEMBER_HOLDING_CAPACITY', text, { MEMBER_HOLDING_CAPACITY: 50 })).toEqual({
      key: 'MEMBER_HOLDING_CAPACITY',
      value: 0,
      problem: null,
    });
  });

  const wrong: [SettingKey, string][] = [
    ['TIME_ZONE', 'Shanghai'],
    ['TIME_ZONE', '+08:00'],
    ['TIME_ZONE', ' '],
    ['WORKING_WEEKDAYS', '["8"]'],
    ['WORKING_WEEKDAYS', '[1]'],
    ['WORKING_WEEKDAYS', '[]'],
    ['WORKING_WEEKDAYS', 'weekdays'],
    ['HOLIDAY_COUNTRY', 'China'],
    ['HOLIDAY_COUNTRY', 'XX'],
    ['EXTRA_HOLIDAYS', '["tomorrow"]'],
    ['EXTRA_HOLIDAYS', '["2026-02-30"]'],
    ['EXTRA_WORKDAYS', '"2026-01-01"'],
    ['MEMBER_HOLDING_CAPACITY', 'many'],
    ['MEMBER_HOLDING_CAPACITY', '-1'],
    ['MEMBER_HOLDING_CAPACITY', '1.5'],
    ['MEMBER_HOLDING_CAPACITY', '1000001'],
    ['MEMBER_HOLDING_CAPACITY', 'true'],
    ['MEMBER_HOLDING_CAPACITY', 'null'],
    ['DIRECT_EDITS', 'revert'],
    ['PEOPLE_FOLLOW_COMPANY', 'yes'],
    ['REMINDER_CHANNELS', '["PIGEON"]'],
    ['REMINDER_WEBHOOKS', '{"kind":"SLACK","url":"https://a.example"}'],
    ['REMINDER_WEBHOOKS', '[{"kind":"PIGEON","url":"https://a.example"}]'],
    ['REMINDER_WEBHOOKS', '[{"kind":"SLACK","url":"ftp://a.example"}]'],
    ['REMINDER_WEBHOOKS', '[{"kind":"SLACK"}]'],
    ['REMINDER_WEBHOOKS', '[null]'],
    ['REMINDER_WEBHOOKS', '[{"kind":"SLACK","url":"https://a.example","secret":5}]'],
    ['PEOPLE_FOLLOW_COMPANY', '0'],
    ['TIME_ZONE', `Asia/${'a'.repeat(600_000)}`],
    ['EXTRA_HOLIDAYS', '['.repeat(40_000) + ']'.repeat(10_000)],
    ['EXTRA_HOLIDAYS', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['REMINDER_CHANNELS', JSON.stringify(Array.from({ length: 101 }, () => 'TASK'))],
    // PostgreSQL has no place for these, and would refuse all settings because of one.
    ['REMINDER_WEBHOOKS', '[{"kind":"JSON","url":"https://a.example","secret":"\\u0000"}]'],
    ['REMINDER_WEBHOOKS', '[{"kind":"JSON","url":"https://a.example","secret":"\\ud83d"}]'],
  ];
  const good: Partial<Record<SettingKey, SettingValue>> = {
    TIME_ZONE: 'Europe/Berlin',
    WORKING_WEEKDAYS: ['7'],
    HOLIDAY_COUNTRY: 'DE',
    EXTRA_HOLIDAYS: ['2026-12-31'],
    EXTRA_WORKDAYS: ['2026-12-25'],
    MEMBER_HOLDING_CAPACITY: 77,
    DIRECT_EDITS: 'REVERT',
    PEOPLE_FOLLOW_COMPANY: false,
    REMINDER_CHANNELS: ['WEBHOOK'],
    REMINDER_WEBHOOKS: [{ kind: 'JSON', url: 'https://good.example' }],
  };

  it.each(wrong)('should keep the last good %s instead of %p and say what is wrong', (key, text) => {
    const { value, problem } = parsed(key, text, good);
    expect(value).toEqual(good[key]);
    expect(problem).toMatch(/must|should/);
  });

  it.each(wrong)('should keep the default %s instead of %p when there was no good value', (key, text) => {
    expect(parsed(key, text).value).toEqual(defaults[key]);
  });

  it('should let one wrong value spoil no other', () => {
    const settings = parseSettings({ TIME_ZONE: 'Nowhere', DIRECT_EDITS: 'REVERT' }, {});
    expect(settings.filter(({ problem }) => problem !== null).map(({ key }) => key)).toEqual(['TIME_ZONE']);
    expect(settings.find(({ key }) => key === 'DIRECT_EDITS')?.value).toBe('REVERT');
  });

  it('should leave keys alone that the engine does not go by', () => {
    expect(
      parseSettings({ HIGHSEAS_ENGINE_URL: 'https://engine.example', TOKEN: 'x' }, {}).map(({ key }) => key),
    ).toEqual(settingKeys);
  });

  it('should only put values in force that make a working calendar', () => {
    const values = Object.assign(
      new WorkspaceSettings(),
      Object.fromEntries(parseSettings(Object.fromEntries(wrong), {}).map(({ key, value }) => [key, value])),
    );
    const { WORKING_WEEKDAYS, HOLIDAY_COUNTRY, EXTRA_HOLIDAYS, EXTRA_WORKDAYS } = values;
    const calendar = createWorkingCalendar({
      weekdays: WORKING_WEEKDAYS.map(Number),
      country: HOLIDAY_COUNTRY,
      extraHolidays: EXTRA_HOLIDAYS,
      extraWorkdays: EXTRA_WORKDAYS,
    });
    expect(calendar.isWorkingDay('2026-03-10')).toBe(true);
  });
});
