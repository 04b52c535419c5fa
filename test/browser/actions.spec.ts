import type { Page } from 'playwright-core';
import { BrowserWorld, component, describeInBrowser, namelessControls, overflow } from './browser-world';

const CONSOLE = 'Pool console 公海控制台';

describeInBrowser('record actions on a selection', () => {
  let browser: BrowserWorld;

  beforeAll(async () => {
    browser = await BrowserWorld.start({
      seed: (twenty) => {
        for (const name of ['North', 'South', 'West', 'East']) twenty.seedCompany({ name: `Pooled ${name}` });
        for (const name of ['Red', 'Blue'])
          twenty.seedCompany({ name: `Owned ${name}`, accountOwnerId: twenty.member('tom.baker').id });
      },
    });
  });
  afterAll(() => browser?.close());
  afterEach(() => browser.expectNoComplaints());

  const idOf = (name: string) => browser.world.twenty.all('company').find((company) => company.name === name)?.id ?? '';

  async function choose(page: Page, names: string[], command: string): Promise<void> {
    for (const name of names) await page.getByRole('checkbox', { name: new RegExp(`${name}$`) }).check();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('button', { name: command }).click();
  }

  it('should assign two customers to one member, and say so', async () => {
    const page = await browser.open('/objects/companies', { mailbox: 'li.wei' });
    await choose(page, ['Pooled North', 'Pooled South'], 'Assign customers 分配客户');
    const form = component(page, 'Assign');
    await form.getByText('2 selected.').waitFor();
    await form.getByRole('combobox', { name: 'Member' }).selectOption({ label: 'Tom Baker' });
    expect(await overflow(page)).toBe(0);
    expect(await namelessControls(page)).toEqual([]);
    await browser.screenshot(page, 'assign-form');
    await form.getByRole('button', { name: 'Assign' }).click();

    await page.getByText('2 assigned').waitFor();
    expect(browser.world.twenty.ownerOf('company', idOf('Pooled North'))).toBe(
      browser.world.twenty.member('tom.baker').id,
    );
  });

  it('should keep the form open with the engine’s reason when a member may not do it', async () => {
    const page = await browser.open('/objects/companies', { mailbox: 'sophie.turner' });
    await choose(page, ['Owned Red'], 'Archive customers 归档客户');
    const form = component(page, 'Archive');
    await form.getByRole('textbox', { name: 'Reason' }).fill('Closed down');
    await form.getByRole('button', { name: 'Archive' }).click();

    await form.getByRole('alert').waitFor();
    expect(browser.world.twenty.get('company', idOf('Owned Red'))?.poolStatus).toBe('OWNED');
  });

  it('should archive and restore in Chinese', async () => {
    const page = await browser.open('/objects/companies', { mailbox: 'li.wei', language: 'zh-CN', appearance: 'dark' });
    await choose(page, ['Pooled West'], 'Archive customers 归档客户');
    const form = component(page, '归档');
    await form.getByRole('textbox', { name: '原因' }).fill('公司已注销');
    await browser.screenshot(page, 'archive-form-zh-dark');
    await form.getByRole('button', { name: '归档' }).click();
    await page.getByText('已归档 Pooled West').waitFor();

    await page.reload();
    await choose(page, ['Pooled West'], 'Restore customers 恢复客户');
    await component(page, '恢复').getByRole('button', { name: '恢复' }).click();
    await page.getByText('已恢复 Pooled West').waitFor();
  });

  it('should log a follow-up on several customers from the button', async () => {
    const page = await browser.open('/objects/companies', { mailbox: 'tom.baker' });
    for (const name of ['Owned Red', 'Owned Blue'])
      await page.getByRole('checkbox', { name: `Select ${name}` }).check();
    await page.getByRole('button', { name: 'Log follow-up 记录跟进' }).click();
    const form = component(page, 'Log follow-up');
    await form.getByRole('textbox', { name: 'What happened?' }).fill('Met at the fair');
    await form.getByRole('button', { name: 'Log follow-up' }).click();

    await page.getByText('2 follow-ups logged').waitFor();
    expect(browser.world.twenty.all('note')).toHaveLength(2);
  });

  it('should protect until a date', async () => {
    const page = await browser.open('/objects/companies', { mailbox: 'li.wei' });
    await choose(page, ['Owned Blue'], 'Protect or lock customers 保护或锁定客户');
    const form = component(page, 'Protect or lock');
    await form.getByRole('textbox', { name: 'Until' }).or(form.getByLabel('Until')).first().fill('2031-05-01');
    await form.getByRole('button', { name: 'Protect or lock' }).click();

    await page.getByText('Protection of Owned Blue changed').waitFor();
    expect(String(browser.world.twenty.get('company', idOf('Owned Blue'))?.protectedUntil)).toMatch(/^2031-0[45]-/);
  });

  it('should reassign with a preview, show how far it is, and undo it', async () => {
    const page = await browser.open('/objects/companies', { mailbox: 'li.wei' });
    await choose(page, ['Owned Red', 'Owned Blue'], 'Reassign customers 转移客户');
    const form = component(page, 'Reassign');
    await form.getByRole('checkbox', { name: 'Sophie Turner' }).check();
    await form.getByRole('checkbox', { name: 'Emma Clark' }).check();
    await form.getByRole('button', { name: 'Preview' }).click();
    await form.getByText('2 customers; 2 change hands').waitFor();
    expect(await overflow(page)).toBe(0);
    expect(await namelessControls(page)).toEqual([]);
    await browser.screenshot(page, 'reassign-preview');
    await form.getByRole('button', { name: 'Reassign 2' }).click();

    await form.getByText('Done: 2 of 2').waitFor();
    expect(
      [idOf('Owned Red'), idOf('Owned Blue')].map((id) => browser.world.twenty.ownerOf('company', id)).sort(),
    ).toEqual(['sophie.turner', 'emma.clark'].map((name) => browser.world.twenty.member(name).id).sort());
    await form.getByRole('button', { name: 'Undo' }).click();
    await form.getByText('2 undone').waitFor();
    expect(browser.world.twenty.ownerOf('company', idOf('Owned Red'))).toBe(
      browser.world.twenty.member('tom.baker').id,
    );
  });

  it('should undo the last change of a record after asking once more', async () => {
    const page = await browser.open(`/object/company/${idOf('Pooled North')}`, { mailbox: 'li.wei' });
    await page.getByRole('heading', { name: 'Pooled North' }).first().waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('button', { name: 'Undo last change 撤销上次变更' }).click();
    await page
      .getByRole('alertdialog', { name: 'Undo the last change?' })
      .getByRole('button', { name: 'Undo' })
      .click();

    await page.getByText('2 undone').waitFor();
    expect(browser.world.twenty.ownerOf('company', idOf('Pooled North'))).toBeNull();
  });

  it('should lead to the console under "Select all", which hands over no rows', async () => {
    const page = await browser.open('/objects/companies', { mailbox: 'li.wei' });
    await page.getByRole('checkbox', { name: 'Select all' }).check();
    await page.getByRole('button', { name: 'Claim customers 领取客户' }).click();

    await page.getByText('“Select all” does not say which rows are meant.').waitFor();
    await component(page, CONSOLE).getByRole('tab', { name: 'To claim', selected: true }).waitFor();
  });

  it.each([
    ['Reassign customers 转移客户', 'li.wei', 'Manage'],
    ['Undo last change 撤销上次变更', 'li.wei', 'Manage'],
    ['Ask for more time 申请延期', 'tom.baker', 'My book'],
    ['Archive customers 归档客户', 'tom.baker', 'My book'],
  ])('should lead from %s under "Select all" to where %s can do it: %s', async (command, mailbox, part) => {
    const page = await browser.open('/objects/companies', { mailbox });
    await page.getByRole('checkbox', { name: 'Select all' }).check();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('button', { name: command }).click();
    if (command.startsWith('Undo')) await page.getByRole('alertdialog').getByRole('button', { name: 'Undo' }).click();

    await component(page, CONSOLE).getByRole('tab', { name: part, selected: true }).waitFor();
  });

  it('should claim what of a mixed selection can be claimed, and say why the rest cannot', async () => {
    const page = await browser.open('/objects/companies', { mailbox: 'sophie.turner' });
    for (const name of ['Pooled East', 'Owned Red'])
      await page.getByRole('checkbox', { name: `Select ${name}` }).check();
    await page.getByRole('button', { name: 'Release customers 退回客户' }).waitFor();
    await page.getByRole('button', { name: 'Claim customers 领取客户' }).click();

    await page.getByText('1 claimed, 1 refused: 1 already taken').waitFor();
    expect(browser.world.twenty.ownerOf('company', idOf('Pooled East'))).toBe(
      browser.world.twenty.member('sophie.turner').id,
    );
  });
});
