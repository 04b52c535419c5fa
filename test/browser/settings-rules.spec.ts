import type { FrameLocator, Page, Route } from 'playwright-core';
import { eventually } from '../support/highseas-eventually';
import { expectSettled } from '../support/highseas-settled';
import { BrowserWorld, component, describeInBrowser, namelessControls, overflow, type Visitor } from './browser-world';
import { watchRequests } from './component-requests';

const SETTINGS = 'Pool settings 公海设置';
const COMPANY_POOL = 'Company pool 公司公海';

describeInBrowser('rules for some customers, conditions and leaves on the settings page', () => {
  let browser: BrowserWorld;
  let large: string;
  /** With the pool's own days. */
  let usual: string;
  const reclaimOn = (id: string) => String(browser.world.twenty.get('company', id)?.['reclaimOn']);

  beforeAll(async () => {
    browser = await BrowserWorld.start({
      seed: (twenty) => {
        const tom = twenty.member('tom.baker').id;
        twenty.patch('customerPool', twenty.pools.company, { graceDays: 0, firstFollowUpDays: 7, followUpDays: 30 });
        large = twenty.seedCompany({ name: 'Large Ltd', accountOwnerId: tom });
        twenty.seedCompany({ name: 'Small Ltd', accountOwnerId: tom });
      },
    });
    await expectSettled(browser.world);
    usual = await eventually(() => {
      if (!/^\d/.test(reclaimOn(large))) throw new Error('No clock runs yet');
      return reclaimOn(large);
    });
  });
  afterAll(() => browser?.close());
  afterEach(() => browser.expectNoComplaints());

  async function open(visitor: Visitor, pool = COMPANY_POOL): Promise<{ page: Page; frame: FrameLocator }> {
    const page = await browser.open('/objects/companies', visitor);
    await page.getByRole('link', { name: SETTINGS }).click();
    const frame = component(page, SETTINGS);
    await frame.getByRole('combobox', { name: /^(Pool|公海池)$/ }).selectOption({ label: pool });
    return { page, frame };
  }
  const rules = () => browser.world.twenty.all('reclaimRule').filter(({ deletedAt }) => deletedAt === null);

  it('should give large customers days of their own, by conditions that nobody has to write', async () => {
    const { page, frame } = await open({ mailbox: 'alice.morgan' });
    await frame.getByRole('button', { name: 'Add a rule' }).click();
    const rule = frame.getByRole('group', { name: 'New rule' });
    await rule.getByRole('textbox', { name: 'Name' }).fill('A customers');
    await rule.getByRole('button', { name: 'Add a condition' }).click();
    await rule.getByRole('button', { name: 'Add a condition' }).click();
    await rule.getByRole('combobox', { name: 'Field 1' }).selectOption({ label: 'Name' });
    await rule.getByRole('combobox', { name: 'Comparison 1' }).selectOption({ label: 'contains' });
    await rule.getByRole('textbox', { name: 'Value 1' }).fill('Large');
    await rule.getByRole('textbox', { name: 'First follow-up days' }).fill('20');
    expect(await overflow(page)).toBe(0);
    expect(await namelessControls(page)).toEqual([]);
    await rule.getByRole('button', { name: /^Save/ }).scrollIntoViewIfNeeded();
    await browser.screenshot(page, 'settings-override-en-light');
    await rule.getByRole('button', { name: /^Save/ }).click();

    await page.getByText('Saved', { exact: true }).waitFor();
    expect(rules()).toEqual([
      expect.objectContaining({
        name: 'A customers',
        filter: { name: { ilike: '%Large%' } },
        firstFollowUpDays: 20,
        customerPoolId: browser.world.twenty.pools.company,
      }),
    ]);
    await eventually(() => expect(reclaimOn(large) > usual).toBe(true), { withinMs: 60_000 });
  });

  it('should show stored conditions in the reader’s language, and take a rule away after asking', async () => {
    const { page, frame } = await open({ mailbox: 'wang.fang', language: 'zh-CN' });
    const rule = frame.getByRole('group', { name: 'A customers' });
    await rule.getByText('1 个条件').waitFor();
    await rule.getByRole('button', { name: '查看条件' }).click();
    expect(await rule.getByRole('combobox', { name: '字段 1' }).locator('option:checked').textContent()).toBe('名称');
    expect(await rule.getByRole('combobox', { name: '比较方式 1' }).locator('option:checked').textContent()).toBe(
      '包含',
    );
    expect(await rule.getByRole('textbox', { name: '值 1' }).inputValue()).toBe('Large');
    await browser.screenshot(page, 'settings-override-zh-light');
    await rule.getByRole('button', { name: '移除 A customers' }).click();
    await frame.getByText('删除规则“A customers”？其客户将重新适用公海池的天数。').waitFor();
    await rule.getByRole('button', { name: '移除', exact: true }).click();

    await frame.getByText('无：公海池的天数适用于全部客户。').waitFor();
    expect(rules()).toEqual([]);
    await eventually(() => expect(reclaimOn(large)).toBe(usual), { withinMs: 60_000 });
  });

  it('should route by conditions, and leave to the text what conditions cannot say', async () => {
    const { page, frame } = await open({ mailbox: 'alice.morgan' }, 'Trade-show leads 展会线索');
    const filter = frame.getByRole('group', { name: 'Routing filter' });
    await filter.getByText('Conditions: 1').waitFor();
    await filter.getByRole('button', { name: 'Show conditions' }).click();
    await filter.getByRole('checkbox', { name: 'Webhook' }).check();
    await frame.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved', { exact: true }).first().waitFor();
    const stored = () =>
      browser.world.twenty.get('customerPool', browser.world.twenty.pools.tradeShow)?.['routingFilter'];
    expect(stored()).toEqual({ createdBy: { source: { in: ['IMPORT', 'WEBHOOK'] } } });

    await filter.getByRole('button', { name: 'as text' }).click();
    await filter
      .getByRole('textbox', { name: 'Routing filter' })
      .fill('{"and":[{"or":[{"name":{"startsWith":"A"}}]}]}');
    await filter.getByText('This filter says more than conditions can show.').waitFor();
    await filter.getByRole('textbox', { name: 'Routing filter' }).fill('{"and"');
    await filter.getByText('This is not valid JSON.').waitFor();
    expect(await frame.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
  });

  it('should hold the clocks of whoever is away, from a leave entered here', async () => {
    const { page, frame } = await open({ mailbox: 'alice.morgan' });
    await frame.getByRole('tab', { name: 'Members and limits' }).click();
    await frame.getByRole('button', { name: 'Add a leave' }).click();
    const form = frame.getByRole('form', { name: 'Add a leave' });
    await form.getByRole('combobox', { name: 'Member' }).selectOption({ label: 'Tom Baker' });
    const today = browser.world.sandbox.clock.iso().slice(0, 10);
    const later = new Date(Date.parse(today) + 6 * 86_400_000).toISOString().slice(0, 10);
    await form.getByLabel('First day').fill(later);
    await form.getByLabel('Last day').fill(today);
    await form.getByText('A leave ends on its first day or later.').waitFor();
    await form.getByLabel('First day').fill(today);
    await form.getByLabel('Last day').fill(later);
    await form.getByRole('button', { name: 'Add a leave' }).click();

    await frame.getByRole('list', { name: 'Leaves' }).getByText('Tom Baker').waitFor();
    expect(await overflow(page)).toBe(0);
    expect(await namelessControls(page)).toEqual([]);
    await browser.screenshot(page, 'settings-members-en-light');
    await eventually(() => expect(reclaimOn(large) > usual).toBe(true), { withinMs: 60_000 });
    await frame.getByRole('list', { name: 'Leaves' }).getByRole('button', { name: 'Remove Tom Baker' }).click();
    await frame.getByText('Nobody is away or going to be.').waitFor();
  });

  it.each([
    ['was lost', (route: Route) => route.abort(), 'Highseas cannot be reached.'],
    [
      'was a fault of Twenty’s',
      (route: Route) => route.fulfill({ json: { data: null, errors: [{ message: 'Query read timeout' }] } }),
      'Query read timeout',
    ],
  ] as const)('should make one rule, whose first answer %s', async (_, answer, words) => {
    const { page, frame } = await open({ mailbox: 'alice.morgan' }, 'Trade-show leads 展会线索');
    const before = rules().length;
    const ofTheFair = rules().filter(
      ({ customerPoolId }) => customerPoolId === browser.world.twenty.pools.tradeShow,
    ).length;
    let lost = 0;
    await page.route(/\/graphql$/, async (route) => {
      if (lost > 0 || !route.request().postData()?.includes('mutation CreateOverride')) return route.continue();
      lost++;
      await route.fetch();
      await answer(route);
    });
    await frame.getByRole('button', { name: 'Add a rule' }).click();
    await frame.getByText(words).waitFor();
    await frame.getByRole('button', { name: 'Add a rule' }).click();

    await eventually(async () =>
      expect(await frame.getByRole('group', { name: 'New rule' }).count()).toBe(ofTheFair + 1),
    );
    expect(lost).toBe(1);
    expect(rules()).toHaveLength(before + 1);
    await frame.getByRole('button', { name: 'Add a rule' }).click();
    await eventually(() => expect(rules()).toHaveLength(before + 2));
  });

  it('should say what each member takes where a pool gives out by matching', async () => {
    const { twenty } = browser.world;
    twenty.patch('customerPool', twenty.pools.tradeShow, {
      autoAssign: 'MATCH',
      matchFields: ['industry', 'address.addressCity'],
    });
    const { page, frame } = await open({ mailbox: 'daniel.reed' }, 'Trade-show leads 展会线索');
    await frame.getByRole('tab', { name: 'Members and limits' }).click();
    const card = frame.getByRole('region', { name: 'Tom Baker' });
    await card.getByRole('textbox', { name: 'Takes: address.addressCity' }).pressSequentially('上海, Suzhou,');
    await card.getByRole('textbox', { name: 'Takes: industry' }).fill('*');
    await card.getByRole('button', { name: 'Save: Tom Baker' }).click();

    await page.getByText('Saved', { exact: true }).waitFor();
    const saved = twenty
      .all('customerPoolMember')
      .find(
        ({ memberId, customerPoolId }) =>
          memberId === twenty.member('tom.baker').id && customerPoolId === twenty.pools.tradeShow,
      );
    expect(saved?.['matchValues']).toEqual({ 'address.addressCity': ['上海', 'Suzhou'], industry: ['*'] });
  });

  it.each([
    ['en', 'dark'],
    ['zh-CN', 'light'],
  ] as const)(
    'should fit with conditions open and show itself with three requests, in %s and %s',
    async (language, appearance) => {
      for (const width of [900, 1280, 1920]) {
        const page = await browser.open('/objects/companies', { mailbox: 'alice.morgan', language, appearance, width });
        const requests = watchRequests(page);
        await page.getByRole('link', { name: SETTINGS }).click();
        const frame = component(page, SETTINGS);
        await frame.getByRole('button', { name: language === 'en' ? 'Add a rule' : '添加规则' }).waitFor();
        expect(requests.asked()).toHaveLength(3);
        await frame
          .getByRole('group', { name: language === 'en' ? 'Routing filter' : '入池规则' })
          .getByRole('button', { name: language === 'en' ? 'as text' : '以文本编辑' })
          .waitFor();
        expect(await overflow(page)).toBe(0);
        expect(await namelessControls(page)).toEqual([]);
      }
    },
  );
});
