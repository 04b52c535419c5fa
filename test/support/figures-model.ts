import type { TenureFigures } from '../../src/domain/insights/tenure-figures';
import type { FiguresHistory, ModelCustomer, Moment } from './figures-history';

export interface ModelQuestion {
  poolIds: string[];
  zone: string;
  /** Local dates, both included. */
  from: string;
  to: string;
  qualifying: string[];
  now: string;
  gone: string;
}

interface Tenure {
  poolId: string;
  ownerId: string;
  endedBy: string | null;
  isWon: boolean;
  hoursToClaim: number | null;
  hoursToActivity: number | null;
}

/** The figures worked out customer by customer from what really held, with nothing of the engine's in it. */
export function modelFigures(history: FiguresHistory, question: ModelQuestion) {
  const { poolIds, from, to } = question;
  const dayOf = localDay(question.zone);
  const inPeriod = ({ at }: Moment) => from <= dayOf(at) && dayOf(at) <= to;
  const flow = new Map<string, { into: number; out: number }>();
  const reasons = new Map<string, number>();
  const held = new Set<string>();
  const owns = new Map<string, number>();
  const tenures: Tenure[] = [];

  for (const customer of history.customers) {
    const { life } = customer;
    life.forEach((moment, index) => {
      const before = life[index - 1];
      if (!inPeriod(moment)) return;
      const [came, went] = [waits(moment), before ? waits(before) : null];
      const day = flow.get(dayOf(moment.at)) ?? { into: 0, out: 0 };
      if (came !== went && came && poolIds.includes(came)) day.into += 1;
      if (came !== went && went && poolIds.includes(went)) day.out += 1;
      flow.set(dayOf(moment.at), day);
      if (!poolIds.includes(moment.poolId)) return;
      if (['RELEASED', 'ARCHIVED'].includes(moment.type)) {
        const key = JSON.stringify([moment.type, moment.reason?.trim() || null]);
        reasons.set(key, (reasons.get(key) ?? 0) + 1);
      }
      for (const owner of [before?.ownerId, moment.ownerId]) if (owner) held.add(owner);
      if (['CLAIMED', 'ASSIGNED'].includes(moment.type)) tenures.push(tenure(history, customer, index, question));
    });
    const last = life.at(-1);
    if (last?.ownerId && poolIds.includes(last.poolId)) owns.set(last.ownerId, (owns.get(last.ownerId) ?? 0) + 1);
  }

  const of = (some: Tenure[]): TenureFigures => summary(some);
  const members = new Set([...held, ...owns.keys()]);
  return {
    flow,
    total: of(tenures),
    byPool: new Map(poolIds.map((id) => [id, of(tenures.filter(({ poolId }) => poolId === id))])),
    byMember: new Map(
      [...members].map((id) => [
        id,
        { ownsNow: owns.get(id) ?? 0, figures: of(tenures.filter(({ ownerId }) => ownerId === id)) },
      ]),
    ),
    reasons,
  };
}

function tenure(
  { deals, activities, customers }: FiguresHistory,
  { object, recordId, companyId, life }: ModelCustomer,
  index: number,
  { qualifying, now, gone }: ModelQuestion,
): Tenure {
  const began = life[index] as Moment;
  const end = life.slice(index + 1).find(({ ownerId }) => ownerId !== began.ownerId) ?? null;
  const isDuring = (at: string | null) => at !== null && at >= began.at && (end === null || at < end.at);
  // Twenty says no longer whose they were.
  const owner = began.ownerId === gone ? null : began.ownerId;
  let entered = index - 1;
  while (entered > 0 && waits(life[entered - 1] as Moment) === began.poolId) entered -= 1;
  const own = deals.filter(
    (deal) => !deal.isDeleted && (object === 'COMPANY' ? deal.companyId === recordId : deal.personId === recordId),
  );
  const ofTheirCompany = deals.filter(
    (deal) => !deal.isDeleted && companyId !== null && deal.companyId === companyId && deal.ownerId === owner,
  );
  const people = customers
    .filter((other) => object === 'COMPANY' && other.companyId === recordId)
    .map((person) => person.recordId);
  const targets = new Set([recordId, ...people, ...own.map(({ id }) => id)]);
  const first = activities
    .filter(
      ({ targetId, memberId, kind, at }) =>
        targets.has(targetId) && memberId === owner && qualifying.includes(kind) && isDuring(at) && at <= now,
    )
    .map(({ at }) => at)
    .sort()[0];
  return {
    poolId: began.poolId,
    ownerId: began.ownerId ?? '',
    endedBy: end?.type ?? null,
    isWon: [...own, ...ofTheirCompany].some(({ wonAt }) => isDuring(wonAt)),
    hoursToClaim: entered < 0 ? null : hours((life[entered] as Moment).at, began.at),
    hoursToActivity: first === undefined ? null : hours(began.at, first),
  };
}

function summary(tenures: Tenure[]): TenureFigures {
  const taken = tenures.length;
  const reclaimed = tenures.filter(({ endedBy }) => endedBy === 'RECLAIMED').length;
  const won = tenures.filter(({ isWon }) => isWon).length;
  return {
    taken,
    reclaimed,
    won,
    released: tenures.filter(({ endedBy }) => endedBy === 'RELEASED').length,
    reclaimRate: taken ? reclaimed / taken : null,
    conversionRate: taken ? won / taken : null,
    medianHoursToClaim: median(tenures.map(({ hoursToClaim }) => hoursToClaim)),
    medianHoursToFirstActivity: median(tenures.map(({ hoursToActivity }) => hoursToActivity)),
  };
}

function median(values: (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] as number) + (sorted[Math.ceil(middle)] as number)) / 2;
}

function waits({ status, poolId }: Moment): string | null {
  return status === 'POOLED' ? poolId : null;
}

function hours(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 3_600_000;
}

/** By the runtime's own calendar, not by the engine's. */
function localDay(zone: string): (at: string) => string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return (at) => format.format(Date.parse(at));
}
