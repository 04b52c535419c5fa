const DAY_MS = 86_400_000;

/**
 * What Twenty's operands on dates mean as a filter of the record API: the next days begin tomorrow, the past ones end yesterday. Days are
 * those of UTC. Undefined for another operand.
 */
export function dateFilter(
  operand: string,
  value: unknown,
  isDate: boolean,
  now: number,
): Record<string, string> | undefined {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const text = (time: number) => (isDate ? new Date(time).toISOString().slice(0, 10) : new Date(time).toISOString());
  switch (operand) {
    case 'IS_TODAY':
      return { gte: text(today), lt: text(today + DAY_MS) };
    case 'IS_IN_PAST':
      return { lt: text(isDate ? today : now) };
    case 'IS_IN_FUTURE':
      return { gt: text(isDate ? today : now) };
    case 'IS_RELATIVE': {
      const [, direction, days = ''] = /^(NEXT|PAST)_(\d+)_DAY/.exec(String(value)) ?? [];
      if (direction === 'NEXT') return { gte: text(today + DAY_MS), lt: text(today + DAY_MS + Number(days) * DAY_MS) };
      return direction === 'PAST' ? { gte: text(today - Number(days) * DAY_MS), lt: text(today) } : undefined;
    }
    default:
      return undefined;
  }
}
