import { sayInstant } from '../domain/days';
import { say, type Locale } from '../domain/strings';
import { CONSOLE_BOOK } from '../engine/documents';
import { followUpSpec, moreTimeSpec, releaseSpec } from '../forms/form-specs';
import { Card, Muted, Tiles } from '../ui/parts';
import { DayPlot } from '../ui/day-plot';
import { Meter } from '../ui/plots';
import type { Overview } from './console.types';
import { CustomerPages, useCustomerPages } from './customer-pages';
import { useNarrowing } from './use-narrowing';
import { useSelection, type ListFilter } from './use-selection';

/** What the viewer owns: how much of what is allowed, what falls next and why. */
export function MyBook({ overview, locale, onChanged }: { overview: Overview; locale: Locale; onChanged: () => void }) {
  const { viewer, pools } = overview;
  const selection = useSelection(locale);
  const narrowing = useNarrowing(selection.clear);
  const filter: ListFilter = { ...narrowing.filter, ownerId: viewer.member.id, status: 'OWNED' };
  const pages = useCustomerPages(CONSOLE_BOOK, filter, locale);
  const done = () => {
    selection.clear();
    pages.question.again();
    onChanged();
  };
  return (
    <>
      <Tiles least={280}>
        <Limits overview={overview} locale={locale} />
        <Falling overview={overview} locale={locale} />
      </Tiles>
      <Card title={say(locale, 'bookTitle')}>
        <CustomerPages
          label={say(locale, 'bookTitle')}
          pages={pages}
          filter={filter}
          columns={['due', 'why', 'followed', ...(pools.length > 1 ? ['pool' as const] : [])]}
          selection={selection}
          today={viewer.today}
          empty={say(locale, 'emptyBook')}
          narrowing={narrowing}
          locale={locale}
          actions={{
            specs: [followUpSpec, moreTimeSpec, releaseSpec],
            pools: pools.filter(({ active }) => active),
            onDone: done,
          }}
        />
      </Card>
    </>
  );
}

function Limits({ overview: { viewer }, locale }: { overview: Overview; locale: Locale }) {
  const used = (count: number, limit: number | null) =>
    limit === null ? say(locale, 'usedNoLimit', { used: count }) : say(locale, 'usedOf', { used: count, limit });
  const won = viewer.capacities.find(({ pool }) => pool === null)?.exempt ?? 0;
  // A workspace without a limit of its own says nothing beyond the pools.
  const rows = viewer.capacities.filter(({ pool, limit }) => pool !== null || limit !== null);
  return (
    <Card title={say(locale, 'capacityTitle')}>
      {rows.map(({ pool, used: count, limit }) => (
        <Meter
          key={pool?.id ?? 'all'}
          name={pool?.name ?? say(locale, 'capacityAll')}
          used={count}
          limit={limit}
          text={used(count, limit)}
        />
      ))}
      {won > 0 && <Muted>{say(locale, 'wonApart', { count: won })}</Muted>}
      <strong style={{ fontWeight: 600 }}>{say(locale, 'claimsTitle')}</strong>
      {viewer.claimsLeft.map(({ pool, used: count, limit, resetsAt }) => (
        <div key={pool.id}>
          <Meter name={pool.name} used={count} limit={limit} text={used(count, limit)} />
          {count > 0 && resetsAt !== null && (
            <Muted>{say(locale, 'claimsReset', { date: sayInstant(resetsAt, locale) })}</Muted>
          )}
        </div>
      ))}
    </Card>
  );
}

function Falling({
  overview: {
    viewer: { dueByDay, today },
  },
  locale,
}: {
  overview: Overview;
  locale: Locale;
}) {
  const days = dueByDay.length;
  const count = dueByDay.reduce((sum, day) => sum + day.count, 0);
  return (
    <Card title={say(locale, 'fallingTitle')}>
      <Muted>{count === 0 ? say(locale, 'noneFalling', { days }) : say(locale, 'fallingText', { days, count })}</Muted>
      <DayPlot
        label={say(locale, 'fallingPlot', { days, count })}
        days={dueByDay.map((day) => ({ on: day.on, up: day.count }))}
        today={today}
        locale={locale}
        upTone="warn"
        sayBar={({ up }) => say(locale, 'fallingBar', { count: up })}
      />
    </Card>
  );
}
