import type { ReactNode } from 'react';
import { AppPath, navigate } from 'twenty-sdk/front-component';
import { daysBetween, sayDate, sayInstant } from '../domain/days';
import { say, type Locale } from '../domain/strings';
import { sayDaysLeft } from '../pool-tab/countdown';
import { Badge, Button, Muted, Notice, Row } from '../ui/parts';
import { useTheme, type Tone } from '../ui/theme';
import { keyOf, type ConsoleCustomer, type CustomerList } from './console.types';
import type { CustomerPages } from './use-customer-pages';

export type Column = 'due' | 'owner' | 'since' | 'why' | 'claim';

export interface CustomerTableProps {
  label: string;
  list: CustomerList;
  columns: Column[];
  today: string;
  locale: Locale;
  selected: ReadonlySet<string>;
  onSelect: (keys: ReadonlySet<string>) => void;
  pages: Pick<CustomerPages, 'more' | 'loadingMore' | 'moreFault'>;
  empty: string;
}

const SOON_DAYS = 7;

function dueTone(days: number): Tone {
  if (days <= 1) return 'bad';
  return days <= SOON_DAYS ? 'warn' : 'neutral';
}

function cell(column: Column, customer: ConsoleCustomer, today: string, locale: Locale): ReactNode {
  switch (column) {
    case 'due': {
      if (customer.reclaimOn === null) return <Muted>—</Muted>;
      const days = daysBetween(today, customer.reclaimOn);
      return <Row><Badge tone={dueTone(days)}>{sayDaysLeft(days, customer.reclaimOn, locale)}</Badge><Muted>{sayDate(customer.reclaimOn, locale)}</Muted></Row>;
    }
    case 'owner': return customer.owner?.name ?? say(locale, 'nobody');
    case 'since': return customer.pooledSince === null ? '' : sayInstant(customer.pooledSince, locale);
    case 'why': return customer.clock?.text ?? (customer.reclaimRule === null ? '' : say(locale, `rule${customer.reclaimRule}`));
    case 'claim': {
      if (customer.claimable?.allowed) return <Badge tone="good">{say(locale, 'yes')}</Badge>;
      const { message, until } = customer.claimable?.refusal ?? {};
      return <span>{message} {until ? <Muted>{say(locale, 'from', { date: sayInstant(until, locale) })}</Muted> : null}</span>;
    }
  }
}

const openRecord = ({ object, recordId }: ConsoleCustomer) =>
  navigate(AppPath.RecordShowPage, { objectNameSingular: object === 'COMPANY' ? 'company' : 'person', objectRecordId: recordId });

/** Customers to look at and to choose from; more come on demand, so that two thousand stay fluid. */
export function CustomerTable({ label, list, columns, today, locale, selected, onSelect, pages, empty }: CustomerTableProps) {
  const theme = useTheme();
  const keys = list.customers.map(keyOf);
  const all = keys.length > 0 && keys.every((key) => selected.has(key));
  const toggle = (key: string) => {
    const next = new Set(selected);
    if (!next.delete(key)) next.add(key);
    onSelect(next);
  };
  const head = { textAlign: 'left' as const, padding: '6px 8px', color: theme.muted, fontWeight: 500, borderBottom: `1px solid ${theme.line}`, whiteSpace: 'nowrap' as const };
  const body = { padding: '6px 8px', borderBottom: `1px solid ${theme.line}`, verticalAlign: 'top' as const, overflowWrap: 'anywhere' as const };
  if (list.customers.length === 0) return <Muted>{empty}</Muted>;
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 8, minWidth: 0 }}>
      <div style={{ overflowX: 'auto', maxHeight: 520, overflowY: 'auto' }}>
        <table aria-label={label} style={{ borderCollapse: 'collapse', width: '100%' }}>
          <thead>
            <tr>
              <th style={{ ...head, width: 32 }}><input type="checkbox" aria-label={say(locale, 'selectShown')} checked={all} onChange={() => onSelect(new Set(all ? [] : keys))} /></th>
              <th style={head}>{say(locale, 'column_name')}</th>
              {columns.map((column) => <th key={column} style={head}>{say(locale, `column_${column}`)}</th>)}
            </tr>
          </thead>
          <tbody>
            {list.customers.map((customer) => {
              const key = keyOf(customer);
              const name = customer.name ?? say(locale, 'thisCustomer');
              return (
                <tr key={key} style={{ background: selected.has(key) ? theme.infoGround : 'transparent' }}>
                  <td style={body}><input type="checkbox" aria-label={say(locale, 'selectOne', { name })} checked={selected.has(key)} onChange={() => toggle(key)} /></td>
                  <td style={{ ...body, minWidth: 140 }}>
                    <button type="button" onClick={() => void openRecord(customer)} style={{ all: 'unset', cursor: 'pointer', fontWeight: 500, textDecoration: 'underline', textDecorationColor: theme.strong }}>{name}</button>
                    <div><Muted>{customer.pool.name}</Muted></div>
                  </td>
                  {columns.map((column) => <td key={column} style={body}>{cell(column, customer, today, locale)}</td>)}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <Row>
        <Muted>{say(locale, 'shownOf', { shown: list.customers.length, total: list.totalCount })}</Muted>
        {selected.size > 0 && <Muted>{say(locale, 'selectedCount', { count: selected.size })}</Muted>}
        {list.hasNextPage && <Button onClick={pages.more} disabled={pages.loadingMore}>{say(locale, pages.loadingMore ? 'loading' : 'showMore')}</Button>}
      </Row>
      {pages.moreFault !== undefined && <Notice tone="bad" title={pages.moreFault} />}
    </div>
  );
}
