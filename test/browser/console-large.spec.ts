import type { FrameLocator, Page } from 'playwright-core';
import { eventually } from '../support/highseas-eventually';
import { BrowserWorld, component, describeInBrowser } from './browser-world';

const CONSOLE = 'Pool console 公海控制台';
const CUSTOMERS = 2000;
const PAGE = 50;
/** Until Twenty and the engine know all of them. */
const PATIENCE_MS = 300_000;
/** A page of rows and what surrounds them; each element crosses a channel in Twenty. */
const MOST_ELEMENTS = 2500;

describeInBrowser('a book of two thousand customers that are due', () => {
  let browser: BrowserWorld;
  let page: Page;
  let frame: FrameLocator;
  let questions: string[] = [];

  beforeAll(async () => {
    browser = await BrowserWorld.start({
      seed: (twenty) => {
        for (let index = 0; index < CUSTOMERS; index += 1)
          twenty.seedCompany({
            name: `Book ${String(index).padStart(4, '0')} Ltd`,
            accountOwnerId: twenty.member('tom.baker').id,
          });
      },
    });
    const due = `SELECT count(*)::int AS count FROM customer WHERE reclaim_on IS NOT NULL AND status = 'OWNED'`;
    const known = async () => {
      const [row] = await browser.world.rows<{ count: number }>(due);
      if (row?.count !== CUSTOMERS) throw new Error(`${row?.count ?? 0} of ${CUSTOMERS} are due`);
    };
    await eventually(known, { withinMs: 200_000, everyMs: 500 });
    page = await browser.open('/', { mailbox: 'tom.baker' });
    page.on('request', (request) => {
      const question = /(?:query|mutation) (\w+)/.exec(request.postData() ?? '')?.[1];
      if (request.url().startsWith(browser.world.engine.url) && question) questions.push(question);
    });
    await page.getByRole('link', { name: CONSOLE }).click();
    frame = component(page, CONSOLE);
    await frame.getByText('1–50 of 2,000').waitFor();
  }, PATIENCE_MS);
  afterAll(() => browser?.close());
  afterEach(() => browser.expectNoComplaints());

  const names = () => frame.getByRole('table').getByRole('button', { name: /^Book/ }).allTextContents();
  const elements = () => frame.locator('body *').count();

  it('should count all of them, whatever page is shown', async () => {
    await frame.getByText('2,000 go back to the pool within 14 days').waitFor();
    await frame.getByText('2,000 of 50').waitFor();
  });

  it('should turn its pages one request each, show every customer once, and never grow', async () => {
    questions = [];
    const seen = new Set<string>();
    for (let first = 1; first <= CUSTOMERS; first += PAGE) {
      await frame
        .getByText(`${first.toLocaleString('en')}–${(first + PAGE - 1).toLocaleString('en')} of 2,000`)
        .waitFor();
      const shown = await names();
      expect(shown).toHaveLength(PAGE);
      expect(await elements()).toBeLessThan(MOST_ELEMENTS);
      for (const name of shown) seen.add(name);
      const next = frame.getByRole('button', { name: 'Next page' });
      if (first + PAGE > CUSTOMERS) expect(await next.isDisabled()).toBe(true);
      else await next.click();
    }
    expect(seen.size).toBe(CUSTOMERS);
    expect(questions).toEqual(Array.from({ length: CUSTOMERS / PAGE - 1 }, () => 'ConsoleBook'));
  });

  it('should choose all of them and still let one be taken out', async () => {
    questions = [];
    await frame.getByRole('checkbox', { name: 'Select all on this page' }).check();
    await frame.getByText('50 selected').waitFor();
    await frame.getByRole('button', { name: 'Select all 2,000' }).click();
    await frame.getByText('All 2,000 selected').waitFor({ timeout: 60_000 });
    expect(questions).toEqual(Array.from({ length: CUSTOMERS / 200 }, () => 'ConsoleRefs'));

    const one = frame.getByRole('checkbox', { name: /^Select Book/ }).first();
    await one.uncheck();
    await frame.getByText('1,999 selected').waitFor();
    expect(await one.isChecked()).toBe(false);
    expect(await elements()).toBeLessThan(MOST_ELEMENTS);
  });

  it('should act on every one that is chosen, and say how far it is', async () => {
    await frame.getByRole('button', { name: 'Ask for more time' }).click();
    const form = frame.getByRole('form', { name: 'Ask for more time' });
    await form.getByText('1,999 selected.').waitFor();
    await form.getByRole('textbox', { name: 'Reason' }).fill('A fair in between');
    await form.getByRole('button', { name: 'Ask for more time' }).click();
    await form.getByText(/^[\d,]+ of 1,999…$/).waitFor({ timeout: 60_000 });

    await page.getByText('More time asked for 1,999').waitFor({ timeout: 100_000 });
    expect(
      await browser.world.rows(
        `SELECT count(DISTINCT record_id)::int AS count FROM ownership_event WHERE type = 'HELD'`,
      ),
    ).toEqual([{ count: CUSTOMERS - 1 }]);
  });
});
