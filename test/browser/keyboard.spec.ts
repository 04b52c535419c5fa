import type { Page } from 'playwright-core';
import { BrowserWorld, component, describeInBrowser, type Visitor } from './browser-world';

const TAB = 'Pool 公海';
const MOST_TABS = 60;

// These run in the page, whose types this program does not have.
const FOCUSED = `(() => {
  const at = document.activeElement;
  if (!at || at === document.body) return '';
  const style = getComputedStyle(at);
  const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  return [at.getAttribute('aria-label') ?? (at.labels?.[0]?.textContent || at.textContent || ''), seen ? 'seen' : 'unseen'].join('|');
})()`;

describeInBrowser('the components without a mouse', () => {
  let browser: BrowserWorld;
  let pooled: string;
  let owned: string;

  beforeAll(async () => {
    browser = await BrowserWorld.start({
      seed: (twenty) => {
        pooled = twenty.seedCompany({ name: 'Pooled North' });
        owned = twenty.seedCompany({ name: 'Owned Tools Ltd', accountOwnerId: twenty.member('tom.baker').id });
      },
    });
  });
  afterAll(() => browser?.close());
  afterEach(() => browser.expectNoComplaints());

  const open = (id: string, visitor: Visitor): Promise<Page> => browser.open(`/object/company/${id}`, visitor);

  /** Presses Tab until the control of that name in the component has the focus, which has to be seen all the way. */
  async function tabTo(page: Page, name: string): Promise<void> {
    for (let press = 0; press < MOST_TABS; press += 1) {
      await page.keyboard.press('Tab');
      const frame = page.frames().find((candidate) => candidate !== page.mainFrame());
      const [at = '', seen] = ((await frame?.evaluate<string>(FOCUSED)) ?? '').split('|');
      if (at === '') continue;
      if (seen !== 'seen') throw new Error(`Nobody sees that "${at}" has the focus`);
      if (at.startsWith(name)) return;
    }
    throw new Error(`Tab does not lead to "${name}"`);
  }

  it.each(['light', 'dark'] as const)('should claim, then release with a reason, in %s', async (appearance) => {
    const page = await open(pooled, { mailbox: appearance === 'light' ? 'emma.clark' : 'sophie.turner', appearance });
    const tab = component(page, TAB);
    await tab.getByText('You can claim this customer.').waitFor();
    await tabTo(page, 'Claim');
    await page.keyboard.press('Enter');
    await page.getByText('Claimed Pooled North').waitFor();

    await tab.getByRole('button', { name: 'Release' }).waitFor();
    await tabTo(page, 'Release');
    await page.keyboard.press('Enter');
    await tab.getByRole('form', { name: 'Release' }).waitFor();
    await tabTo(page, 'Reason');
    await page.keyboard.type('No budget');
    await tabTo(page, 'Note');
    await page.keyboard.type('Again in spring');
    await tabTo(page, 'Release');
    await page.keyboard.press('Enter');
    // The history has it as soon as it is decided; the message comes when Twenty has it too.
    await page.getByText('Released Pooled North').waitFor();
    await tab.getByText('No budget · Again in spring').first().waitFor();
    expect(browser.world.twenty.ownerOf('company', pooled)).toBeNull();
  });

  it('should log a follow-up', async () => {
    const page = await open(owned, { mailbox: 'tom.baker' });
    await component(page, TAB)
      .getByText(/days left/)
      .waitFor();
    await tabTo(page, 'Log follow-up');
    await page.keyboard.press('Space');
    await tabTo(page, 'What happened?');
    await page.keyboard.type('Called');
    await tabTo(page, 'Log follow-up');
    await page.keyboard.press('Enter');

    await page.getByText('Follow-up on Owned Tools Ltd logged').waitFor();
  });
});
