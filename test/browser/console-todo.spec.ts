import type { FrameLocator, Page } from 'playwright-core';
import { company } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { expectSettled } from '../support/highseas-settled';
import { BrowserWorld, component, describeInBrowser, namelessControls, overflow, type Visitor } from './browser-world';
import { watchRequests } from './component-requests';

const CONSOLE = 'Pool console 公海控制台';
const TAB = 'Pool 公海';
const SELECT_ALL_COMPANY = 'Select all on this page';

describeInBrowser('what managers find and do in the console', () => {
  let browser: BrowserWorld;
  let asked: string;
  const idOf = (name: string) => browser.world.twenty.all('company').find((record) => record.name === name)?.id ?? '';
  const ownerOf = (name: string) => browser.world.twenty.ownerOf('company', idOf(name));

  beforeAll(async () => {
    browser = await BrowserWorld.start({
      seed: (twenty) => {
        const [tom, emma, sunLi] = ['tom.baker', 'emma.clark', 'sun.li'].map((mailbox) => twenty.member(mailbox).id);
        twenty.patch('customerPool', twenty.pools.company, {
          extensionsWithoutApproval: 0,
          approvalDays: 3,
          releaseReasonRequired: false,
        });
        asked = twenty.seedCompany({ name: 'Asking Ltd', accountOwnerId: tom });
        for (let index = 0; index < 5; index += 1) twenty.seedCompany({ name: `Emma ${index}`, accountOwnerId: emma });
        for (let index = 0; index < 4; index += 1)
          twenty.seedCompany({ name: `Leaver ${index}`, accountOwnerId: sunLi });
        for (const name of ['海港贸易', 'Harbor Tools', 'Pine Foods']) twenty.seedCompany({ name });
      },
    });
    await expectSettled(browser.world);
    const rep = await browser.world.as(browser.world.twenty.member('tom.baker'));
    await rep.must(
      'mutation($c: [CustomerRef!]!) { askForMoreTime(customers: $c, days: 9, reason: "Budget comes in May") { done } }',
      { c: [company(asked)] },
    );
  });
  afterAll(() => browser?.close());
  afterEach(() => browser.expectNoComplaints());

  async function manage(
    visitor: Visitor,
    name: string | RegExp = /^Manage/,
  ): Promise<{ page: Page; frame: FrameLocator }> {
    const page = await browser.open('/objects/companies', visitor);
    await page.getByRole('link', { name: CONSOLE }).click();
    const frame = component(page, CONSOLE);
    await frame.getByRole('tab', { name }).click();
    return { page, frame };
  }

  it('should say on the record what its owner asks for, and until when it waits', async () => {
    const page = await browser.open(`/object/company/${asked}`, { mailbox: 'tom.baker' });
    const tab = component(page, TAB);
    await tab.getByText('Tom Baker asks for 9 more days').waitFor();
    await tab
      .getByRole('status')
      .filter({ hasText: 'Budget comes in May' })
      .filter({ hasText: 'Nothing is reclaimed up to' })
      .waitFor();
    expect(await tab.getByRole('button', { name: 'Decide on more time' }).count()).toBe(0);
  });

  it.each([
    ['en', 'light'],
    ['zh-CN', 'dark'],
  ] as const)('should count the requests that wait and show them, in %s and %s', async (language, appearance) => {
    for (const width of [900, 1280, 1920]) {
      const { page, frame } = await manage(
        { mailbox: 'li.wei', language, appearance, width },
        language === 'en' ? 'Manage (1)' : '管理（1）',
      );
      await frame.getByRole('tab', { name: language === 'en' ? 'To do' : '待办' }).click();
      await frame.getByText('Budget comes in May').waitFor();
      await frame
        .getByRole('button', { name: language === 'en' ? 'Requests for more time (1)' : '延期申请（1）' })
        .waitFor();
      expect(await overflow(page)).toBe(0);
      expect(await namelessControls(page)).toEqual([]);
      if (width === 1280) await browser.screenshot(page, `console-todo-${language}-${appearance}`);
    }
  });

  it('should decide a request where it is listed, after which nobody waits', async () => {
    const before = String(browser.world.twenty.get('company', asked)?.['reclaimOn']);
    const { page, frame } = await manage({ mailbox: 'li.wei' });
    await frame.getByRole('tab', { name: 'To do' }).click();
    await frame.getByRole('checkbox', { name: 'Select Asking Ltd' }).check();
    await frame.getByRole('button', { name: 'Decide on more time' }).click();
    await frame
      .getByRole('form', { name: 'Decide on more time' })
      .getByRole('button', { name: 'Decide on more time' })
      .click();

    await page.getByText('Decided on Asking Ltd').waitFor();
    await frame.getByText('Nobody waits for an answer.').waitFor();
    await frame.getByRole('tab', { name: 'Manage', exact: true }).waitFor();
    await eventually(() =>
      expect(String(browser.world.twenty.get('company', asked)?.['reclaimOn']) > before).toBe(true),
    );
  });

  it('should find customers by name and kind, and say when nothing matches', async () => {
    const { frame } = await manage({ mailbox: 'li.wei' });
    const rows = frame.getByRole('table', { name: 'Customers' }).getByRole('row');
    await frame.getByText('1–3 of 3').waitFor();
    await frame.getByRole('checkbox', { name: SELECT_ALL_COMPANY }).check();
    await frame.getByRole('searchbox', { name: 'Find by name' }).fill('海港');
    await frame.getByText('1–1 of 1').waitFor();
    expect(await rows.count()).toBe(2);
    // What is not seen any more is not acted on.
    expect(await frame.getByText('3 selected').count()).toBe(0);

    await frame.getByRole('button', { name: 'People', exact: true }).click();
    await frame.getByText('No customer matches.').waitFor();
    await frame.getByRole('button', { name: 'Show all' }).click();
    await frame.getByText('1–3 of 3').waitFor();
    expect(await frame.getByRole('searchbox', { name: 'Find by name' }).inputValue()).toBe('');
  });

  it('should show what is at risk with one owner, and give all of it back', async () => {
    const { page, frame } = await manage({ mailbox: 'li.wei' });
    await frame.getByRole('button', { name: 'Show what Emma Clark has' }).click();
    await frame.getByText('1–5 of 5').waitFor();
    await frame.getByRole('checkbox', { name: SELECT_ALL_COMPANY }).check();
    await frame.getByRole('button', { name: 'Release' }).click();
    await frame.getByRole('form', { name: 'Release' }).getByRole('button', { name: 'Release' }).click();

    await page.getByText('5 released').waitFor();
    await frame.getByText('No customer matches.').waitFor();
    expect(ownerOf('Emma 0')).toBeNull();
    await frame.getByRole('button', { name: 'Remove Owner: Emma Clark' }).click();
    await frame.getByText('Leaver 0').waitFor();
  });

  it('should give a leaver’s customers back to their pools after a preview, and take it back', async () => {
    const { page, frame } = await manage({ mailbox: 'li.wei', language: 'zh-CN' }, /^管理/);
    await frame.getByRole('tab', { name: '整体转移' }).click();
    await frame.getByRole('button', { name: '某成员的全部客户' }).click();
    await frame.getByRole('combobox', { name: '负责人' }).selectOption({ label: '孙丽' });
    await frame.getByRole('button', { name: '退回公海', exact: true }).click();
    await frame.getByText('共 4 个客户，其中 4 个退回公海').waitFor();
    expect(await overflow(page)).toBe(0);
    await browser.screenshot(page, 'console-offboard-zh');
    await frame.getByRole('textbox', { name: '原因（选填）' }).fill('五月离职');
    await frame.getByRole('button', { name: '退回 4 个' }).click();

    await frame.getByText('已完成：4/4').waitFor();
    expect(ownerOf('Leaver 0')).toBeNull();
    await frame.getByRole('button', { name: '撤销' }).click();
    await frame.getByText('已撤销 4 个').waitFor();
    expect(ownerOf('Leaver 0')).toBe(browser.world.twenty.member('sun.li').id);
  });

  it('should open on managing with three requests, where “select all” leads', async () => {
    const page = await browser.open('/objects/companies', { mailbox: 'li.wei' });
    const requests = watchRequests(page);
    await page.getByRole('checkbox').first().check();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('button', { name: 'Archive customers 归档客户' }).click();
    await component(page, CONSOLE).getByText('At risk by owner').waitFor();
    const shown = requests.asked().filter((request) => !request.includes('/metadata'));
    expect(shown).toHaveLength(3);
  });
});
