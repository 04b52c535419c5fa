import { ManualClock, settle } from '../../../test/support/manual-clock';
import { RateBudget } from './rate-budget';
import type { Priority } from '../records/twenty.types';

describe('RateBudget', () => {
  const clockAndBudget = (perMinute: number, reserve?: number) => {
    const clock = new ManualClock();
    return { clock, budget: new RateBudget({ perMinute, reserve }, clock) };
  };

  const recorder = (budget: RateBudget) => {
    const granted: string[] = [];
    const ask = (name: string, priority: Priority, cost = 1): void => {
      void budget.take(cost, priority).then(() => granted.push(name));
    };
    return { granted, ask };
  };

  it('should let a full bucket through at once and the next call when a token has grown', async () => {
    const { clock, budget } = clockAndBudget(60, 0);
    const { granted, ask } = recorder(budget);
    for (let n = 0; n < 61; n += 1) ask(`call ${n}`, 'interactive');
    await settle();
    expect(granted).toHaveLength(60);
    await clock.advance(999);
    expect(granted).toHaveLength(60);
    await clock.advance(1);
    expect(granted).toHaveLength(61);
  });

  it('should never grant more in any minute than the bucket and its growth', async () => {
    const { clock, budget } = clockAndBudget(100, 0);
    const { granted, ask } = recorder(budget);
    for (let n = 0; n < 500; n += 1) ask(`call ${n}`, n % 2 ? 'background' : 'interactive');
    await clock.advance(60_000);
    expect(granted).toHaveLength(200);
  });

  it('should serve an interactive call before background calls that waited longer', async () => {
    const { clock, budget } = clockAndBudget(60, 0);
    const { granted, ask } = recorder(budget);
    ask('all of it', 'interactive', 60);
    ask('sweep', 'background');
    ask('claim', 'interactive');
    await clock.advance(2_000);
    expect(granted).toEqual(['all of it', 'claim', 'sweep']);
  });

  it('should keep the reserve for interactive calls', async () => {
    const { budget } = clockAndBudget(10, 4);
    const { granted, ask } = recorder(budget);
    for (let n = 0; n < 10; n += 1) ask('sweep', 'background');
    await settle();
    expect(granted).toHaveLength(6);
    for (let n = 0; n < 5; n += 1) ask('claim', 'interactive');
    await settle();
    expect(granted.filter((name) => name === 'claim')).toHaveLength(4);
  });

  it('should grant nothing while it backs off, and longer when refused again', async () => {
    const { clock, budget } = clockAndBudget(600, 0);
    const { granted, ask } = recorder(budget);
    expect(budget.limitReached()).toBe(2_000);
    ask('claim', 'interactive');
    await clock.advance(1_999);
    expect(granted).toEqual([]);
    await clock.advance(1);
    expect(granted).toEqual(['claim']);
    expect(budget.limitReached()).toBe(4_000);
    budget.succeeded();
    expect(budget.limitReached(500)).toBeGreaterThanOrEqual(500);
  });

  it('should give up for a caller that stopped waiting and serve the next one', async () => {
    const { clock, budget } = clockAndBudget(60, 0);
    const { granted, ask } = recorder(budget);
    ask('all of it', 'interactive', 60);
    const leaving = new AbortController();
    const abandoned = budget.take(30, 'interactive', leaving.signal);
    ask('small', 'interactive');
    leaving.abort();
    await expect(abandoned).rejects.toMatchObject({ kind: 'TIMEOUT', code: 'ABORTED', mayHaveHappened: false });
    await clock.advance(1_000);
    expect(granted).toEqual(['all of it', 'small']);
    await expect(budget.take(1, 'interactive', leaving.signal)).rejects.toMatchObject({ code: 'ABORTED' });
  });
});
