import type { Page, Route } from 'playwright-core';
import { BrowserWorld, component, describeInBrowser, type Visitor } from './browser-world';

const TAB = 'Pool 公海';
const SETTINGS = 'Pool settings 公海设置';
const NOWHERE = 'http://127.0.0.1:9';
const CORS = { 'access-control-allow-origin': '*' };

/** What the engine would send, were it in trouble. */
const TROUBLE = {
  RATE_LIMITED: {
    status: 429,
    json: { errors: [{ message: 'no', extensions: { code: 'RATE_LIMITED', retryAfter: 7 } }] },
  },
  UNAVAILABLE: { status: 503, json: { errors: [{ message: 'no', extensions: { code: 'UNAVAILABLE' } }] } },
  UNAUTHENTICATED: { status: 401, json: { errors: [{ message: 'no', extensions: { code: 'UNAUTHENTICATED' } }] } },
  INTERNAL: { status: 500, json: { errors: [{ message: 'no', extensions: { code: 'INTERNAL' } }] } },
  PROXY: { status: 502, body: '<html>Bad gateway</html>' },
} as const;
type Trouble = keyof typeof TROUBLE;

const SAID: [Trouble, 'en' | 'zh-CN', string][] = [
  ['RATE_LIMITED', 'en', 'Too many requests just now. Wait 7 seconds and try again.'],
  ['RATE_LIMITED', 'zh-CN', '请求过于频繁，请等待 7 秒后重试。'],
  ['UNAVAILABLE', 'en', 'Highseas is busy or Twenty is slow. Try again in a moment.'],
  ['UNAUTHENTICATED', 'zh-CN', '登录已过期，请刷新页面后重试。'],
  ['INTERNAL', 'en', 'Something went wrong in Highseas. Look at the record before you try again.'],
  ['PROXY', 'zh-CN', '公海繁忙或 Twenty 响应缓慢，请稍后重试。'],
];

