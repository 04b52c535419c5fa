import type { Frame, Page } from 'playwright-core';
import { BrowserWorld, component, describeInBrowser, namelessControls, overflow, type Visitor } from './browser-world';

const TAB = 'Pool 公海';
const SETTINGS = 'Pool settings 公海设置';
const CONSOLE = 'Pool console 公海控制台';
const WIDTHS = [900, 1280, 1920];

/** Names of people, customers, products and technical things, which are the same in every language. */
const ALLOWED = [
  'Twenty',
  'Highseas',
  'Webhook',
  'Slack',
  'JSON',
  'URL',
  'IANA',
  'YYYY-MM-DD',
  'DE-BY',
  'Cron',
  'HIGHSEAS_ENGINE_URL',
  // What the sandbox's people, pools and customers are called.
  'Tom Baker',
  'Sophie Turner',
  'Emma Clark',
  'Daniel Reed',
  'Alice Morgan',
  'Company pool',
  'Trade-show leads',
  'East',
  'Owned Tools Ltd',
  'Pooled North',
];

// These run in the page, whose types this program does not have.
const VISIBLE_TEXT = `(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || ['SCRIPT', 'STYLE', 'CODE'].includes(parent.tagName)) continue;
    found.push(node.textContent);
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]'))
    for (const name of ['aria-label', 'placeholder', 'title']) if (element.hasAttribute(name)) found.push(element.getAttribute(name));
  return found;
})()`;

async function englishIn(frame: Frame): Promise<string[]> {
  const texts = await frame.evaluate<string[]>(VISIBLE_TEXT);
  return texts.filter((text) => {
    // Addresses, time zones, examples of JSON, codes of stages.
    const words = text
      .replace(/https?:\/\/\S*/g, '')
      .replace(/\b[A-Z]\w+\/[A-Z][\w/+-]*/g, '')
      .replace(/\{.*\}|\[.*\]/gs, '')
      .replace(/\b[A-Z][A-Z0-9_]{2,}\b/g, '');
    const rest = ALLOWED.reduce((left, name) => left.replaceAll(name, ''), words);
    return /[A-Za-z]{3,}/.test(rest);
  });
}

describeInBrowser('every page and form in Chinese', () => {
  let browser: BrowserWorld;
  let owned: string;
  let pooled: string;

  beforeAll(async () => {
    browser = await BrowserWorld.start({
      seed: (twenty) => {
        owned = twenty.seedCompany({ name: 'Owned Tools Ltd', accountOwnerId: twenty.member('tom.baker').id });
        pooled = twenty.seedCompany({ name: 'Pooled North' });
      },
    });
  });
  afterAll(() => browser?.close());
  afterEach(() => browser.expectNoComplaints());

  /** Everything that a person meets there: in their language, with names, and inside the page. */
  async function expectFit(page: Page, where: string): Promise<void> {
    const frames = page.frames().filter((frame) => frame !== page.mainFrame());
    const english = (await Promise.all(frames.map(englishIn))).flat();
    expect({ where, english, nameless: await namelessControls(page), overflow: await overflow(page) }).toEqual({
      where,
      english: [],
      nameless: [],
      overflow: 0,
    });
  }

  const visitor = (width: number): Visitor => ({ mailbox: 'wang.fang', language: 'zh-CN', width });

  it.each(WIDTHS)('should be so in the Pool tab and each of its forms, at %i pixels', async (width) => {
    for (const id of [owned, pooled]) {
      const page = await browser.open(`/object/company/${id}`, visitor(width));
      const tab = component(page, TAB);
      await tab.getByRole('button', { name: '记录跟进' }).waitFor();
      await expectFit(page, 'Pool tab');
      const names = (await tab.getByRole('button').allTextContents()).filter((name) => name !== '领取');
      for (const name of names) {
        await tab.getByRole('button', { name, exact: true }).first().click();
        await tab.getByRole('form').waitFor();
        await tab.getByText('加载中……').waitFor({ state: 'detached' });
        await expectFit(page, `Pool tab: ${name}`);
        await tab.getByRole('form').getByRole('button', { name: '取消' }).click();
      }
      expect(names.length).toBeGreaterThan(4);
    }
  });

  it.each(WIDTHS)('should be so in every part of the settings, at %i pixels', async (width) => {
    const page = await browser.open('/objects/companies', visitor(width));
    await page.getByRole('link', { name: SETTINGS }).click();
    const frame = component(page, SETTINGS);
    await frame.getByRole('textbox').first().waitFor();
    for (const part of await frame.getByRole('tab').all()) {
      await part.click();
      await frame.getByText(/……$/).first().waitFor({ state: 'detached' });
      await expectFit(page, `settings: ${await part.innerText()}`);
      if ((await part.innerText()) === '公海池与规则') {
        await frame.getByRole('group', { name: '入池规则' }).getByRole('button', { name: '查看条件' }).click();
        await frame.getByRole('combobox', { name: '字段 1' }).waitFor();
        await expectFit(page, 'settings: conditions');
      }
      if (width === 1280 && (await part.innerText()).startsWith('日历'))
        await browser.screenshot(page, 'settings-workspace-zh-light');
    }
  });

  it.each(WIDTHS)('should be so in every part of the console, at %i pixels', async (width) => {
    const page = await browser.open('/objects/companies', visitor(width));
    await page.getByRole('link', { name: CONSOLE }).click();
    const frame = component(page, CONSOLE);
    await frame.getByRole('tab', { name: '管理' }).waitFor();
    for (const part of await frame.getByRole('tab').all()) {
      await part.click();
      await frame
        .getByText(/加载中……$/)
        .first()
        .waitFor({ state: 'detached' });
      await expectFit(page, `console: ${await part.innerText()}`);
    }
  });

  it('should be so in each form beside a list', async () => {
    const page = await browser.open('/objects/companies', visitor(1280));
    for (const [name, command, title] of [
      ['Owned Tools Ltd', 'Release customers 退回客户', '退回客户'],
      ['Owned Tools Ltd', 'Reassign customers 转移客户', '转移'],
      ['Pooled North', 'Assign customers 分配客户', '分配'],
    ] as const) {
      await page.reload();
      await page.getByRole('checkbox', { name: new RegExp(`${name}$`) }).check();
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').getByRole('button', { name: command }).click();
      await component(page, title).getByRole('form').waitFor();
      await component(page, title).getByText('加载中……').waitFor({ state: 'detached' });
      await expectFit(page, title);
    }
  });
});
