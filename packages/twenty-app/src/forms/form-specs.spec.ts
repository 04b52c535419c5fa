import { EngineFault } from '../domain/fault';
import type { Outcome } from '../domain/engine.types';
import type { Engine } from '../engine/engine-client';
import { BATCH } from '../engine/in-batches';
import { firstMissing, initialValues, remaining } from './form-spec';
import { assignSpec, followUpSpec, releaseSpec } from './form-specs';

type Variables = { customers?: { recordId: string }[]; customer?: { recordId: string } } & Record<string, unknown>;

const customersOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ object: 'COMPANY' as const, recordId: `c${index}` }));
const done = (recordId: string): Outcome => ({
  object: 'COMPANY',
  recordId,
  status: 'DONE',
  refusal: null,
  customer: { name: recordId, pool: { id: 'p', name: 'Pool' } },
});

/** An engine that does what it is asked, and fails at the call of that number. */
function engine(name: string, failing?: { at: number; with: EngineFault }) {
  const sent: Variables[] = [];
  const command = <Data>(_mutation: string, variables: Record<string, unknown>): Promise<Data> => {
    sent.push(variables as Variables);
    if (failing && sent.length === failing.at) return Promise.reject(failing.with);
    const { customers, customer } = variables as Variables;
    return Promise.resolve(
      (customer
        ? { [name]: done(customer.recordId) }
        : { [name]: { outcomes: (customers ?? []).map(({ recordId }) => done(recordId)) } }) as Data,
    );
  };
  return { engine: { ask: () => Promise.reject(new Error('not expected')), command } satisfies Engine, sent };
}

describe('an action on many customers', () => {
  it('should be given to the engine in parts that it answers in time, telling how far it is', async () => {
    const { engine: fake, sent } = engine('release');
    const progress: number[] = [];

    const { outcomes } = await releaseSpec.run(
      fake,
      customersOf(450),
      { reason: 'NO_NEED', note: '  ', pool: '' },
      (count) => progress.push(count),
    );

    expect(sent.map(({ customers }) => customers?.length)).toEqual([BATCH, BATCH, 50]);
    expect(sent[0]).toMatchObject({ reason: 'NO_NEED', note: null, poolId: null });
    expect(progress).toEqual([200, 400, 450]);
    expect(outcomes.map(({ recordId }) => recordId)).toEqual(customersOf(450).map(({ recordId }) => recordId));
  });

  it('should tell what was done beside what was not, when the engine stops answering half way, and keep only the latter in the form', async () => {
    const { engine: fake } = engine('assign', { at: 2, with: new EngineFault('UNREACHABLE') });

    const result = await assignSpec.run(fake, customersOf(450), { member: 'm' }, () => undefined);

    expect(result.outcomes.filter(({ status }) => status === 'DONE')).toHaveLength(200);
    expect(remaining(result)).toEqual(customersOf(450).slice(200));
  });

  it('should not ask again for what may still be done', async () => {
    const { engine: fake, sent } = engine('assign', { at: 2, with: new EngineFault('TIMEOUT') });

    const result = await assignSpec.run(fake, customersOf(450), { member: 'm' }, () => undefined);

    expect(sent).toHaveLength(2);
    expect(result.outcomes.filter(({ status }) => status === 'PENDING')).toHaveLength(200);
    expect(remaining(result)).toHaveLength(50);
  });

  it('should fail as a whole when not even the first part got an answer', async () => {
    const { engine: fake } = engine('logFollowUp', { at: 1, with: new EngineFault('UNAVAILABLE') });

    await expect(followUpSpec.run(fake, customersOf(2), { note: 'Called' }, () => undefined)).rejects.toThrow(
      'UNAVAILABLE',
    );
  });

  it('should log follow-ups one by one', async () => {
    const { engine: fake, sent } = engine('logFollowUp');

    await followUpSpec.run(fake, customersOf(3), { note: 'Called' }, () => undefined);

    expect(sent.map(({ customer }) => customer?.recordId)).toEqual(['c0', 'c1', 'c2']);
  });
});

describe('the release form', () => {
  it('should let go without a reason, and keep those whose pool asks for one', () => {
    expect(firstMissing(releaseSpec, initialValues(releaseSpec))).toBeUndefined();
    expect(
      remaining({
        outcomes: [
          done('a'),
          { ...done('b'), status: 'REFUSED', refusal: { code: 'REASON_REQUIRED', message: 'Why?' } },
          { ...done('c'), status: 'REFUSED', refusal: { code: 'NOT_OWNER', message: 'No.' } },
        ],
      }),
    ).toEqual([{ object: 'COMPANY', recordId: 'b' }]);
  });
});
