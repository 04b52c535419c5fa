import type { Page } from 'playwright-core';
import { BrowserWorld, component, describeInBrowser, namelessControls, overflow, type Visitor } from './browser-world';

const CONSOLE = 'Pool console 公海控制台';

describeInBrowser('the pool console', () => {
  let browser: BrowserWorld;

  beforeAll(async () => {
    browser = await BrowserWorld.start({
      seed: (twenty) => {
        for (let index = 0; index < 60; index += 1)
          twenty.seedCompany({
            name: `Book ${String(index).padStart(2, '0')} Ltd`,
            accountOwnerId: twenty.member(index < 45 ? 'tom.baker' : 'sun.li').id,
          });
        for (let index = 0; index < 12; index += 1) twenty.seedCompany({ name: `公海客户 ${index + 1}` });
      },
    });
  });
  afterAll(() => browser?.close());
  afterEach(() => browser.expectNoComplaints());

  async function open(visitor: Visitor): Promise<Page> {
    const page = await browser.open('/objects/companies', visitor);
    await page.getByRole('link', { name: CONSOLE }).click();
    await component(page, CONSOLE).getByRole('tab').first().waitFor();
    return page;
  }

  it('should show a rep the book, what it may hold, and what falls next and why', async () => {
    const page = await open({ mailbox: 'tom.baker' });
    const frame = component(page, CONSOLE);
    await frame.getByRole('table', { name: 'My customers, soonest due first' }).waitFor();

    await frame.getByText('45 of 50').waitFor();
    await frame.getByText('45 go back to the pool within 14 days').waitFor();
    await frame.getByRole('img', { name: /45 in all/ }).waitFor();
    expect(await frame.getByRole('tab', { name: 'Manage' }).count()).toBe(0);
    await browser.screenshot(page, 'console-book-en-light');

    const sentence = frame.getByText(/^Reclaimed on .* if there is no qualifying activity within 7 days/).first();
    expect(await sentence.isVisible()).toBe(false);
    await frame.getByText('7 days from').first().click();
    await sentence.waitFor();
  });

  it('should show itself with three requests to the engine', async () => {
    const page = await browser.open('/objects/companies', { mailbox: 'tom.baker' });
    let requests = 0;
    page.on('request', (request) => {
      if (
        request.method() !== 'OPTIONS' &&
        /\/graphql$|\/s\/highseas|\/metadata$/.test(request.url()) &&
        request.frame() !== page.mainFrame()
      )
        requests += 1;
    });
    await page.getByRole('link', { name: CONSOLE }).click();
    await component(page, CONSOLE).getByRole('table').waitFor();

    expect(requests).toBe(3);
  });

  it('should claim chosen customers, and say when it may not be', async () => {
    const page = await open({ mailbox: 'zhang.min', language: 'zh-CN' });
    const frame = component(page, CONSOLE);
    await frame.getByRole('tab', { name: '可领取' }).click();
    await frame.getByRole('checkbox', { name: '选择 公海客户 1', exact: true }).check();
    await frame.getByRole('checkbox', { name: '选择 公海客户 2', exact: true }).check();
    await frame.getByRole('button', { name: '领取 2 个' }).click();

    await page.getByText('已领取 2 个').waitFor();
    await frame.getByRole('checkbox', { name: '选择 公海客户 1', exact: true }).waitFor({ state: 'detached' });
  });

  it('should show a manager what is at risk and whose it is', async () => {
    const page = await open({ mailbox: 'li.wei' });
    const frame = component(page, CONSOLE);
    await frame.getByRole('tab', { name: 'Manage' }).click();

    await frame.getByRole('region', { name: 'Due within 90 days' }).getByText('62', { exact: true }).waitFor();
    await frame.getByText('In: 12').waitFor();
    await frame.getByRole('list', { name: 'At risk by owner' }).getByText('Tom Baker').waitFor();
    await frame.getByRole('button', { name: 'Owned, soonest due first' }).click();
    await frame.getByText('1–50 of 62').waitFor();
    await browser.screenshot(page, 'console-manage-en-light');
    const customers = frame.getByRole('table', { name: 'Customers' }).getByRole('row');
    // The header stays in sight while the rows are scrolled.
    const top = async (row: number) => (await customers.nth(row).locator('th, td').first().boundingBox())?.y ?? 0;
    await customers.last().scrollIntoViewIfNeeded();
    expect(await top(1)).toBeLessThan(await top(0));
    await frame.getByRole('button', { name: 'Next page' }).click();
    await frame.getByText('51–62 of 62').waitFor();
    expect(await frame.getByRole('button', { name: 'Next page' }).isDisabled()).toBe(true);
    expect(await top(1)).toBeGreaterThan(await top(0));
    await frame.getByRole('button', { name: 'Previous page' }).click();
    await frame.getByText('1–50 of 62').waitFor();
  });

  it('should give a whole book to others by free capacity after a preview', async () => {
    const page = await open({ mailbox: 'li.wei' });
    const frame = component(page, CONSOLE);
    await frame.getByRole('tab', { name: 'Manage' }).click();
    await frame.getByRole('tab', { name: 'Move' }).click();
    await frame.getByRole('button', { name: 'Everything that a member owns' }).click();
    await frame.getByRole('combobox', { name: 'Owner' }).selectOption({ label: '孙丽' });
    await frame.getByRole('checkbox', { name: 'Sophie Turner' }).check();
    await frame.getByRole('checkbox', { name: 'Emma Clark' }).check();
    await frame.getByRole('combobox', { name: 'Split' }).selectOption({ label: 'By free capacity' });
    await frame.getByRole('button', { name: 'Preview' }).click();
    await frame.getByText('15 customers; 15 change hands').waitFor();
    await frame.getByRole('button', { name: 'Reassign 15' }).click();

    await frame.getByText('Done: 15 of 15').waitFor({ timeout: 30_000 });
    expect(
      browser.world.twenty
        .all('company')
        .filter(({ accountOwnerId }) => accountOwnerId === browser.world.twenty.member('sun.li').id),
    ).toEqual([]);
  });

  it('should keep what is chosen when the page is turned, and choose the whole list', async () => {
    const page = await open({ mailbox: 'li.wei' });
    const frame = component(page, CONSOLE);
    await frame.getByRole('tab', { name: 'Manage' }).click();
    await frame.getByRole('button', { name: 'Owned, soonest due first' }).click();
    await frame.getByText(/^1–50 of \d+$/).waitFor();
    await frame.getByRole('checkbox', { name: 'Select all on this page' }).check();
    await frame.getByText('50 selected').waitFor();
    await frame.getByRole('button', { name: 'Next page' }).click();
    await frame.getByText(/^51–/).waitFor();
    expect(await frame.getByRole('checkbox', { name: 'Select all on this page' }).isChecked()).toBe(false);
    await frame
      .getByRole('checkbox', { name: /^Select Book/ })
      .first()
      .check();
    await frame.getByText('51 selected').waitFor();

    await frame.getByRole('button', { name: /^Select all \d+$/ }).click();
    await frame.getByText(/^All 6\d selected$/).waitFor();
    await frame.getByRole('button', { name: 'Hold the clock' }).click();
    await frame.getByText(/^6\d selected\. The clock stands still/).waitFor();
    await frame.getByRole('button', { name: 'Clear' }).click();
    await frame.getByText('Select customers to act on them.').waitFor();
  });

  it.each([
    ['en', 'dark'],
    ['zh-CN', 'light'],
  ] as const)('should fit and name its controls in %s and %s', async (language, appearance) => {
    for (const width of [900, 1920]) {
      const page = await open({ mailbox: 'li.wei', language, appearance, width });
      const frame = component(page, CONSOLE);
      for (const tab of await frame.getByRole('tab').all()) {
        await tab.click();
        await frame.getByText(/…$/).first().waitFor({ state: 'detached' });
        expect(await overflow(page)).toBe(0);
        expect(await namelessControls(page)).toEqual([]);
      }
      if (width === 1920) await browser.screenshot(page, `console-manage-${language}-${appearance}`);
    }
  });

  it('should say when the engine cannot be reached, and not hang', async () => {
    browser.world.twenty.setVariable('HIGHSEAS_ENGINE_URL', 'http://127.0.0.1:9');
    const page = await browser.open('/objects/companies', { mailbox: 'tom.baker', language: 'zh-CN' });
    await page.getByRole('link', { name: CONSOLE }).click();
    await component(page, CONSOLE).getByText('无法连接公海，请稍后重试或联系管理员。').waitFor();
    browser.world.twenty.setVariable('HIGHSEAS_ENGINE_URL', browser.world.engine.url);
    await component(page, CONSOLE).getByRole('button', { name: '重试' }).click();
    await component(page, CONSOLE).getByRole('tab', { name: '我的私海' }).waitFor();
  });
});
