import type { Page } from 'playwright-core';
import { watchRequests } from './component-requests';
import { BrowserWorld, component, describeInBrowser, namelessControls, overflow, type Visitor } from './browser-world';

const SETTINGS = 'Pool settings 公海设置';

describeInBrowser('the settings page', () => {
  let browser: BrowserWorld;

  beforeAll(async () => {
    browser = await BrowserWorld.start({
      seed: (twenty) => {
        for (let index = 0; index < 20; index += 1)
          twenty.seedCompany({ name: `Customer ${index}`, accountOwnerId: twenty.member('tom.baker').id });
      },
    });
  });
  afterAll(() => browser?.close());
  afterEach(() => browser.expectNoComplaints());

  async function open(visitor: Visitor): Promise<Page> {
    const page = await browser.open('/objects/companies', visitor);
    await page.getByRole('link', { name: SETTINGS }).click();
    await component(page, SETTINGS).getByRole('combobox').first().waitFor();
    return page;
  }
  const choosePool = (page: Page) =>
    component(page, SETTINGS)
      .getByRole('combobox', { name: /^(Pool|公海池)$/ })
      .selectOption({ label: 'Company pool 公司公海' });

  it('should show what a change would do before it is saved, and save it', async () => {
    const page = await open({ mailbox: 'li.wei' });
    const frame = component(page, SETTINGS);
    await choosePool(page);
    await frame.getByText('Change a value to see what it would do.').waitFor();
    await frame.getByRole('button', { name: 'Show the rules as they are' }).click();
    await frame.getByText('With the rules as they are').waitFor();
    await frame
      .getByText(/^Tonight 0, by .+ 20; 20 within 90 days, all of them Tom Baker’s\.$/)
      .first()
      .waitFor();

    await frame.getByRole('textbox', { name: /^First follow-up days/ }).fill('');
    await frame.getByRole('textbox', { name: /^Follow-up days/ }).fill('');
    await frame.getByText('Nobody falls due in the next 90 days.').last().waitFor();
    await browser.screenshot(page, 'settings-rules-en-light');
    await frame.getByRole('button', { name: 'Save' }).click();

    await page.getByText('Saved', { exact: true }).waitFor();
    expect(browser.world.twenty.get('customerPool', browser.world.twenty.pools.company)).toMatchObject({
      followUpDays: null,
      firstFollowUpDays: null,
    });
  });

  it('should not save a value that cannot be used, and say which may be', async () => {
    const page = await open({ mailbox: 'wang.fang', language: 'zh-CN' });
    const frame = component(page, SETTINGS);
    await frame.getByRole('textbox', { name: /^保有量/ }).fill('很多');

    await frame.getByText('请输入 0 至 100,000 之间的整数。').waitFor();
    expect(await frame.getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
    await frame.getByRole('button', { name: '放弃修改' }).click();
    await frame.getByText('请输入 0 至 100,000 之间的整数。').waitFor({ state: 'detached' });
  });

  it('should let a rep read the rules and change nothing', async () => {
    const page = await open({ mailbox: 'tom.baker' });
    const frame = component(page, SETTINGS);

    await frame.getByText('Only managers of this pool and workspace admins change its rules.').waitFor();
    expect(await frame.getByRole('button', { name: 'Save' }).count()).toBe(0);
    expect(await frame.getByRole('textbox', { name: /^Holding capacity/ }).isDisabled()).toBe(true);
  });

  it('should change a member’s limit', async () => {
    const page = await open({ mailbox: 'li.wei' });
    const frame = component(page, SETTINGS);
    await choosePool(page);
    await frame.getByRole('tab', { name: 'Members and limits' }).click();
    const card = frame.getByRole('region', { name: 'Tom Baker' });
    await card.getByRole('textbox', { name: /^Holding capacity/ }).fill('70');
    await card.getByRole('button', { name: 'Save: Tom Baker' }).click();

    await page.getByText('Saved', { exact: true }).waitFor();
    expect(browser.world.twenty.all('customerPoolMember').map(({ holdingCapacity }) => holdingCapacity)).toContain(70);
  });

  it('should ask for no more than three things to show itself', async () => {
    const page = await browser.open('/objects/companies', { mailbox: 'wang.fang', language: 'en' });
    const requests = watchRequests(page);
    await page.getByRole('link', { name: SETTINGS }).click();
    const frame = component(page, SETTINGS);
    await frame.getByText('Change a value to see what it would do.').waitFor();

    expect(requests.asked().length).toBeLessThanOrEqual(3);
    requests.reset();
    await frame.getByRole('tab', { name: 'Calendar, reminders, workspace' }).click();
    await frame.getByRole('region', { name: 'Calendar' }).waitFor();
    expect(requests.asked().length).toBeLessThanOrEqual(3);
  });

  const openWorkspace = async (visitor: Visitor): Promise<Page> => {
    const page = await open(visitor);
    await component(page, SETTINGS)
      .getByRole('tab', { name: /^(Calendar, reminders, workspace|日历、提醒与工作区)$/ })
      .click();
    await component(page, SETTINGS)
      .getByRole('group', { name: /^(Working weekdays|工作日)$/ })
      .waitFor();
    return page;
  };
  const storedSetting = (key: string): string => {
    const [application] = browser.world.sandbox.workspace.applications.values();
    return String(application?.variables.get(key)?.value ?? '');
  };

  it('should let an admin change the calendar, what counts and the reasons with controls for each', async () => {
    const page = await openWorkspace({ mailbox: 'wang.fang', language: 'en' });
    const frame = component(page, SETTINGS);
    await frame.getByRole('group', { name: 'Working weekdays' }).getByRole('checkbox', { name: 'Saturday' }).check();
    await frame.getByRole('combobox', { name: /^Time zone/ }).selectOption('Europe/Berlin');
    await frame.getByLabel('New entry: Extra holidays').fill('2026-12-24');
    await frame.getByRole('button', { name: 'Add: Extra holidays' }).click();
    await frame
      .getByRole('group', { name: 'Qualifying activities' })
      .getByRole('checkbox', { name: 'E-mail received' })
      .check();
    await frame.getByRole('button', { name: 'Add a reason' }).click();
    await frame.getByRole('textbox', { name: 'Code 9' }).fill('moved');
    await frame.getByText('Each reason needs a code and words in both languages.').waitFor();
    expect(await frame.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await frame.getByRole('textbox', { name: 'In English 9' }).fill('Moved away');
    await frame.getByRole('textbox', { name: 'In Chinese 9' }).fill('已搬迁');
    await browser.screenshot(page, 'settings-workspace-en-light');
    await frame.getByRole('button', { name: 'Save' }).click();

    await page.getByText('It applies within a minute.').waitFor();
    expect(JSON.parse(storedSetting('WORKING_WEEKDAYS'))).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(storedSetting('TIME_ZONE')).toBe('Europe/Berlin');
    expect(JSON.parse(storedSetting('EXTRA_HOLIDAYS'))).toEqual(['2026-12-24']);
    expect(JSON.parse(storedSetting('QUALIFYING_ACTIVITIES'))).toContain('EMAIL_RECEIVED');
    expect(JSON.parse(storedSetting('RELEASE_REASONS'))).toMatchObject({
      NO_NEED: { en: 'No need' },
      MOVED: { en: 'Moved away', 'zh-CN': '已搬迁' },
    });
  });

  it('should show what is stored and cannot be used, and never a secret', async () => {
    browser.world.twenty.setVariable(
      'REMINDER_WEBHOOKS',
      '[{"kind":"SLACK","url":"https://hooks.example/very-secret"}]',
    );
    browser.world.twenty.setVariable('HOLIDAY_COUNTRY', 'Chinaland');
    const page = await openWorkspace({ mailbox: 'wang.fang', language: 'zh-CN' });
    const frame = component(page, SETTINGS);

    await frame.getByText('节假日国家：Chinaland').waitFor();
    await frame.getByText('已保存的地址含有密钥').waitFor();
    expect(await frame.locator('body').innerHTML()).not.toContain('very-secret');
    await frame.getByRole('textbox', { name: /^节假日国家/ }).fill('CN');
    await frame.getByRole('button', { name: '添加地址' }).click();
    await frame.getByRole('textbox', { name: '地址 1' }).fill('https://hooks.example/new');
    await frame.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('一分钟内生效。').waitFor();
    await frame.getByText('节假日国家：Chinaland').waitFor({ state: 'detached' });
    expect(storedSetting('HOLIDAY_COUNTRY')).toBe('CN');
    expect(JSON.parse(storedSetting('REMINDER_WEBHOOKS'))).toEqual([
      { kind: 'WECOM', url: 'https://hooks.example/new' },
    ]);
  });

  it('should let a rep read the workspace settings, and say who changes them', async () => {
    const page = await openWorkspace({ mailbox: 'tom.baker' });
    const frame = component(page, SETTINGS);

    await frame.getByText('Only workspace admins change these. You can read them.').waitFor();
    expect(await frame.getByRole('checkbox', { name: 'Monday' }).isDisabled()).toBe(true);
    expect(await frame.getByRole('button', { name: 'Save' }).count()).toBe(0);
  });

  it.each([
    ['en', 'Entity performing the request does not have permission', 'Twenty does not let you change settings of apps'],
    ['zh-CN', 'Entity performing the request does not have permission', 'Twenty 不允许您修改应用设置'],
    ['en', 'Something else', 'Twenty did not save it: Something else'],
  ] as const)('should explain in %s that Twenty refuses a setting with "%s"', async (language, refusal, words) => {
    const page = await openWorkspace({ mailbox: 'wang.fang', language });
    await page.route('**/metadata', (route) =>
      route.request().postData()?.includes('SaveSetting')
        ? route.fulfill({
            json: { errors: [{ message: refusal, extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
            headers: { 'access-control-allow-origin': '*' },
          })
        : route.continue(),
    );
    const frame = component(page, SETTINGS);
    await frame
      .getByRole('group', { name: /^(Working weekdays|工作日)$/ })
      .getByRole('checkbox')
      .last()
      .check();
    await frame.getByRole('button', { name: /^(Save|保存)$/ }).click();

    await frame.getByText(words).waitFor();
    await frame.getByText(language === 'en' ? '1 changed' : '已修改 1 项').waitFor();
  });

  it('should make a pool, take a member in as its manager, and let them go', async () => {
    const page = await open({ mailbox: 'wang.fang', language: 'en' });
    const frame = component(page, SETTINGS);
    await frame.getByRole('button', { name: 'New pool' }).click();
    await frame.getByRole('textbox', { name: 'Name of the new pool' }).fill('South 华南');
    await frame.getByRole('button', { name: 'Create' }).click();
    await page.getByText('Pool created').waitFor();
    const made = () => browser.world.twenty.all('customerPool').find(({ name }) => name === 'South 华南');
    expect(made()).toMatchObject({ isDefault: false, followUpDays: 30, holdingCapacity: 200 });

    await frame.getByRole('combobox', { name: 'Pool' }).selectOption({ label: 'South 华南' });
    await frame.getByRole('tab', { name: 'Members and limits' }).click();
    await frame.getByRole('button', { name: 'Add a member' }).click();
    await frame.getByRole('form').getByRole('combobox', { name: 'Member' }).selectOption({ label: 'Sophie Turner' });
    await frame.getByRole('form').getByRole('combobox').last().selectOption('MANAGER');
    await frame.getByRole('form').getByRole('button', { name: 'Add a member' }).click();
    const card = frame.getByRole('region', { name: 'Sophie Turner' });
    await card.waitFor();
    expect(
      browser.world.twenty.all('customerPoolMember').filter(({ customerPoolId }) => customerPoolId === made()?.id),
    ).toMatchObject([{ memberRole: 'MANAGER', memberId: browser.world.twenty.member('sophie.turner').id }]);

    await card.getByRole('button', { name: 'Remove Sophie Turner' }).click();
    await card.getByRole('alert').getByRole('button', { name: 'Remove' }).click();
    await frame.getByText('This pool has no members of its own.').waitFor();
  });

  it('should take a filter of several lines, and no list for a filter', async () => {
    const page = await open({ mailbox: 'wang.fang', language: 'en' });
    const frame = component(page, SETTINGS);
    await choosePool(page);
    await frame.getByRole('group', { name: 'Routing filter' }).getByRole('button', { name: 'as text' }).click();
    const filter = frame.getByRole('textbox', { name: /^Routing filter/ });
    await filter.fill('[]');
    await frame.getByText('A filter is an object in braces.').waitFor();
    await filter.fill('{\n  "createdBy": {"source": {"eq": "IMPORT"}}\n}');
    await frame.getByRole('button', { name: 'Save' }).click();

    await page.getByText('Saved', { exact: true }).waitFor();
    expect(browser.world.twenty.get('customerPool', browser.world.twenty.pools.company)?.routingFilter).toEqual({
      createdBy: { source: { eq: 'IMPORT' } },
    });
  });

  it('should tell what is wrong with the engine and how to mend it', async () => {
    const { twenty } = browser.world;
    const page = await open({ mailbox: 'alice.morgan' });
    const frame = component(page, SETTINGS);
    await frame.getByRole('tab', { name: 'Health' }).click();
    await frame.getByText('There is one default pool').waitFor();
    await frame.getByText('The engine can work in Twenty').waitFor();
    await frame.getByText(/^Everything has been read up to \d+ seconds? ago\.$/).waitFor();
    expect(await frame.getByText('not in order').count()).toBe(0);

    twenty.setVariable('HIGHSEAS_ENGINE_URL', '');
    await frame.getByRole('button', { name: 'Check again' }).click();
    await frame.getByText('an admin enters HIGHSEAS_ENGINE_URL').waitFor();
    twenty.setVariable('HIGHSEAS_ENGINE_URL', browser.world.engine.url);
  });

  it.each([
    ['en', 'dark'],
    ['zh-CN', 'light'],
  ] as const)('should fit and name its controls in %s and %s', async (language, appearance) => {
    for (const width of [900, 1920]) {
      const page = await open({ mailbox: 'wang.fang', language, appearance, width });
      const frame = component(page, SETTINGS);
      for (const tab of await frame.getByRole('tab').all()) {
        await tab.click();
        await frame.getByText(/…$/).first().waitFor({ state: 'detached' });
        expect(await overflow(page)).toBe(0);
        expect(await namelessControls(page)).toEqual([]);
        if (width === 1920) await browser.screenshot(page, `settings-${language}-${appearance}`);
      }
    }
  });
});
