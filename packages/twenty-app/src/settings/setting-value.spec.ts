import { workspaceSettings, settingGroups } from './settings-groups';
import { controlOf, listOf, problemOf, reasonsOf, storedText, toStored } from './setting-value';

const setting = (key: string) => {
  const found = workspaceSettings.find((candidate) => candidate.key === key);
  if (!found) throw new Error(`plugin.json has no setting ${key}`);
  return found;
};

describe('a workspace setting', () => {
  it.each(workspaceSettings.map((one) => [one.key, one] as const))(
    '%s should have a default that is right, and be stored as it is shown',
    (_, one) => {
      const draft = storedText(one.default);

      expect(problemOf(one, draft, 'en')).toBeUndefined();
      expect(JSON.stringify(toStored(one, draft))).toBe(JSON.stringify(draft));
    },
  );

  it.each([
    ['TIME_ZONE', 'Mars/Olympus'],
    ['WORKING_WEEKDAYS', '[]'],
    ['WORKING_WEEKDAYS', '["8"]'],
    ['HOLIDAY_COUNTRY', 'China'],
    ['EXTRA_HOLIDAYS', '["2026-02-30"]'],
    ['EXTRA_HOLIDAYS', 'tomorrow'],
    ['MEMBER_HOLDING_CAPACITY', '-1'],
    ['MEMBER_HOLDING_CAPACITY', 'abc'],
    ['DIRECT_EDITS', 'MAYBE'],
    ['PEOPLE_FOLLOW_COMPANY', 'perhaps'],
    ['RELEASE_REASONS', '{"NO_NEED":{"en":"No need"}}'],
    ['RELEASE_REASONS', '[{"code":"A","en":"a","zh-CN":"甲"},{"code":"A","en":"b","zh-CN":"乙"}]'],
    ['REMINDER_WEBHOOKS', '[{"kind":"SLACK","url":"hooks.example","secret":""}]'],
    ['HIGHSEAS_ENGINE_URL', 'highseas'],
  ])('%s should not take %s, in either language', (key, draft) => {
    const [en, zh] = [problemOf(setting(key), draft, 'en'), problemOf(setting(key), draft, 'zh-CN')];

    expect(en).toMatch(/\.$/);
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
  });

  it('should have a control for its type, and none of raw JSON', () => {
    expect(
      [
        'TIME_ZONE',
        'WORKING_WEEKDAYS',
        'HOLIDAY_COUNTRY',
        'EXTRA_HOLIDAYS',
        'WON_STAGES',
        'RELEASE_REASONS',
        'REMINDER_WEBHOOKS',
        'OFFBOARDING_SUCCESSOR',
      ].map((key) => controlOf(setting(key))),
    ).toEqual(['timeZone', 'choices', 'country', 'dates', 'words', 'reasons', 'webhooks', 'member']);
  });

  it('should keep reasons in their order under their codes, and webhooks without an empty secret', () => {
    const rows = reasonsOf(storedText(setting('RELEASE_REASONS').default)) ?? [];
    const draft = JSON.stringify([...rows.slice(1), { code: 'MOVED', en: 'Moved away', 'zh-CN': '已搬迁' }]);

    expect(Object.keys(JSON.parse(toStored(setting('RELEASE_REASONS'), draft)) as object)).toEqual([
      ...rows.slice(1).map(({ code }) => code),
      'MOVED',
    ]);
    expect(toStored(setting('REMINDER_WEBHOOKS'), '[{"kind":"WECOM","url":" https://a.example ","secret":""}]')).toBe(
      '[{"kind":"WECOM","url":"https://a.example"}]',
    );
  });

  it('should take an empty text for an empty list, and what is no list for none', () => {
    expect([listOf(''), listOf('["a"]'), listOf('{"a":1}'), listOf('[1]')]).toEqual([[], ['a'], undefined, undefined]);
  });
});

it('should show every setting once, whatever is added to plugin.json', () => {
  const shown = settingGroups(workspaceSettings).flatMap(({ settings }) => settings.map(({ key }) => key));

  expect([...shown].sort()).toEqual(workspaceSettings.map(({ key }) => key).sort());
});
