import type { ReactNode } from 'react';
import { daysBetween, sayDate, sayInstant, sayShortDate } from '../domain/days';
import { say, type Locale } from '../domain/strings';
import { sayDaysLeft } from '../pool-tab/countdown';
import { Badge, Muted, Row } from '../ui/parts';
import { cellStyle, headStyle, TableBox } from '../ui/table';
import { useTheme, type Tone } from '../ui/theme';
import { keyOf, type ConsoleCustomer } from './console.types';
import { CustomerLink } from './customer-link';
import { DueReason } from './due-reason';
import type { Selection } from './use-selection';

export type Column = 'pool' | 'state' | 'owner' | 'due' | 'followed' | 'since' | 'why' | 'claim' | 'owned' | 'asked';

const SOON_DAYS = 7;

function dueTone(days: number): Tone {
  if (days <= 1) return 'bad';
  return days <= SOON_DAYS ? 'warn' : 'neutral';
}

/** What a column says of a customer. */
export function cell(column: Column, customer: ConsoleCustomer, today: string, locale: Locale): ReactNode {
  switch (column) {
    case 'pool':
      return <Muted>{customer.pool.name}</Muted>;
    case 'state':
      return (
        <Badge tone={customer.status === 'POOLED' ? 'info' : 'neutral'}>
          {say(locale, `status${customer.status}`)}
        </Badge>
      );
    case 'owner':
      return customer.owner?.name ?? <Muted>—</Muted>;
    case 'due': {
      if (customer.reclaimOn === null) return <Muted>—</Muted>;
      const days = daysBetween(today, customer.reclaimOn);
      return (
        <Row>
          <Badge tone={dueTone(days)}>{sayDaysLeft(days, customer.reclaimOn, locale)}</Badge>
          {days >= 0 && <Muted>{sayShortDate(customer.reclaimOn, locale)}</Muted>}
        </Row>
      );
    }
    case 'followed':
      return (
        <Muted>
          {customer.lastActivityAt === null
            ? say(locale, 'never')
            : sayDate(customer.lastActivityAt.slice(0, 10), locale)}
        </Muted>
      );
    case 'since':
      return customer.pooledSince === null ? '' : sayInstant(customer.pooledSince, locale);
    case 'owned':
      return customer.ownedSince ? sayInstant(customer.ownedSince, locale) : '';
    case 'asked':
      return customer.moreTime ? (
        <span>
          {say(locale, 'askedFor', { days: customer.moreTime.days })} {customer.moreTime.reason}{' '}
          <Muted>{say(locale, 'waitsUntil', { date: sayShortDate(customer.moreTime.waitsUntil, locale) })}</Muted>
        </span>
      ) : (
        ''
      );
    case 'why':
      return <DueReason customer={customer} locale={locale} />;
    case 'claim': {
      if (customer.claimable?.allowed) return <Badge tone="good">{say(locale, 'yes')}</Badge>;
      const { message, until } = customer.claimable?.refusal ?? {};
      return (
        <span>
          {message} {until ? <Muted>{say(locale, 'from', { date: sayInstant(until, locale) })}</Muted> : null}
        </span>
      );
    }
  }
}

export interface CustomerTableProps {
  label: string;
  /** One page of them. */
  customers: ConsoleCustomer[];
  columns: Column[];
  today: string;
  locale: Locale;
  selection: Selection;
  /** Another page is on its way. */
  turning: boolean;
}

/** One page of customers to look at and to choose from. */
export function CustomerTable({
  label,
  customers,
  columns,
  today,
  locale,
  selection: { keys, set },
  turning,
}: CustomerTableProps) {
  const theme = useTheme();
  const all = customers.every((customer) => keys.has(keyOf(customer)));
  const [head, body] = [headStyle(theme), cellStyle(theme)];
  return (
    <TableBox label={label} busy={turning}>
      <thead>
        <tr>
          <th style={{ ...head, width: 28 }}>
            <input
              type="checkbox"
              aria-label={say(locale, 'selectShown')}
              checked={all}
              onChange={() => set(customers, !all)}
            />
          </th>
          <th style={head}>{say(locale, 'column_name')}</th>
          {columns.map((column) => (
            <th key={column} style={head}>
              {say(locale, `column_${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {customers.map((customer) => {
          const key = keyOf(customer);
          const chosen = keys.has(key);
          return (
            <tr key={key} style={{ background: chosen ? theme.infoGround : 'transparent' }}>
              <td style={body}>
                <input
                  type="checkbox"
                  aria-label={say(locale, 'selectOne', { name: customer.name ?? say(locale, 'thisCustomer') })}
                  checked={chosen}
                  onChange={() => set([customer], !chosen)}
                />
              </td>
              <td style={{ ...body, minWidth: 120 }}>
                <CustomerLink customer={customer} locale={locale} />
              </td>
              {columns.map((column) => (
                <td key={column} style={body}>
                  {cell(column, customer, today, locale)}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </TableBox>
  );
}
