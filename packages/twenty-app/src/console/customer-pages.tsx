import type { Locale } from '../domain/strings';
import { pageEngine } from '../engine/page-engine';
import type { FormSpec } from '../forms/form-spec';
import { Muted } from '../ui/parts';
import { Pager } from '../ui/pager';
import { QuestionState } from '../ui/question-state';
import { usePages, type Pages } from '../ui/use-pages';
import type { BulkSelection } from '../assignment/job.types';
import { PAGE_SIZE, type CustomerList } from './console.types';
import { CustomerTable, type Column } from './customer-table';
import { SelectionActions } from './selection-actions';
import { SelectionBar } from './selection-bar';
import type { ListFilter, Selection } from './use-selection';

/** A list of customers by pages: `document` takes the filter and `$after` and answers under `name`. */
export function useCustomerPages(document: string, name: string, filter: ListFilter, locale: Locale): Pages<CustomerList> {
  const ask = async (after: string | null) =>
    (await pageEngine(locale).ask<Record<string, CustomerList>>(document, { ...filter, after }))[name] ?? { totalCount: 0, customers: [], endCursor: null, hasNextPage: false };
  return usePages(JSON.stringify([name, filter]), PAGE_SIZE, locale, ask, ({ customers }) => customers.length === 0);
}

interface CustomerPagesProps {
  label: string;
  pages: Pages<CustomerList>;
  filter: ListFilter;
  columns: Column[];
  selection: Selection;
  today: string;
  empty: string;
  locale: Locale;
  actions?: {
    specs: FormSpec[];
    pools: { id: string; name: string }[];
    mayReassign?: boolean;
    /** The whole list as one selection, where the engine knows it as one. */
    whole?: BulkSelection;
    onDone: () => void;
  };
}

/** Customers page by page, what is chosen of them on all pages, and what can be done with it. */
export function CustomerPages({ label, pages, filter, columns, selection, today, empty, locale, actions }: CustomerPagesProps) {
  const { page, question, turning } = pages;
  return (
    <>
      <QuestionState question={question} locale={locale} shown={page !== undefined} />
      {page && page.customers.length === 0 && <Muted>{empty}</Muted>}
      {page && page.customers.length > 0 && <SelectionBar selection={selection} filter={filter} total={page.totalCount} locale={locale} />}
      {page && actions && (
        <SelectionActions customers={selection.customers} specs={actions.specs} pools={actions.pools} mayReassign={actions.mayReassign ?? false} empty={page.customers.length === 0} locale={locale}
          onDone={actions.onDone} {...(selection.whole && actions.whole && { whole: actions.whole })} />
      )}
      {page && page.customers.length > 0 && (
        <>
          {/* A page begins at its top. */}
          <CustomerTable key={pages.before} label={label} customers={page.customers} columns={columns} today={today} locale={locale} selection={selection} turning={turning} />
          <Pager pages={pages} count={page.customers.length} total={page.totalCount} locale={locale} />
        </>
      )}
    </>
  );
}
