import { BrowserWorld, component, describeInBrowser, namelessControls, overflow } from './browser-world';

describeInBrowser('the browser workspace of the sandbox', () => {
  let browser: BrowserWorld;
  let pooled: string;
  let neglected: string;

  beforeAll(async () => {
    browser = await BrowserWorld.start({
      seed: (twenty) => {
        neglected = twenty.seedCompany({ name: 'Neglected Mills Ltd', accountOwnerId: twenty.member('sun.li').id });
        pooled = twenty.seedCompany({ name: 'Pooled Trading Ltd' });
        twenty.seedCompany({ name: 'Owned Tools Ltd', accountOwnerId: twenty.member('tom.baker').id });
      },
    });
  });
  afterAll(() => browser?.close());
  afterEach(() => browser.expectNoComplaints());

  it('should claim a selected customer with the app’s own button, and release it through its form', async () => {
    const page = await browser.open('/objects/companies', { mailbox: 'tom.baker' });
    await page.getByRole('checkbox', { name: 'Select Pooled Trading Ltd' }).check();
    await page.getByRole('button', { name: 'Claim customers 领取客户' }).click();
    await page.getByText('Claimed Pooled Trading Ltd').waitFor();
    expect(browser.world.twenty.ownerOf('company', pooled)).toBe(browser.world.twenty.member('tom.baker').id);

    await page.goto(`${browser.world.sandbox.url}/object/company/${pooled}`);
    await page.getByRole('button', { name: 'Release customers 退回客户' }).click();
    const form = component(page, 'Release customers');
    await form.getByRole('combobox', { name: 'Reason' }).selectOption({ label: 'No budget' });
    await form.getByRole('button', { name: 'Release' }).click();
    await page.getByText('Released Pooled Trading Ltd').waitFor();
    expect(browser.world.twenty.ownerOf('company', pooled)).toBeNull();
  });

  it('should find commands by typing after Ctrl-K, and offer none that the selection does not allow', async () => {
    const page = await browser.open('/objects/companies', { mailbox: 'tom.baker' });
    await page.getByRole('checkbox', { name: 'Select Owned Tools Ltd' }).check();
    await page.keyboard.press('Control+k');
    const menu = page.getByRole('dialog', { name: 'Commands' });

    await menu.getByRole('searchbox').fill('relea');

    expect(await menu.getByRole('button').allTextContents()).toEqual(['Release customers 退回客户']);
    await menu.getByRole('searchbox').fill('claim cust');
    await menu.getByText('No command fits the selection').waitFor();
  });

  it.each(['light', 'dark'] as const)(
    'should fit from 900 to 1920 pixels and name every control, in Chinese and %s',
    async (appearance) => {
      for (const width of [900, 1440, 1920]) {
        const page = await browser.open('/objects/companies', {
          mailbox: 'zhang.min',
          language: 'zh-CN',
          appearance,
          width,
        });
        await page.getByRole('link', { name: 'Owned Tools Ltd' }).waitFor();
        expect(await overflow(page)).toBe(0);
        expect(await namelessControls(page)).toEqual([]);
        if (width === 1440) await browser.screenshot(page, `list-zh-${appearance}`);
      }
    },
  );

  it('should show a reminder where its owner finds it: among the tasks, and on the customer', async () => {
    const page = await browser.open('/objects/companies', { mailbox: 'sun.li' });
    await page.getByRole('button', { name: '+1 day' }).click();
    await page.getByText('Reminders sent: 2.').waitFor();

    await page.getByRole('link', { name: 'My tasks' }).click();
    await page.getByRole('link', { name: /1/ }).first().click();
    await page.getByText('Neglected Mills Ltd').first().waitFor();

    await page.goto(`${browser.world.sandbox.url}/object/company/${neglected}`);
    await page.getByRole('tab', { name: 'Tasks' }).click();
    await page.getByText('To do').waitFor();
  });

  it('should let days pass for Twenty and the engine together', async () => {
    const page = await browser.open('/objects/companies', { mailbox: 'tom.baker' });
    const before = browser.world.sandbox.clock.now();
    await page.getByRole('button', { name: '+1 day' }).click();
    await page.getByText('Days passed: 1').waitFor();
    expect(browser.world.sandbox.clock.now() - before).toBeGreaterThanOrEqual(86_400_000);
  });

  it.each([
    ['en', 'light', 'The numbers behind the charts of this page'],
    ['zh-CN', 'dark', '此页图表背后的数字'],
  ] as const)(
    'should show the numbers behind the dashboard in %s and %s, as Twenty draws them',
    async (language, appearance, hint) => {
      const page = await browser.open('/objects/companies', { mailbox: 'li.wei', language, appearance });
      await page.getByRole('link', { name: 'Pool dashboard 公海看板' }).click();
      await page.getByText(hint).waitFor();

      const inPools = browser.world.twenty.all('company').filter(({ poolStatus }) => poolStatus === 'POOLED').length;
      await page
        .getByRole('region', { name: 'Companies in pools 公海中的公司' })
        .getByText(String(inPools), { exact: true })
        .waitFor();
      await page
        .getByRole('region', { name: 'Companies owned, by owner 各负责人的公司' })
        .getByText('Tom', { exact: true })
        .waitFor();
      expect(await overflow(page)).toBe(0);
      expect(await namelessControls(page)).toEqual([]);
      await browser.screenshot(page, `dashboard-${language === 'en' ? 'light' : 'zh-dark'}`);
    },
  );
});
