import type { Page, Request } from 'playwright-core';

/** What components ask the engine and Twenty for from now on: not the page around them, and not their own code. */
export function watchRequests(page: Page): { asked: () => string[]; reset: () => void } {
  let seen: string[] = [];
  page.on('request', (request: Request) => {
    const { pathname } = new URL(request.url());
    const isComponent = request.frame() !== page.mainFrame() && /^\/(graphql|metadata|s\/)/.test(pathname);
    if (isComponent && request.method() !== 'OPTIONS') seen.push(`${request.method()} ${pathname}`);
  });
  return { asked: () => [...seen], reset: () => void (seen = []) };
}
