import type { Page } from 'playwright-core';
import { eventually } from '../support/highseas-eventually';
import { watchRequests } from './component-requests';
import { BrowserWorld, component, describeInBrowser, namelessControls, overflow, type Visitor } from './browser-world';

const DAY_MS = 86_400_000;
const TAB = 'Pool 公海';

describeInBrowser('the Pool tab of a record', () => {
  let browser: BrowserWorld;
  let owned: string;
  let pooled: string;
  let person: string;
  let released: string;
  let travelled: string;

  beforeAll(async () => {
    browser = await BrowserWorld.start({
      seed: (twenty) => {
        owned = twenty.seedCompany({ name: 'Harbor Falcon Pharma', accountOwnerId: twenty.member('tom.baker').id });
        pooled = twenty.seedCompany({ name: '青岛瑞丰贸易有限公司' });
        released = twenty.seedCompany({ name: 'Birch Lane Foods', accountOwnerId: twenty.member('emma.clark').id });
        travelled = twenty.seedCompany({ name: 'Much Travelled Ltd', accountOwnerId: twenty.member('tom.baker').id });
        person = twenty.seedPerson({
          name: { firstName: 'Ada', lastName: 'Field' },
          createdBy: { source: 'IMPORT', name: 'Import', workspaceMemberId: null, context: null },
        });
      },
    });
  });
  afterAll(() => browser?.close());
  afterEach(() => browser.expectNoComplaints());

  const open = (id: string, visitor: Visitor, object = 'company'): Promise<Page> =>
    browser.open(`/object/${object}/${id}`, visitor);

  it('should count the days down and say by which rule and facts', async () => {
    const tab = component(await open(owned, { mailbox: 'tom.baker' }), TAB);

    await tab.getByText(/^\d+ days left$/).waitFor();
    await tab.getByText('Goes back to the pool on').waitFor();
    expect(await tab.locator('body').innerText()).toContain('No follow-up');
  });

  it('should log a follow-up, and count from it', async () => {
    const page = await open(owned, { mailbox: 'tom.baker' });
    const tab = component(page, TAB);
    await tab.getByText('None yet').waitFor();
    await tab.getByRole('button', { name: 'Log follow-up' }).click();
    await tab.getByRole('form').getByRole('button', { name: 'Log follow-up' }).click();
    await tab.getByText('Fill in: What happened?').waitFor();

    await tab.getByRole('textbox', { name: 'What happened?' }).fill('Called, they want an offer');
    await tab.getByRole('form').getByRole('button', { name: 'Log follow-up' }).click();

    await page.getByText('Follow-up on Harbor Falcon Pharma logged').waitFor();
    await tab.getByText('None yet').waitFor({ state: 'detached' });
  });

  it('should let a member claim, and tell the former owner why not yet and until when', async () => {
    const page = await open(pooled, { mailbox: 'zhang.min', language: 'zh-CN' });
    const tab = component(page, TAB);
    await tab.getByText('您可以领取该客户。').waitFor();
    await browser.screenshot(page, 'pool-tab-pooled-zh');
    await tab.getByRole('button', { name: '领取', exact: true }).click();
    await tab.getByText('张敏 领取了该客户').waitFor();
    await tab
      .getByText(/^今天 · /)
      .first()
      .waitFor();
    await tab.getByText('已领取', { exact: true }).waitFor();

    await (
      await browser.world.as({ email: 'zhang.min@highseas.example' })
    ).release([{ object: 'COMPANY', recordId: pooled }], { reason: 'NO_NEED' });
    const again = component(await open(pooled, { mailbox: 'zhang.min', language: 'zh-CN' }), TAB);
    await again.getByText('您暂时不能领取该客户').waitFor();
    await again.getByText(/起可领取/).waitFor();
  });

  it('should offer a manager what a member is not offered', async () => {
    const member = component(await open(pooled, { mailbox: 'sun.li' }), TAB);
    await member.getByRole('button', { name: 'Log follow-up' }).waitFor();
    expect(await member.getByRole('button', { name: 'Assign' }).count()).toBe(0);

    const page = await open(pooled, { mailbox: 'li.wei' });
    const tab = component(page, TAB);
    await tab.getByRole('button', { name: 'Assign' }).click();
    await tab.getByRole('combobox', { name: 'Member' }).selectOption({ label: '孙丽' });
    await tab.getByRole('form').getByRole('button', { name: 'Assign' }).click();
    await page.getByText('Assigned 青岛瑞丰贸易有限公司').waitFor();
    expect(browser.world.twenty.ownerOf('company', pooled)).toBe(browser.world.twenty.member('sun.li').id);

    await tab.getByRole('button', { name: 'Protect or lock' }).click();
    await tab.getByRole('combobox', { name: 'How' }).selectOption({ label: 'Lock: not reclaimed at all' });
    await tab.getByRole('form').getByRole('button', { name: 'Protect or lock' }).click();
    await tab.getByText('Not reclaimed', { exact: true }).waitFor();
  });

  it('should grant an owner more time and put a second wish before the manager', async () => {
    const page = await open(owned, { mailbox: 'tom.baker' });
    const tab = component(page, TAB);
    for (const wish of ['Waiting for their budget round', 'The budget round is postponed']) {
      await tab.getByRole('button', { name: 'Ask for more time' }).click();
      await tab.getByRole('textbox', { name: 'Reason' }).fill(wish);
      await tab.getByRole('form').getByRole('button', { name: 'Ask for more time' }).click();
      await tab.getByRole('listitem').filter({ hasText: wish }).waitFor();
    }

    const manager = component(await open(owned, { mailbox: 'li.wei' }), TAB);
    await manager.getByRole('button', { name: 'Decide on more time' }).click();
    await manager.getByRole('form').getByRole('button', { name: 'Decide on more time' }).click();
    await manager.getByRole('button', { name: 'Decide on more time' }).waitFor({ state: 'detached' });
  });

  it('should reassign and take it back, each after asking', async () => {
    const page = await open(owned, { mailbox: 'li.wei' });
    const tab = component(page, TAB);
    await tab.getByRole('button', { name: 'Reassign' }).click();
    await tab.getByRole('checkbox', { name: 'Emma Clark' }).check();
    await tab.getByRole('button', { name: 'Preview' }).click();
    await tab.getByRole('button', { name: 'Reassign 1' }).click();
    await tab.getByText('李伟 moved it from Tom Baker to Emma Clark').waitFor();
    // The history has it as soon as it is decided.
    await eventually(() =>
      expect(browser.world.twenty.ownerOf('company', owned)).toBe(browser.world.twenty.member('emma.clark').id),
    );

    await tab.getByRole('button', { name: 'Undo last change' }).click();
    const asked = tab.getByRole('form', { name: 'Undo last change' });
    await asked.getByText('李伟 moved it from Tom Baker to Emma Clark').waitFor();
    await asked.getByRole('button', { name: 'Undo' }).click();
    await tab.getByText('李伟 undid a change; Tom Baker has it again').waitFor();
    await eventually(() =>
      expect(browser.world.twenty.ownerOf('company', owned)).toBe(browser.world.twenty.member('tom.baker').id),
    );
  });

  it('should let the owner release it, with the reason the pool asks for', async () => {
    const page = await open(released, { mailbox: 'emma.clark' });
    const tab = component(page, TAB);
    await tab.getByRole('button').first().waitFor();
    expect(await tab.getByRole('button').allTextContents()).toEqual(['Log follow-up', 'Ask for more time', 'Release']);
    await tab.getByRole('button', { name: 'Release' }).click();
    const form = tab.getByRole('form');
    await form.getByRole('button', { name: 'Release' }).click();
    await form.getByText('The pool asks for a reason. Choose one.').waitFor();
    await form.getByRole('combobox', { name: 'Reason' }).selectOption({ label: 'No budget' });
    await form.getByRole('textbox', { name: 'Note' }).fill('Again in spring');
    await form.getByRole('button', { name: 'Release' }).click();

    await tab.getByText('Emma Clark released it to Company pool 公司公海').waitFor();
    await tab.getByText('No budget · Again in spring').waitFor();
  });

  it('should ask for no more than three things to show itself', async () => {
    const page = await open(owned, { mailbox: 'tom.baker' });
    const requests = watchRequests(page);
    await page.reload();
    await component(page, TAB)
      .getByText(/days left/)
      .waitFor();

    expect(requests.asked().length).toBeLessThanOrEqual(3);
  });

  it('should reach all of a history of 500 lines, page by page, and go on answering', async () => {
    const { sql, twenty } = browser.world;
    const tom = twenty.member('tom.baker').id;
    await sql.query(
      `INSERT INTO ownership_event (id, state, type, object, record_id, to_id, to_name, actor_id, actor_name, is_system, pool_id, note, at, mirrored_at)
       SELECT gen_random_uuid(), 'CONFIRMED', 'REASSIGNED', 'COMPANY', $1, $2, 'Tom Baker', $2, 'Tom Baker', false, $3, 'Line ' || n, now() - interval '800 days' + n * interval '1 day', now()
         FROM generate_series(1, 500) AS n`,
      [travelled, tom, twenty.pools.company],
    );
    const page = await open(travelled, { mailbox: 'tom.baker' });
    const tab = component(page, TAB);
    await tab.getByText('Line 500', { exact: true }).waitFor();
    const lines = tab.getByRole('region', { name: 'Ownership history' }).getByRole('listitem');
    expect(await lines.count()).toBe(20);

    const more = tab.getByRole('button', { name: 'Show older' });
    for (let turn = 0; (await more.count()) > 0; turn += 1) {
      const before = await lines.count();
      await more.click();
      await lines.nth(before).waitFor();
      expect(turn).toBeLessThan(12);
    }
    await tab.getByText('Line 1', { exact: true }).waitFor();
    expect(await lines.count()).toBeGreaterThanOrEqual(500);

    await tab.getByRole('button', { name: 'Log follow-up' }).click();
    await tab.getByRole('textbox', { name: 'What happened?' }).fill('Still here');
    expect(await tab.getByRole('textbox', { name: 'What happened?' }).inputValue()).toBe('Still here');
  });
  it('should show people as it shows companies', async () => {
    const tab = component(await open(person, { mailbox: 'daniel.reed' }, 'person'), TAB);

    await tab.getByText('Came into Trade-show leads 展会线索').waitFor();
    await tab.getByRole('button', { name: 'Assign' }).waitFor();
  });

  it.each([
    ['en', 'light'],
    ['zh-CN', 'dark'],
  ] as const)('should fit and name its controls in %s and %s', async (language, appearance) => {
    for (const width of [900, 1920]) {
      const page = await open(owned, { mailbox: 'li.wei', language, appearance, width });
      await component(page, TAB).getByRole('button').first().waitFor();
      expect(await overflow(page)).toBe(0);
      expect(await namelessControls(page)).toEqual([]);
      if (width === 900) await browser.screenshot(page, `pool-tab-owned-${language}-${appearance}`);
    }
  });

  it('should say when the engine does not answer, and show the tab once it does', async () => {
    const { twenty } = browser.world;
    const [engine] = browser.world.engines;
    twenty.setVariable('HIGHSEAS_ENGINE_URL', 'http://127.0.0.1:9');
    const tab = component(await open(owned, { mailbox: 'tom.baker' }), TAB);
    await tab.getByText('Highseas cannot be reached. Try again in a moment, or tell your admin.').waitFor();

    twenty.setVariable('HIGHSEAS_ENGINE_URL', engine?.url ?? '');
    await tab.getByRole('button', { name: 'Try again' }).click();
    await tab.getByText(/days left/).waitFor();
  });

  it('should show that a neglected customer went back to the pool, and why', async () => {
    const neglected = await browser.world.twenty.create(browser.world.twenty.member('tom.baker'), 'company', {
      name: 'Neglected Ltd',
      accountOwnerId: browser.world.twenty.member('tom.baker').id,
    });
    const page = await open(neglected, { mailbox: 'tom.baker' });
    await component(page, TAB)
      .getByText(/days left/)
      .waitFor();
    const before = browser.world.sandbox.clock.now();
    await page.getByRole('button', { name: '+7 days' }).click();
    await page.getByText('Days passed: 7').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: '+1 day' }).click();
    await page.getByText('Days passed: 1').waitFor({ timeout: 60_000 });
    expect(browser.world.sandbox.clock.now() - before).toBeGreaterThanOrEqual(8 * DAY_MS);

    await page.reload();
    const tab = component(page, TAB);
    await tab.getByText('Reclaimed from Tom Baker: no follow-up within 7 days').waitFor();
    await browser.screenshot(page, 'pool-tab-reclaimed');
    await eventually(() => expect(browser.world.twenty.ownerOf('company', neglected)).toBeNull());
  });
});
