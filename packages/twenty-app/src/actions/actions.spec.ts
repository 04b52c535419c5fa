import { EngineFault } from '../domain/fault';
import type { Outcome } from '../domain/engine.types';
import { MOST_RECORDS } from '../domain/selection';
import type { EngineClient } from '../engine/engine-client';
import { claimSelection } from './claim-selection';
import { openForm } from './open-form';

const unexpected = () => Promise.reject(new Error('not expected'));

function engineThat(does: Partial<EngineClient>): EngineClient {
  return {
    claim: unexpected,
    allowance: unexpected,
    pools: unexpected,
    stageSelection: unexpected,
    stagedSelection: unexpected,
    ...does,
  };
}

function outcome(recordId: string, code?: string): Outcome {
  return {
    object: 'COMPANY',
    recordId,
    status: code ? 'REFUSED' : 'DONE',
    refusal: code ? { code, message: `Refused: ${code}` } : null,
    customer: { name: recordId, pool: { id: 'pool', name: 'Pool' } },
  };
}

describe('Claim', () => {
  it('should claim the selected records in their order, each once', async () => {
    const claim = jest.fn(() => Promise.resolve({ outcomes: [outcome('b'), outcome('a')] }));

    const message = await claimSelection({
      object: 'PERSON',
      recordIds: ['b', 'a', 'b'],
      locale: 'en',
      engine: engineThat({ claim }),
    });

    expect(claim).toHaveBeenCalledWith([
      { object: 'PERSON', recordId: 'b' },
      { object: 'PERSON', recordId: 'a' },
    ]);
    expect(message).toEqual({ variant: 'success', message: '2 claimed' });
  });

  it('should say what to do when "Select all" hands over no records', async () => {
    const message = await claimSelection({ object: 'COMPANY', recordIds: [], locale: 'en', engine: engineThat({}) });

    expect(message.variant).toBe('info');
    expect(message.message).toContain('at most 1,000 rows');
  });

  it('should not send more records than the engine takes', async () => {
    const recordIds = Array.from({ length: MOST_RECORDS + 1 }, (_, index) => String(index));

    expect(
      (await claimSelection({ object: 'COMPANY', recordIds, locale: 'zh-CN', engine: engineThat({}) })).message,
    ).toContain('1,001');
  });

  it('should say in plain words that the engine does not answer', async () => {
    const engine = engineThat({ claim: () => Promise.reject(new EngineFault('TIMEOUT')) });

    expect(await claimSelection({ object: 'COMPANY', recordIds: ['a'], locale: 'en', engine })).toEqual({
      variant: 'error',
      message:
        'Highseas has not answered yet. What you asked for may still be going on: look at the ownership history before you try again.',
    });
  });
});

describe('Release', () => {
  it('should hand the selection over to the form through the engine', async () => {
    const opened: string[] = [];
    const stageSelection = jest.fn(() => Promise.resolve('selection-1'));

    const message = await openForm({
      object: 'COMPANY',
      recordIds: ['a', 'b'],
      locale: 'en',
      engine: engineThat({ stageSelection }),
      open: (id) => Promise.resolve(void opened.push(id)),
    });

    expect(message).toBeUndefined();
    expect(stageSelection).toHaveBeenCalledWith([
      { object: 'COMPANY', recordId: 'a' },
      { object: 'COMPANY', recordId: 'b' },
    ]);
    expect(opened).toEqual(['selection-1']);
  });
});
