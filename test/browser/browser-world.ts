import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, type BrowserContext, type FrameLocator, type Page, chromium } from 'playwright-core';
import { HighseasWorld, type WorldOptions } from '../support/highseas-world';

const root = join(__dirname, '../..');
const executablePath = process.env.HIGHSEAS_CHROMIUM ?? '/usr/bin/chromium';
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const patienceMs = 30_000;

/** `describe`, or a skip that says why where there is no browser. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (existsSync(executablePath)) describe(name, tests);
  // eslint-disable-next-line jest/no-disabled-tests -- the reason is in the name
  else describe.skip(`${name} (skipped: no Chromium at ${executablePath}; HIGHSEAS_CHROMIUM names another)`, tests);
}

export interface Visitor {
  mailbox: string;
  language?: 'en' | 'zh-CN';
  appearance?: 'light' | 'dark';
  width?: number;
}

/** A Highseas world and a browser that looks at its sandbox. Close it in `afterAll`. */
export class BrowserWorld {
  private complaints: string[] = [];
  private context: BrowserContext | undefined;

  private constructor(
    readonly world: HighseasWorld,
    private readonly browser: Browser,
  ) {}

  static async start(options: WorldOptions = {}): Promise<BrowserWorld> {
    const script = "import('./packages/launcher/lib/build.mjs').then(({ buildSandbox }) => buildSandbox())";
    await promisify(execFile)(process.execPath, ['-e', script], { cwd: root });
    const world = await HighseasWorld.start(options);
    world.twenty.setVariable('HIGHSEAS_ENGINE_URL', world.engines[0]?.url ?? '');
    return new BrowserWorld(world, await chromium.launch({ executablePath, args: flags }));
  }

  /** Opens a page of the sandbox as a member who chose language and appearance. */
  async open(path: string, { mailbox, language = 'en', appearance = 'light', width = 1440 }: Visitor): Promise<Page> {
    await this.context?.close();
    this.context = await this.browser.newContext({
      viewport: { width, height: 900 },
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    });
    this.context.setDefaultTimeout(patienceMs);
    const choices = { member: `${mailbox}@highseas.example`, language, appearance };
    // The components' frames have no storage, as in Twenty.
    await this.context.addInitScript(`if (window.parent === window)
      for (const [name, value] of Object.entries(${JSON.stringify(choices)})) if (sessionStorage.getItem(name) === null) sessionStorage.setItem(name, value);`);
    const page = await this.context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('Failed to load resource'))
        this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    await page.goto(`${this.world.sandbox.url}${path}`);
    return page;
  }

  /** Kept beside the tests, to be looked at when they change. */
  async screenshot(page: Page, name: string): Promise<void> {
    const folder = join(__dirname, '__screenshots__');
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  }

  /** @throws when a page or a component has failed, or used what Twenty would not carry over; call it after each test */
  expectNoComplaints(): void {
    const complaints = this.complaints;
    this.complaints = [];
    if (complaints.length > 0) throw new Error(`The page complains:\n${complaints.join('\n')}`);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.world.close();
  }
}

/** A component's content on the page, by its title. */
export function component(page: Page, title: string): FrameLocator {
  return page.frameLocator(`iframe[title="${title}"]`);
}

// These run in the page, whose types this program does not have.
const WIDTH_CUT_OFF = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

const CONTROLS_WITHOUT_NAME = `[...document.querySelectorAll('button, input, select, textarea, a, svg, [role=button]')]
  .filter((element) => !element.closest('[aria-hidden=true]'))
  .filter((element) => {
    const labels = [...(element.labels ?? [])].map((label) => label.textContent).join('');
    const own = element.matches('button, a') ? element.textContent : '';
    return (element.getAttribute('aria-label') ?? labels + own).trim() === '';
  })
  .map((element) => element.outerHTML.slice(0, 120))`;

/** Width of what does not fit: 0 when nothing is cut off or needs scrolling sideways. */
export async function overflow(page: Page): Promise<number> {
  const widths = await Promise.all(page.frames().map((frame) => frame.evaluate<number>(WIDTH_CUT_OFF)));
  return Math.max(...widths);
}

/** Controls and pictures that a screen reader would read without a name. */
export async function namelessControls(page: Page): Promise<string[]> {
  const found = await Promise.all(page.frames().map((frame) => frame.evaluate<string[]>(CONTROLS_WITHOUT_NAME)));
  return found.flat();
}
