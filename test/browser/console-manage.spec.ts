import type { FrameLocator, Page, Request } from 'playwright-core';
import { BrowserWorld, component, describeInBrowser, namelessControls, overflow, type Visitor } from './browser-world';
import { liveNineDays, seedPools } from './pool-history';

const CONSOLE = 'Pool console 公海控制台';
const COMPANY_POOL = 'Company pool 公司公海';
const LEADS = 'Trade-show leads 展会线索';
const PARTS = {
  en: { manage: 'Manage', parts: ['Overview', 'To do', 'Figures', 'Assignment ledger', 'Duplicates', 'Move'] },
  'zh-CN': { manage: '管理', parts: ['概览', '待办', '统计', '自动分配记录', '撞单', '整体转移'] },
};
/** Nine days pass before the first test. */
const PATIENCE_MS = 300_000;
const NAMES = ['overview', 'todo', 'figures', 'ledger', 'duplicates', 'move'];

describeInBrowser('what managers see of their pools', () => {
  let browser: BrowserWorld;

  beforeAll(async () => {
    browser = await BrowserWorld.start({ seed: seedPools });
    await liveNineDays(browser.world);
  }, PATIENCE_MS);
  afterAll(() => browser?.close());
  afterEach(() => browser.expectNoComplaints());

  async function manage(visitor: Visitor, part?: string): Promise<{ page: Page; frame: FrameLocator }> {
    const page = await browser.open('/objects/companies', visitor);
    await page.getByRole('link', { name: CONSOLE }).click();
    const frame = component(page, CONSOLE);
    await frame.getByRole('tab', { name: PARTS[visitor.language ?? 'en'].manage, exact: true }).click();
    if (part !== undefined) await frame.getByRole('tab', { name: part, exact: true }).click();
    return { page, frame };
  }
  const choosePool = (frame: FrameLocator, label: string) =>
    frame.getByRole('combobox', { name: /^(Pool|公海池)$/ }).selectOption({ label });
  const settled = (frame: FrameLocator) => frame.getByText(/…$/).first().waitFor({ state: 'detached' });
  const firstName = (table: ReturnType<FrameLocator['getByRole']>) =>
    table.getByRole('row').nth(1).getByRole('cell').first().textContent();

  it('should tell how a pool did: what was taken, how fast, what came back and what was won', async () => {
    const { frame } = await manage({ mailbox: 'alice.morgan' }, 'Figures');
    await choosePool(frame, COMPANY_POOL);

    await frame.getByRole('region', { name: 'Taken' }).getByText('23', { exact: true }).waitFor();
    await frame.getByText(/^Of 23 customers taken since .*, 12 went back unworked\.$/).waitFor();
    await frame.getByText('Of 23 customers taken, 3 won a deal with whoever took them.').waitFor();
    await frame.getByRole('img', { name: /^60 came into the pool, 23 were taken out of it/ }).waitFor();
    expect(
      await frame
        .getByRole('list', { name: /^Why customers were given back/ })
        .getByRole('listitem')
        .allTextContents(),
    ).toEqual([expect.stringMatching(/No budget.*3/), expect.stringMatching(/Chose a competitor.*1/)]);
  });

  it('should compare members in the order of any column, and pools', async () => {
    const { frame } = await manage({ mailbox: 'alice.morgan' }, 'Figures');
    await choosePool(frame, COMPANY_POOL);
    const members = frame.getByRole('table', { name: 'Per member' });
    await members.getByText('孙丽').waitFor();
    const header = members.getByRole('columnheader', { name: 'Reclaim rate' });
    expect(await members.getByRole('columnheader', { name: 'Taken' }).getAttribute('aria-sort')).toBe('descending');

    await header.getByRole('button').click();
    expect(await header.getAttribute('aria-sort')).toBe('descending');
    expect(await firstName(members)).toBe('孙丽');
    await header.getByRole('button').press('Enter');
    expect(await header.getAttribute('aria-sort')).toBe('ascending');
    expect(await firstName(members)).toBe('Sophie Turner');
    expect(await frame.getByRole('table', { name: 'Per channel' }).getByRole('row').count()).toBe(4);
  });

  it('should change the period, and take all pools together', async () => {
    const { frame } = await manage({ mailbox: 'alice.morgan' }, 'Figures');
    await choosePool(frame, LEADS);
    await frame.getByRole('region', { name: 'Taken' }).getByText('8', { exact: true }).waitFor();
    await choosePool(frame, 'All my pools');
    await frame.getByRole('region', { name: 'Taken' }).getByText('31', { exact: true }).waitFor();

    await frame.getByRole('group', { name: 'Period' }).getByRole('button', { name: '7 days', exact: true }).click();
    await frame.getByText('In and out, last 7 days').waitFor();
    await frame.getByRole('region', { name: 'Taken' }).getByText('31', { exact: true }).waitFor({ state: 'detached' });
    await frame.getByRole('tab', { name: 'Duplicates' }).click();
    expect(await frame.getByRole('combobox', { name: 'Pool' }).locator('option:checked').textContent()).toBe(LEADS);
  });

  it('should explain what was assigned by itself, and who was passed over and why', async () => {
    const { page, frame } = await manage({ mailbox: 'alice.morgan' }, 'Assignment ledger');
    await choosePool(frame, LEADS);
    const ledger = frame.getByRole('table', { name: 'Assignment ledger' });
    const line = ledger.getByRole('row').filter({ hasText: 'Lead Birch' }).last();
    await line.getByText(/It was (Tom Baker|Sophie Turner)'s turn\./).click();
    await line.getByRole('listitem').filter({ hasText: 'Emma Clark' }).getByText('on leave').waitFor();
    await line.getByText('2 could have had it').waitFor();

    await line.getByRole('button', { name: 'Lead Birch' }).click();
    await page.getByRole('heading', { name: 'Lead Birch' }).first().waitFor();
  });

  it('should show duplicates with what makes them the same, and archive one of them', async () => {
    const { page, frame } = await manage({ mailbox: 'li.wei' }, 'Duplicates');
    const table = frame.getByRole('table', { name: 'Duplicates' });
    await table.getByText('Same domain').waitFor();
    await table.getByText('globex.example').waitFor();
    await table.getByText('Same name').waitFor();
    await frame.getByRole('checkbox', { name: 'Select Globex Trading' }).check();
    await frame.getByRole('button', { name: 'Archive' }).click();
    await frame.getByRole('textbox', { name: 'Reason' }).fill('Twice');
    await frame.getByRole('form', { name: 'Archive' }).getByRole('button', { name: 'Archive' }).click();

    await page.getByText('Archived Globex Trading').waitFor();
    await table.getByText('Settled: only one is in circulation').waitFor();
    expect(browser.world.twenty.all('company').find(({ name }) => name === 'Globex Trading')).toMatchObject({
      poolStatus: 'ARCHIVED',
    });
  });

  it('should go from part to part with the keyboard and keep the pool', async () => {
    const { page, frame } = await manage({ mailbox: 'alice.morgan' });
    await choosePool(frame, LEADS);
    await frame.getByRole('tablist', { name: 'Parts of managing' }).focus();
    const chosen = () =>
      frame.getByRole('tablist', { name: 'Parts of managing' }).getByRole('tab', { selected: true }).textContent();

    await page.keyboard.press('ArrowRight');
    expect(await chosen()).toBe('To do');
    await page.keyboard.press('End');
    expect(await chosen()).toBe('Move');
    await page.keyboard.press('ArrowRight');
    expect(await chosen()).toBe('Overview');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await chosen()).toBe('Duplicates');
    expect(await frame.getByRole('combobox', { name: 'Pool' }).locator('option:checked').textContent()).toBe(LEADS);
  });

  it('should say what is empty and why', async () => {
    const { frame } = await manage({ mailbox: 'chen.jing', language: 'zh-CN' }, '统计');
    await frame.getByText('该周期内没有退回或归档。').waitFor();
    await frame
      .getByRole('region', { name: '回收率' })
      .getByText(/没有客户被领取或分配/)
      .waitFor();
    await frame.getByRole('tab', { name: '自动分配记录' }).click();
    await frame.getByText('该公海池未开启自动分配，可在公海设置中开启。').waitFor();
    await frame.getByRole('tab', { name: '撞单' }).click();
    await frame.getByText('没有撞单：未发现域名、名称、邮箱或电话相同的客户。').waitFor();
  });

  it('should be nothing that a rep sees', async () => {
    const page = await browser.open('/objects/companies', { mailbox: 'tom.baker' });
    await page.getByRole('link', { name: CONSOLE }).click();
    const frame = component(page, CONSOLE);
    await frame.getByRole('table').waitFor();

    expect(await frame.getByRole('tab').allTextContents()).toEqual(['My book', 'To claim']);
  });

  it('should show each part with at most three requests', async () => {
    const { page, frame } = await manage({ mailbox: 'alice.morgan' });
    await settled(frame);
    for (const part of PARTS.en.parts.slice(1)) {
      let requests = 0;
      const count = (request: Request) => {
        if (request.method() !== 'OPTIONS' && /\/graphql$|\/s\/highseas|\/metadata$/.test(request.url())) requests += 1;
      };
      page.on('request', count);
      await frame.getByRole('tab', { name: part, exact: true }).click();
      await settled(frame);
      page.off('request', count);
      expect([part, requests <= 3]).toEqual([part, true]);
    }
  });

  it.each([
    ['Figures', 'ConsoleFigures', 'Taken'],
    ['Assignment ledger', 'ConsoleLedger', ''],
    ['Duplicates', 'ConsoleDuplicates', ''],
  ])('should say in %s when an answer is slow or does not come, and try again', async (part, operation, region) => {
    const { page, frame } = await manage({ mailbox: 'alice.morgan' });
    await settled(frame);
    let held: (() => Promise<void>) | undefined;
    let fail = false;
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes(operation)) return route.continue();
      if (fail) return route.abort();
      held = () => route.continue();
    });
    await frame.getByRole('tab', { name: part, exact: true }).click();
    await frame.getByText('Still waiting for an answer…').waitFor();
    await held?.();
    await frame.getByText('Still waiting for an answer…').waitFor({ state: 'detached' });

    fail = true;
    await choosePool(frame, 'East 华东');
    await frame.getByText('Highseas cannot be reached. Try again in a moment, or tell your admin.').waitFor();
    await page.unroute('**/graphql');
    await frame.getByRole('button', { name: 'Try again' }).click();
    await frame.getByRole('alert').waitFor({ state: 'detached' });
    if (region !== '') await frame.getByRole('region', { name: region }).waitFor();
  });

  it.each([
    ['en', 'light', 'alice.morgan'],
    // Somebody else: nobody may ask for as much in a minute as this opens in both languages.
    ['zh-CN', 'dark', 'wang.fang'],
  ] as const)('should fit and name its controls in %s and %s', async (language, appearance, mailbox) => {
    for (const width of [900, 1280, 1920]) {
      const { page, frame } = await manage({ mailbox, language, appearance, width });
      for (const [index, part] of PARTS[language].parts.entries()) {
        await frame.getByRole('tab', { name: part, exact: true }).click();
        await choosePool(frame, part === PARTS[language].parts[3] ? LEADS : COMPANY_POOL);
        await settled(frame);
        expect(await overflow(page)).toBe(0);
        expect(await namelessControls(page)).toEqual([]);
        if (width === 1280 && index > 1 && index < 5)
          await browser.screenshot(page, `console-${NAMES[index]}-${language}-${appearance}`);
      }
    }
  });
});
