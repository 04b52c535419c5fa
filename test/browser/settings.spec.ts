import type { Page } from 'playwright-core';
import { BrowserWorld, component, describeInBrowser, namelessControls, overflow, type Visitor } from './browser-world';

const SETTINGS = 'Pool settings 公海设置';

describeInBrowser('the settings page', () => {
  let browser: BrowserWorld;

  beforeAll(async () => {
    browser = await BrowserWorld.start({
      seed: (twenty) => {
        for (let index = 0; index < 20; index += 1) twenty.seedCompany({ name: `Customer ${index}`, accountOwnerId: twenty.member('tom.baker').id });
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
  const choosePool = (page: Page) => component(page, SETTINGS).getByRole('combobox', { name: /^(Pool|公海池)$/ }).selectOption({ label: 'Company pool 公司公海' });

  it('should show what a change would do before it is saved, and save it', async () => {
    const page = await open({ mailbox: 'li.wei' });
    const frame = component(page, SETTINGS);
    await choosePool(page);
    await frame.getByText('With the rules as they are').waitFor();
    await frame.getByText('Tonight 0, within 7 days 0, within 90 days 20.').first().waitFor();

    await frame.getByRole('textbox', { name: /^First follow-up days/ }).fill('');
    await frame.getByRole('textbox', { name: /^Follow-up days/ }).fill('');
    await frame.getByText('Nobody falls due in the next 90 days.').waitFor();
    await browser.screenshot(page, 'settings-rules-en-light');
    await frame.getByRole('button', { name: 'Save' }).click();

    await page.getByText('Saved', { exact: true }).waitFor();
    expect(browser.world.twenty.get('customerPool', browser.world.twenty.pools.company)).toMatchObject({ followUpDays: null, firstFollowUpDays: null });
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

  it('should tell what is wrong with the engine and how to mend it', async () => {
    const { twenty } = browser.world;
    const page = await open({ mailbox: 'alice.morgan' });
    const frame = component(page, SETTINGS);
    await frame.getByRole('tab', { name: 'Health' }).click();
    await frame.getByText('There is one default pool').waitFor();
    expect(await frame.getByText('not in order').count()).toBe(0);

    twenty.setVariable('HIGHSEAS_ENGINE_URL', '');
    await frame.getByRole('button', { name: 'Check again' }).click();
    await frame.getByText('an admin enters HIGHSEAS_ENGINE_URL').waitFor();
    twenty.setVariable('HIGHSEAS_ENGINE_URL', browser.world.engine.url);
  });

  it.each([['en', 'dark'], ['zh-CN', 'light']] as const)('should fit and name its controls in %s and %s', async (language, appearance) => {
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