describeInBrowser('an engine in trouble', () => {
  let browser: BrowserWorld;
  let owned: string;

  beforeAll(async () => {
    browser = await BrowserWorld.start({
      seed: (twenty) => {
        owned = twenty.seedCompany({ name: 'Owned Tools Ltd', accountOwnerId: twenty.member('tom.baker').id });
        twenty.seedCompany({ name: 'Pooled North' });
        twenty.seedCompany({ name: 'Pooled South' });
      },
    });
  });
  afterAll(() => browser?.close());
  afterEach(() => {
    browser.world.twenty.setVariable('HIGHSEAS_ENGINE_URL', browser.world.engine.url);
    browser.expectNoComplaints();
  });

  const isEngine = (url: URL) => url.origin === browser.world.engine.url && url.pathname === '/graphql';
  /** The engine's answers to operations of that name go another way until `page.unroute`. */
  const onEngine = (page: Page, operation: string, handle: (route: Route) => Promise<void>) =>
    page.route(isEngine, (route) =>
      route.request().postData()?.includes(operation) ? handle(route) : route.continue(),
    );
  const inTrouble = (page: Page, operation: string, trouble: Trouble) =>
    onEngine(page, operation, (route) => route.fulfill({ ...TROUBLE[trouble], headers: CORS }));
  const chooseInList = async (visitor: Visitor, name: string): Promise<Page> => {
    const page = await browser.open('/objects/companies', visitor);
    await page.getByRole('checkbox', { name: new RegExp(`${name}$`) }).check();
    return page;
  };

  it.each(SAID)(
    'should be told in the Pool tab for %s in %s, with another try that works',
    async (trouble, language, words) => {
      const page = await browser.open('/objects/companies', { mailbox: 'tom.baker', language });
      await inTrouble(page, 'query PoolTab', trouble);
      await page.getByRole('link', { name: 'Owned Tools Ltd' }).click();
      const tab = component(page, TAB);
      await tab.getByText(words).waitFor();

      await page.unroute(isEngine);
      await tab.getByRole('button', { name: /^(Try again|重试)$/ }).click();
      await tab.getByText(/days left|剩余 \d+ 天/).waitFor();
    },
  );

  it.each(SAID)(
    'should be told by the Claim button for %s in %s, and leave the button to be pressed again',
    async (trouble, language, words) => {
      const page = await chooseInList({ mailbox: 'tom.baker', language }, 'Pooled North');
      await inTrouble(page, 'mutation Claim', trouble);
      const button = page.getByRole('button', { name: 'Claim customers 领取客户' });
      await button.click();

      await page.getByText(words).waitFor();
      await page.waitForFunction(`!document.querySelector('button[aria-label="Claim customers 领取客户"]').disabled`);
    },
  );

  it.each(SAID)(
    'should be told in a form for %s in %s, which keeps what was typed',
    async (trouble, language, words) => {
      const page = await browser.open(`/object/company/${owned}`, { mailbox: 'tom.baker', language });
      await inTrouble(page, 'mutation LogFollowUp', trouble);
      const tab = component(page, TAB);
      await tab.getByRole('button', { name: /^(Log follow-up|记录跟进)$/ }).click();
      const form = tab.getByRole('form');
      await form.getByRole('textbox').fill('Met at the fair');
      await form.getByRole('button', { name: /^(Log follow-up|记录跟进)$/ }).click();

      await form.getByText(words).waitFor();
      expect(await form.getByRole('textbox').inputValue()).toBe('Met at the fair');
    },
  );

  it.each([
    ['en', 'Highseas cannot be reached. Try again in a moment, or tell your admin.'],
    ['zh-CN', '无法连接公海，请稍后重试或联系管理员。'],
  ] as const)('should be told when it is down, by every button and page, in %s', async (language, words) => {
    browser.world.twenty.setVariable('HIGHSEAS_ENGINE_URL', NOWHERE);
    const list = await chooseInList({ mailbox: 'li.wei', language }, 'Pooled North');
    await list.getByRole('button', { name: 'Claim customers 领取客户' }).click();
    await list.getByText(words).first().waitFor();
    for (const command of [
      'Assign customers 分配客户',
      'Log follow-up 记录跟进',
      'Archive customers 归档客户',
      'Undo last change 撤销上次变更',
    ]) {
      await list.locator('.snack button').first().click();
      await list.getByText(words).waitFor({ state: 'detached' });
      await list.keyboard.press('Control+k');
      await list.getByRole('dialog').getByRole('button', { name: command }).click();
      if (command.startsWith('Undo'))
        await list
          .getByRole('alertdialog')
          .getByRole('button', { name: /^(Undo|撤销)$/ })
          .click();
      await list.getByText(words).waitFor();
    }

    const settings = await browser.open('/objects/companies', { mailbox: 'li.wei', language });
    await settings.getByRole('link', { name: SETTINGS }).click();
    await component(settings, SETTINGS).getByText(words).waitFor();
    await component(settings, SETTINGS)
      .getByRole('button', { name: /^(Try again|重试)$/ })
      .waitFor();
  });

  it('should show that a slow answer is being waited for, and then the answer', async () => {
    const page = await browser.open('/objects/companies', { mailbox: 'tom.baker' });
    await onEngine(page, 'query PoolTab', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 8_000));
      await route.continue();
    });
    await page.getByRole('link', { name: 'Owned Tools Ltd' }).click();
    const tab = component(page, TAB);
    await tab.getByText('Still waiting for an answer…').waitFor();

    await tab.getByText(/days left/).waitFor();
  });

  it('should be given up on when no answer comes, in words that fit a page', async () => {
    const page = await browser.open('/objects/companies', { mailbox: 'tom.baker' });
    await onEngine(page, 'query PoolTab', () => new Promise<void>(() => undefined));
    await page.getByRole('link', { name: 'Owned Tools Ltd' }).click();

    await component(page, TAB)
      .getByText('Highseas did not answer in time. Try again in a moment.')
      .waitFor({ timeout: 30_000 });
  });

  it('should leave open what a command without an answer does', async () => {
    const page = await chooseInList({ mailbox: 'tom.baker', language: 'zh-CN' }, 'Pooled North');
    await onEngine(page, 'mutation Claim', () => new Promise<void>(() => undefined));
    await page.getByRole('button', { name: 'Claim customers 领取客户' }).click();

    await page.getByText('公海尚未响应，操作可能仍在进行：重试前请先查看归属记录。').waitFor({ timeout: 45_000 });
  });

  it('should say what waits for Twenty, and where its end is told', async () => {
    const page = await chooseInList({ mailbox: 'tom.baker' }, 'Pooled North');
    await onEngine(page, 'mutation Claim', async (route) => {
      const { variables } = route.request().postDataJSON() as {
        variables: { customers: { object: string; recordId: string }[] };
      };
      const outcomes = variables.customers.map((customer) => ({
        ...customer,
        status: 'PENDING',
        refusal: null,
        customer: { name: 'Pooled North', pool: { id: 'p', name: 'Pool' } },
        warnings: [],
      }));
      await route.fulfill({ json: { data: { claim: { outcomes } } }, headers: CORS });
    });
    await page.getByRole('button', { name: 'Claim customers 领取客户' }).click();

    await page.getByText('Waiting for Twenty to confirm Pooled North').waitFor();
    await page.getByText('It goes on by itself; the ownership history will say how it ended.').waitFor();
  });

  it('should do a command once whose answers are lost, however often it is sent', async () => {
    const page = await browser.open(`/object/company/${owned}`, { mailbox: 'tom.baker' });
    const ids: unknown[] = [];
    await onEngine(page, 'mutation LogFollowUp', async (route) => {
      ids.push((route.request().postDataJSON() as { variables: { requestId: string } }).variables.requestId);
      const answer = await route.fetch();
      await (ids.length < 4 ? route.abort() : route.fulfill({ response: answer }));
    });
    const tab = component(page, TAB);
    await tab.getByRole('button', { name: 'Log follow-up' }).click();
    const form = tab.getByRole('form');
    await form.getByRole('textbox').fill('Lost on its way');
    await form.getByRole('button', { name: 'Log follow-up' }).click();
    await form.getByText('Highseas cannot be reached.').waitFor();
    await form.getByRole('button', { name: 'Log follow-up' }).click();

    await page.getByText('Follow-up on Owned Tools Ltd logged').waitFor();
    expect(ids.length).toBeGreaterThan(2);
    expect(new Set(ids).size).toBe(1);
    expect(browser.world.twenty.all('note')).toHaveLength(1);
  });
});
