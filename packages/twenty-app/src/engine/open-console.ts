import { AppPath, navigate } from 'twenty-sdk/front-component';
import { pageIds } from '../component-ids';
import type { Host } from './host';
import { requestJson } from './http';

interface Listing {
  data?: { getPageLayouts?: { id: string; universalIdentifier: string }[] };
}

/** Where the console begins: the member's own book, what there is to claim, or managing pools. */
export type ConsoleStart = 'book' | 'claim' | 'manage';

const PAGES: Record<ConsoleStart, string> = {
  book: pageIds.console,
  claim: pageIds.consoleClaim,
  manage: pageIds.consoleManage,
};

/** Goes to the pool console. False where Twenty does not tell where the page is. */
export async function openConsole(host: Host, start: ConsoleStart): Promise<boolean> {
  try {
    const { body } = await requestJson(host, `${host.apiUrl}/metadata`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: 'query ConsolePage { getPageLayouts(pageLayoutType: STANDALONE_PAGE) { id universalIdentifier } }',
      }),
    });
    const page = (body as Listing | undefined)?.data?.getPageLayouts?.find(
      ({ universalIdentifier }) => universalIdentifier === PAGES[start],
    );
    if (!page) return false;
    await navigate(AppPath.PageLayoutPage, { pageLayoutId: page.id });
    return true;
  } catch {
    return false;
  }
}
