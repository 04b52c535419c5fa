import { useState } from 'react';
import { explainFault } from '../domain/fault';
import type { Locale } from '../domain/strings';
import { pageEngine } from '../engine/page-engine';
import { useQuestion, type Question } from '../ui/use-question';
import { keyOf, type CustomerList } from './console.types';

export interface CustomerPages {
  question: Question<CustomerList>;
  /** All pages so far. */
  list: CustomerList | undefined;
  more: () => void;
  loadingMore: boolean;
  moreFault: string | undefined;
}

/** A list of customers that grows by pages: `document` takes `variables` and `$after` and answers under `name`. */
export function useCustomerPages(document: string, name: string, variables: Record<string, unknown>, locale: Locale): CustomerPages {
  const ask = async (after: string | null) => (await pageEngine(locale).ask<Record<string, CustomerList>>(document, { ...variables, after }))[name] ?? { totalCount: 0, customers: [], endCursor: null, hasNextPage: false };
  const question = useQuestion(JSON.stringify([name, variables]), locale, () => ask(null));
  const [older, setOlder] = useState<{ first: CustomerList; pages: CustomerList[] }>();
  const [loadingMore, setLoadingMore] = useState(false);
  const [moreFault, setMoreFault] = useState<string>();
  const { answer: first } = question;
  // Pages belong to the first page that they followed.
  const pages = first ? [first, ...(older?.first === first ? older.pages : [])] : [];
  const last = pages.at(-1);
  const seen = new Set<string>();

  const more = () => {
    if (!first || !last?.endCursor) return;
    setLoadingMore(true);
    setMoreFault(undefined);
    ask(last.endCursor)
      .then((page) => setOlder({ first, pages: [...pages.slice(1), page] }))
      .catch((error: unknown) => setMoreFault(explainFault(error, locale)))
      .finally(() => setLoadingMore(false));
  };

  const list = first && last && {
    totalCount: first.totalCount,
    // What moved between two readings may come twice.
    customers: pages.flatMap(({ customers }) => customers).filter((customer) => !seen.has(keyOf(customer)) && seen.add(keyOf(customer))),
    endCursor: last.endCursor,
    hasNextPage: last.hasNextPage,
  };
  return { question, list, more, loadingMore, moreFault };
}
