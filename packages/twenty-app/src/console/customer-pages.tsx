import { say, type Locale } from '../domain/strings';
import { pageEngine } from '../engine/page-engine';
import type { FormSpec } from '../forms/form-spec';
import { Muted } from '../ui/parts';
import { Pager } from '../ui/pager';
import { QuestionState } from '../ui/question-state';
import { usePages, type Pages } from '../ui/use-pages';
import type { BulkSelection } from '../assignment/job.types';
import { PAGE_SIZE, type CustomerList } from './console.types';
import { CustomerTable, type Column } from './customer-table';
import { NarrowingBar } from './narrowing-bar';
import { SelectionActions } from './selection-actions';
import { SelectionBar } from './selection-bar';
import type { Narrowing } from './use-narrowing';
import type { ListFilter, Selection } from './use-selection';

interface ListAnswer {
  list: CustomerList;
}

interface Beside<Answer> {
  /** Variables of the document besides those of the list. */
  variables: () => Record<string, unknown>;
  /** What the document answers besides the list. */
  take: (answer: Answer) => void;
}

/** A list of customers by pages: `document` takes the filter and `$after` and answers under `list`, and may answer more than that. */
export function useCustomerPages<Answer>(
  document: string,
  filter: ListFilter,
  locale: Locale,
  beside?: Beside<Answer>,
): Pages<CustomerList> {
  const ask = async (after: string | null) => {
    const answer = await pageEngine(locale).ask<ListAnswer & Answer>(document, {
      ...filter,
      after,
      ...beside?.variables(),
    });
    beside?.take(answer);
    return answer.list;
  };
  return usePages(
    JSON.stringify([document, filter]),
    PAGE_SIZE,
    locale,
    ask,
    ({ customers }) => customers.length === 0,
  );
}

interface CustomerPagesProps {
  label: string;
  pages: Pages<CustomerList>;
  filter: ListFilter;
  columns: Column[];
  selection: Selection;
  today: string;
  empty: string;
  narrowing: Narrowing;
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
export function CustomerPages({
  label,
  pages,
  filter,
  columns,
  selection,
  today,
  empty,
  narrowing,
  locale,
  actions,
}: CustomerPagesProps) {
  const { page, question, turning } = pages;
  const nothing = page?.customers.length === 0;
  return (
    <>
      {(narrowing.isNarrow || !nothing) && <NarrowingBar narrowing={narrowing} locale={locale} />}
      <QuestionState question={question} locale={locale} shown={page !== undefined} />
      {nothing && (
        <span role="status">
          <Muted>{narrowing.isNarrow ? say(locale, 'nothingFound') : empty}</Muted>
        </span>
      )}
      {page && page.customers.length > 0 && (
        <SelectionBar selection={selection} filter={filter} total={page.totalCount} locale={locale} />
      )}
      {page && actions && (
        <SelectionActions
          customers={selection.customers}
          specs={actions.specs}
          pools={actions.pools}
          mayReassign={actions.mayReassign ?? false}
          empty={page.customers.length === 0}
          locale={locale}
          onDone={actions.onDone}
          {...(selection.whole && !narrowing.isNarrow && actions.whole && { whole: actions.whole })}
        />
      )}
      {page && page.customers.length > 0 && (
        <>
          {/* A page begins at its top. */}
          <CustomerTable
            key={pages.before}
            label={label}
            customers={page.customers}
            columns={columns}
            today={today}
            locale={locale}
            selection={selection}
            turning={turning}
          />
          <Pager pages={pages} count={page.customers.length} total={page.totalCount} locale={locale} />
        </>
      )}
    </>
  );
}
