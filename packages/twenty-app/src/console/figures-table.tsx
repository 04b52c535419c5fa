import { useState } from 'react';
import {
  figureOf,
  sayHours,
  sayShare,
  sortRows,
  type FiguresColumn,
  type FiguresRow,
  type Sorting,
} from '../domain/figures';
import { say, type Locale, type StringKey } from '../domain/strings';
import { Muted } from '../ui/parts';
import { cellStyle, headStyle, TableBox } from '../ui/table';
import { toneOf, useTheme, type Tone } from '../ui/theme';

type NumberColumn = Exclude<FiguresColumn, 'name'>;

const COLUMNS: NumberColumn[] = [
  'ownsNow',
  'taken',
  'medianHoursToClaim',
  'medianHoursToFirstActivity',
  'reclaimRate',
  'released',
  'conversionRate',
];
const TONES: Partial<Record<NumberColumn, Tone>> = {
  taken: 'info',
  reclaimRate: 'bad',
  released: 'warn',
  conversionRate: 'good',
};
const SHARES: readonly NumberColumn[] = ['reclaimRate', 'conversionRate'];

/** What a cell says, and beside it the number of customers that a share is of. */
function words(
  { figures, ...row }: FiguresRow,
  column: NumberColumn,
  locale: Locale,
): { text: string; beside?: string } {
  switch (column) {
    case 'reclaimRate':
      return {
        text: sayShare(figures.reclaimRate, locale),
        ...(figures.reclaimRate !== null && {
          beside: say(locale, 'usedOf', { used: figures.reclaimed, limit: figures.taken }),
        }),
      };
    case 'conversionRate':
      return {
        text: sayShare(figures.conversionRate, locale),
        ...(figures.conversionRate !== null && {
          beside: say(locale, 'usedOf', { used: figures.won, limit: figures.taken }),
        }),
      };
    case 'medianHoursToClaim':
    case 'medianHoursToFirstActivity':
      return { text: sayHours(figures[column], locale) };
    default:
      return { text: figureOf({ figures, ...row }, column)?.toLocaleString(locale) ?? '—' };
  }
}

/** Reps or pools side by side, with bars that compare, in the order of any column. */
export function FiguresTable({
  label,
  first,
  rows,
  locale,
}: {
  label: string;
  first: StringKey;
  rows: FiguresRow[];
  locale: Locale;
}) {
  const theme = useTheme();
  const [sorting, setSorting] = useState<Sorting>({ column: 'taken', descending: true });
  const columns = COLUMNS.filter((column) => column !== 'ownsNow' || rows.some(({ ownsNow }) => ownsNow !== undefined));
  // Shares are compared with the whole, numbers with the largest of them.
  const most = (column: NumberColumn) =>
    SHARES.includes(column) ? 1 : Math.max(1, ...rows.map((row) => figureOf(row, column) ?? 0));
  const sortBy = (column: FiguresColumn) =>
    setSorting((before) => ({ column, descending: before.column === column ? !before.descending : column !== 'name' }));
  const header = (column: FiguresColumn, name: string) => {
    const active = sorting.column === column;
    return (
      // Twenty drops `scope`.
      <th
        key={column}
        role="columnheader"
        aria-sort={!active ? 'none' : sorting.descending ? 'descending' : 'ascending'}
        style={{ ...headStyle(theme), whiteSpace: 'normal', verticalAlign: 'bottom' }}
      >
        <button
          type="button"
          onClick={() => sortBy(column)}
          style={{
            border: 'none',
            background: 'transparent',
            padding: 0,
            font: 'inherit',
            color: active ? theme.text : theme.muted,
            cursor: 'pointer',
            textAlign: 'left',
          }}
        >
          {name}
          {active && <span aria-hidden="true">{sorting.descending ? ' ↓' : ' ↑'}</span>}
        </button>
      </th>
    );
  };
  return (
    <TableBox label={label}>
      <thead>
        <tr>
          {header('name', say(locale, first))}
          {columns.map((column) => header(column, say(locale, `column_${column}`)))}
        </tr>
      </thead>
      <tbody>
        {sortRows(rows, sorting, locale).map((row) => (
          <tr key={row.id}>
            <td style={{ ...cellStyle(theme), fontWeight: 500, minWidth: 110 }}>
              {row.name || say(locale, 'unknownMember')}
            </td>
            {columns.map((column) => {
              const { text, beside } = words(row, column, locale);
              const tone = TONES[column];
              return (
                <td key={column} style={cellStyle(theme)}>
                  <span style={{ whiteSpace: 'nowrap' }}>{text}</span>{' '}
                  {beside !== undefined && (
                    <span style={{ whiteSpace: 'nowrap' }}>
                      <Muted>{beside}</Muted>
                    </span>
                  )}
                  {tone !== undefined && (
                    <span
                      aria-hidden="true"
                      style={{ display: 'block', height: 4, borderRadius: 2, marginTop: 3, background: theme.hover }}
                    >
                      <span
                        style={{
                          display: 'block',
                          height: 4,
                          borderRadius: 2,
                          width: `${(100 * (figureOf(row, column) ?? 0)) / most(column)}%`,
                          background: toneOf(theme, tone).color,
                        }}
                      />
                    </span>
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </TableBox>
  );
}
