import { EngineFault } from '../domain/fault';
import type { Outcome } from '../domain/engine.types';
import { MOST_RECORDS } from '../domain/selection';
import type { EngineClient } from '../engine/engine-client';
import { claimSelection } from './claim-selection';
import { openForm } from './open-form';
import { submitRelease } from './submit-release';

const unexpected = () => Promise.reject(new Error('not expected'));

function engineThat(does: Partial<EngineClient>): EngineClient {
  return { claim: unexpected, release: unexpected, allowance: unexpected, pools: unexpected, stageSelection: unexpected, stagedSelection: unexpected, ...does };
}

function outcome(recordId: string, code?: string): Outcome {
  return {
    object: 'COMPANY', recordId, status: code ? 'REFUSED' : 'DONE', refusal: code ? { code, message: `Refused: ${code}` } : null,
    customer: { name: recordId, pool: { id: 'pool', name: 'Pool' } },
  };
}

describe('Claim', () => {
  it('should claim the selected records in their order, each once', async () => {
    const claim = jest.fn(() => Promise.resolve({ outcomes: [outcome('b'), outcome('a')] }));

    const message = await claimSelection({ object: 'PERSON', recordIds: ['b', 'a', 'b'], locale: 'en', engine: engineThat({ claim }) });

    expect(claim).toHaveBeenCalledWith([{ object: 'PERSON', recordId: 'b' }, { object: 'PERSON', recordId: 'a' }]);
    expect(message).toEqual({ variant: 'success', message: '2 claimed' });
  });

  it('should say what to do when "Select all" hands over no records', async () => {
    const message = await claimSelection({ object: 'COMPANY', recordIds: [], locale: 'en', engine: engineThat({}) });

    expect(message.variant).toBe('info');
    expect(message.message).toContain('at most 1,000 rows');
  });

  it('should not send more records than the engine takes', async () => {
    const recordIds = Array.from({ length: MOST_RECORDS + 1 }, (_, index) => String(index));

    expect((await claimSelection({ object: 'COMPANY', recordIds, locale: 'zh-CN', engine: engineThat({}) })).message).toContain('1,001');
  });

  it('should say in plain words that the engine does not answer', async () => {
    const engine = engineThat({ claim: () => Promise.reject(new EngineFault('TIMEOUT')) });

    expect(await claimSelection({ object: 'COMPANY', recordIds: ['a'], locale: 'en', engine })).toEqual({
      variant: 'error',
      message: 'Highseas did not answer in time. What you asked for may still happen: look at the record before you try again.',
    });
  });
});

describe('Release', () => {
  it('should hand the selection over to the form through the engine', async () => {
    const opened: string[] = [];
    const stageSelection = jest.fn(() => Promise.resolve('selection-1'));

    const message = await openForm({
      object: 'COMPANY', recordIds: ['a', 'b'], locale: 'en', engine: engineThat({ stageSelection }), open: (id) => Promise.resolve(void opened.push(id)),
    });

    expect(message).toBeUndefined();
    expect(stageSelection).toHaveBeenCalledWith([{ object: 'COMPANY', recordId: 'a' }, { object: 'COMPANY', recordId: 'b' }]);
    expect(opened).toEqual(['selection-1']);
  });

  const form = { customers: [{ object: 'COMPANY' as const, recordId: 'a' }, { object: 'COMPANY' as const, recordId: 'b' }], poolId: '', reason: '', note: '  ', locale: 'en' as const };

  it('should release to the home pool without reason or note when none is given', async () => {
    const release = jest.fn(() => Promise.resolve({ outcomes: [outcome('a'), outcome('b')] }));

    const answer = await submitRelease({ ...form, engine: engineThat({ release }) });

    expect(release).toHaveBeenCalledWith({ customers: form.customers, poolId: null, reason: null, note: null });
    expect(answer).toEqual({ state: 'finished', message: { variant: 'success', message: '2 released' } });
  });

  it('should keep the form open for those customers whose pool asks for a reason', async () => {
    const engine = engineThat({ release: () => Promise.resolve({ outcomes: [outcome('a'), outcome('b', 'REASON_REQUIRED')] }) });

    const answer = await submitRelease({ ...form, engine });

    expect(answer).toMatchObject({ state: 'open', remaining: [{ object: 'COMPANY', recordId: 'b' }], message: { variant: 'warning' } });
  });

  it('should keep everything in the form when the engine cannot be reached', async () => {
    const engine = engineThat({ release: () => Promise.reject(new EngineFault('UNREACHABLE')) });

    expect(await submitRelease({ ...form, engine })).toMatchObject({ state: 'open', remaining: form.customers, message: { variant: 'error' } });
  });
});
