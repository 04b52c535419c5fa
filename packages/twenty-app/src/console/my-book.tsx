import { useState } from 'react';
import { addDays, daysBetween, sayDate, sayInstant } from '../domain/days';
import { say, type Locale } from '../domain/strings';
import { CONSOLE_BOOK } from '../engine/documents';
import { followUpSpec, moreTimeSpec } from '../forms/form-specs';
import { Card, Columns, Muted } from '../ui/parts';
import { DayPlot, Meter } from '../ui/plots';
import { QuestionState } from '../ui/question-state';
import { keyOf, type CustomerList, type Overview } from './console.types';
import { CustomerTable } from './customer-table';
import { SelectionActions } from './selection-actions';
import { useCustomerPages } from './use-customer-pages';

const AHEAD_DAYS = 14;
const NONE: ReadonlySet<string> = new Set();

/** What the viewer owns: how much of what is allowed, what falls next and why. */
export function MyBook({ overview, locale, onChanged }: { overview: Overview; locale: Locale; onChanged: () => void }) {
  const { viewer } = overview;
  const [selected, setSelected] = useState(NONE);
  const pages = useCustomerPages(CONSOLE_BOOK, 'book', { ownerId: viewer.member.id }, locale);
  const { list, question } = pages;
  const chosen = list?.customers.filter((customer) => selected.has(keyOf(customer))) ?? [];
  const done = () => {
    setSelected(NONE);
    question.again();
    onChanged();
  };
  return (
    <>
      <Columns least={280}>
        <Limits overview={overview} locale={locale} />
        {list && <Falling list={list} today={viewer.today} locale={locale} />}
      </Columns>
      <Card title={say(locale, 'bookTitle')}>
        <QuestionState question={question} locale={locale} />
        {list && (
          <>
            {list.customers.length > 0 && <SelectionActions customers={chosen.map(({ object, recordId }) => ({ object, recordId }))} specs={[followUpSpec, moreTimeSpec]} pools={[]} locale={locale} onDone={done} />}
            <CustomerTable label={say(locale, 'bookTitle')} list={list} columns={['due', 'why']} today={viewer.today} locale={locale} selected={selected} onSelect={setSelected}
              pages={pages} empty={say(locale, 'emptyBook')} />
          </>
        )}
      </Card>
    </>
  );
}

function Limits({ overview: { viewer }, locale }: { overview: Overview; locale: Locale }) {
  const used = (count: number, limit: number | null) => (limit === null ? say(locale, 'usedNoLimit', { used: count }) : say(locale, 'usedOf', { used: count, limit }));
  const won = viewer.capacities.find(({ pool }) => pool === null)?.exempt ?? 0;
  // A workspace without a limit of its own says nothing beyond the pools.
  const rows = viewer.capacities.filter(({ pool, limit }) => pool !== null || limit !== null);
  return (
    <Card title={say(locale, 'capacityTitle')}>
      {rows.map(({ pool, used: count, limit }) => <Meter key={pool?.id ?? 'all'} name={pool?.name ?? say(locale, 'capacityAll')} used={count} limit={limit} text={used(count, limit)} />)}
      {won > 0 && <Muted>{say(locale, 'wonApart', { count: won })}</Muted>}
      <strong style={{ fontWeight: 600 }}>{say(locale, 'claimsTitle')}</strong>
      {viewer.claimsLeft.map(({ pool, used: count, limit, resetsAt }) => (
        <div key={pool.id}>
          <Meter name={pool.name} used={count} limit={limit} text={used(count, limit)} />
          {count > 0 && resetsAt !== null && <Muted>{say(locale, 'claimsReset', { date: sayInstant(resetsAt, locale) })}</Muted>}
        </div>
      ))}
    </Card>
  );
}

function Falling({ list, today, locale }: { list: CustomerList; today: string; locale: Locale }) {
  const days = Array.from({ length: AHEAD_DAYS }, (_, index) => addDays(today, index));
  const falling = list.customers.flatMap(({ reclaimOn }) => (reclaimOn !== null && daysBetween(today, reclaimOn) < AHEAD_DAYS ? [reclaimOn < today ? today : reclaimOn] : []));
  const last = days.at(-1) ?? today;
  return (
    <Card title={say(locale, 'fallingTitle')}>
      {falling.length === 0
        ? <Muted>{say(locale, 'noneFalling', { days: AHEAD_DAYS })}</Muted>
        : <DayPlot label={say(locale, 'fallingPlot', { days: AHEAD_DAYS, count: falling.length })} days={days.map((day) => ({ up: falling.filter((on) => on === day).length }))} first={sayDate(today, locale)} last={sayDate(last, locale)} upTone="warn" />}
    </Card>
  );
}
