import { Fragment } from 'react';
import { say, type Locale } from '../domain/strings';
import { CONSOLE_DUPLICATES } from '../engine/documents';
import { pageEngine } from '../engine/page-engine';
import { archiveSpec, moveSpec } from '../forms/form-specs';
import { Badge, Card, Muted, Row } from '../ui/parts';
import { Pager } from '../ui/pager';
import { QuestionState } from '../ui/question-state';
import { cellStyle, headStyle, TableBox } from '../ui/table';
import { useTheme } from '../ui/theme';
import { usePages } from '../ui/use-pages';
import {
  keyOf,
  PAGE_SIZE,
  type ConsoleCustomer,
  type ConsolePool,
  type DuplicateGroup,
  type DuplicatePage,
  type Overview,
} from './console.types';
import { CustomerLink } from './customer-link';
import { cell, type Column } from './customer-table';
import { SelectionActions } from './selection-actions';
import { useSelection, type Selection } from './use-selection';

const COLUMNS: Column[] = ['state', 'owner', 'pool', 'followed'];

/** All but one are archived. */
const isSettled = ({ customers }: DuplicateGroup): boolean =>
  customers.filter(({ status }) => status !== 'ARCHIVED').length < 2;

/** Customers that are the same, one of them in this pool at least, and what can be done with one too many. */
export function Duplicates({
  pool,
  overview,
  locale,
  onChanged,
}: {
  pool: ConsolePool;
  overview: Overview;
  locale: Locale;
  onChanged: () => void;
}) {
  const selection = useSelection(locale);
  const pages = usePages(
    pool.id,
    PAGE_SIZE,
    locale,
    async (after) =>
      (await pageEngine(locale).ask<{ duplicates: DuplicatePage }>(CONSOLE_DUPLICATES, { poolId: pool.id, after }))
        .duplicates,
    ({ groups }) => groups.length === 0,
  );
  const { page, question, turning } = pages;
  const empty = page?.groups.length === 0;
  const done = () => {
    selection.clear();
    question.again();
    onChanged();
  };
  return (
    <Card title={say(locale, 'manage_duplicates')}>
      <QuestionState question={question} locale={locale} shown={page !== undefined} />
      {page && <Muted>{say(locale, empty ? 'duplicatesEmpty' : 'duplicatesMeans')}</Muted>}
      {page && (
        <SelectionActions
          customers={selection.customers}
          specs={[moveSpec, archiveSpec]}
          mayReassign
          pools={overview.pools.filter(({ active }) => active)}
          empty={empty ?? true}
          locale={locale}
          onDone={done}
        />
      )}
      {page && !empty && (
        <>
          <Groups
            key={pages.before}
            groups={page.groups}
            today={overview.viewer.today}
            selection={selection}
            turning={turning}
            locale={locale}
          />
          <Pager pages={pages} count={page.groups.length} locale={locale} />
        </>
      )}
    </Card>
  );
}

interface GroupsProps {
  groups: DuplicateGroup[];
  today: string;
  selection: Selection;
  turning: boolean;
  locale: Locale;
}

function Groups({ groups, today, selection: { keys, set }, turning, locale }: GroupsProps) {
  const theme = useTheme();
  const [head, body] = [headStyle(theme), cellStyle(theme)];
  const line = (customer: ConsoleCustomer, group: string) => {
    const key = keyOf(customer);
    const chosen = keys.has(key);
    return (
      <tr key={`${group} ${key}`} style={{ background: chosen ? theme.infoGround : 'transparent' }}>
        <td style={body}>
          <input
            type="checkbox"
            aria-label={say(locale, 'selectOne', { name: customer.name ?? say(locale, 'thisCustomer') })}
            checked={chosen}
            onChange={() => set([customer], !chosen)}
          />
        </td>
        <td style={{ ...body, minWidth: 140 }}>
          <CustomerLink customer={customer} locale={locale} />
        </td>
        {COLUMNS.map((column) => (
          <td key={column} style={body}>
            {cell(column, customer, today, locale)}
          </td>
        ))}
      </tr>
    );
  };
  return (
    <TableBox label={say(locale, 'manage_duplicates')} busy={turning}>
      <thead>
        <tr>
          <th style={{ ...head, width: 28 }}>
            <span aria-hidden="true" />
          </th>
          <th style={head}>{say(locale, 'column_name')}</th>
          {COLUMNS.map((column) => (
            <th key={column} style={head}>
              {say(locale, `column_${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => {
          const id = `${group.object} ${group.by} ${group.value}`;
          return (
            <Fragment key={id}>
              <tr>
                <td colSpan={COLUMNS.length + 2} style={{ ...body, paddingTop: 12, background: theme.raised }}>
                  <Row>
                    <Badge>{say(locale, `same${group.by}`)}</Badge>
                    <strong style={{ fontWeight: 600 }}>{group.value}</strong>
                    <Muted>{say(locale, 'sameCount', { count: group.customers.length })}</Muted>
                    {isSettled(group) && <Badge tone="good">{say(locale, 'sameSettled')}</Badge>}
                  </Row>
                </td>
              </tr>
              {group.customers.map((customer) => line(customer, id))}
            </Fragment>
          );
        })}
      </tbody>
    </TableBox>
  );
}
