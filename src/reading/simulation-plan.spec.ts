import { type FallingDue, planSweeps, type SweepLimits } from './simulation-plan';

const limits: SweepLimits = {
  today: '2026-03-02',
  capPerRun: null,
  capPerOwner: null,
  takenToday: new Map(),
  peopleFollow: true,
  mostDays: 366,
};

function due(recordId: string, values: Partial<FallingDue> = {}): FallingDue {
  return {
    object: 'COMPANY',
    recordId,
    ownerId: 'tom',
    companyId: null,
    rule: 'NO_ACTIVITY',
    reclaimOn: '2026-03-02',
    sparedUntil: null,
    ownedSince: '2026-01-01T00:00:00.000Z',
    ...values,
  };
}

function plan(
  customers: FallingDue[],
  changed: Partial<SweepLimits> = {},
): { days: Record<string, string[]>; left: string[] } {
  const { days, left } = planSweeps(customers, { ...limits, ...changed });
  return {
    days: Object.fromEntries(days.map(({ on, taken }) => [on, taken.map(({ recordId }) => recordId)])),
    left: left.map(({ recordId }) => recordId),
  };
}

describe('a plan of sweeps', () => {
  it('should take each customer on its day, and what is overdue today', () => {
    expect(plan([due('c', { reclaimOn: '2026-03-04' }), due('a', { reclaimOn: '2026-02-01' })])).toEqual({
      days: { '2026-03-02': ['a'], '2026-03-03': [], '2026-03-04': ['c'] },
      left: [],
    });
  });

  it('should say that today has nothing when there is nothing at all', () => {
    expect(plan([])).toEqual({ days: { '2026-03-02': [] }, left: [] });
  });

  it('should let what is over the cap of a run wait, oldest deadline first', () => {
    const customers = [
      due('d', { ownedSince: '2026-01-02T00:00:00.000Z' }),
      due('b', { reclaimOn: '2026-02-01' }),
      due('c'),
      due('a', { reclaimOn: '2026-02-02' }),
    ];
    expect(plan(customers, { capPerRun: 2 }).days).toEqual({ '2026-03-02': ['b', 'a'], '2026-03-03': ['c', 'd'] });
  });

  it('should count the cap of each owner by itself', () => {
    const customers = [due('a'), due('b'), due('c'), due('z', { ownerId: 'sun' })];
    expect(plan(customers, { capPerOwner: 2 }).days).toEqual({ '2026-03-02': ['a', 'b', 'z'], '2026-03-03': ['c'] });
  });

  it('should count what was taken today already, today only', () => {
    const takenToday = new Map([['tom', 2]]);
    expect(plan([due('a'), due('b')], { capPerOwner: 2, takenToday }).days).toEqual({
      '2026-03-02': [],
      '2026-03-03': ['a', 'b'],
    });
    expect(plan([due('a', { ownerId: 'sun' })], { capPerRun: 2, takenToday }).days).toEqual({
      '2026-03-02': [],
      '2026-03-03': ['a'],
    });
  });

  it('should not take people who go with their company before their own day', () => {
    const person = due('p', { object: 'PERSON', companyId: 'a', reclaimOn: '2026-03-05' });
    expect(plan([due('a'), person]).days).toEqual({ '2026-03-02': ['a'] });
    expect(plan([due('a'), person], { peopleFollow: false }).days['2026-03-05']).toEqual(['p']);
    expect(plan([due('a'), { ...person, ownerId: 'sun' }]).days['2026-03-05']).toEqual(['p']);
    expect(plan([due('a'), { ...person, reclaimOn: '2026-03-02' }]).days['2026-03-02']).toEqual(['a', 'p']);
  });

  it('should leave what was undone alone for its time', () => {
    expect(plan([due('a', { sparedUntil: '2026-03-03' })]).days).toEqual({ '2026-03-02': [], '2026-03-03': ['a'] });
  });

  it('should name what the caps leave beyond the days that are looked at', () => {
    const customers = [due('a'), due('b'), due('c')];
    expect(plan(customers, { capPerRun: 1, mostDays: 2 })).toEqual({
      days: { '2026-03-02': ['a'], '2026-03-03': ['b'] },
      left: ['c'],
    });
  });
});
