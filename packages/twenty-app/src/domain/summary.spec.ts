import type { Allowance, Outcome } from './engine.types';
import { summarize } from './summary';

const POOL = { id: 'pool', name: 'Company pool' };
let serial = 0;

function outcome(
  status: Outcome['status'],
  code?: string,
  message = 'Because.',
  name = `Customer ${(serial += 1)}`,
): Outcome {
  return {
    object: 'COMPANY',
    recordId: String(serial),
    status,
    refusal: code ? { code, message } : null,
    customer: { name, pool: POOL },
  };
}

const many = (count: number, ...of: Parameters<typeof outcome>) => Array.from({ length: count }, () => outcome(...of));
const FULL: Allowance = {
  capacities: [{ pool: POOL, used: 50, limit: 50 }],
  claimsLeft: [{ pool: POOL, used: 12, limit: 20 }],
};

describe('the message after a command', () => {
  it('should say what was done, and what was refused and why, most frequent first', () => {
    const outcomes = [...many(12, 'DONE'), outcome('REFUSED', 'CAPACITY'), ...many(2, 'REFUSED', 'ALREADY_OWNED')];

    expect(summarize('claim', { outcomes }, 'en', FULL)).toMatchObject({
      variant: 'warning',
      message: '12 claimed, 3 refused: 2 already taken, 1 over your limit of 50',
    });
    expect(summarize('claim', { outcomes }, 'zh-CN', FULL).message).toBe(
      '已领取 12 个，3 个未成功：2 个已被他人领取，1 个超过保有量 50',
    );
  });

  it('should name no limit when the numbers are not known or differ between pools', () => {
    const elsewhere = {
      ...outcome('REFUSED', 'CAPACITY'),
      customer: { name: 'B', pool: { id: 'other', name: 'Other' } },
    };
    const outcomes = [outcome('DONE'), outcome('REFUSED', 'CAPACITY'), elsewhere];
    const two: Allowance = {
      capacities: [...FULL.capacities, { pool: { id: 'other', name: 'Other' }, used: 9, limit: 9 }],
      claimsLeft: [],
    };

    expect(summarize('claim', { outcomes }, 'en').message).toBe('1 claimed, 2 refused: 2 over your limit');
    expect(summarize('claim', { outcomes }, 'en', two).message).toBe('1 claimed, 2 refused: 2 over your limit');
  });

  it('should name the smaller of the pool’s and the workspace-wide limit that are both used up', () => {
    const both: Allowance = {
      capacities: [
        { pool: null, used: 40, limit: 40 },
        { pool: POOL, used: 50, limit: 50 },
      ],
      claimsLeft: [],
    };

    expect(
      summarize('claim', { outcomes: [outcome('DONE'), outcome('REFUSED', 'CAPACITY')] }, 'en', both).message,
    ).toBe('1 claimed, 1 refused: 1 over your limit of 40');
  });

  it('should not take a limit that still has room for the one that refused', () => {
    const roomy: Allowance = {
      capacities: [
        { pool: null, used: 3, limit: 40 },
        { pool: POOL, used: 50, limit: 50 },
      ],
      claimsLeft: [],
    };

    expect(
      summarize('claim', { outcomes: [outcome('DONE'), outcome('REFUSED', 'CAPACITY')] }, 'en', roomy).message,
    ).toBe('1 claimed, 1 refused: 1 over your limit of 50');
  });

  it('should show the engine’s own sentence for a single refused customer', () => {
    const single = [outcome('REFUSED', 'ALREADY_OWNED', 'Li Wei has this customer now.')];

    expect(summarize('claim', { outcomes: single }, 'en')).toEqual({
      variant: 'error',
      message: 'Li Wei has this customer now.',
    });
  });

  it('should name a single customer that was claimed, with the used and the allowed number', () => {
    expect(summarize('claim', { outcomes: [outcome('DONE', undefined, undefined, 'Acme')] }, 'en', FULL)).toEqual({
      variant: 'success',
      message: 'Claimed Acme',
      detailedMessage: 'You have 50 of 50, 12 of 20 claims used',
    });
  });

  it('should tell what still waits for Twenty from what is done', () => {
    expect(summarize('release', { outcomes: [outcome('DONE'), outcome('PENDING')] }, 'en')).toEqual({
      variant: 'info',
      message: '1 released, 1 waiting for Twenty to confirm',
      detailedMessage: 'It goes on by itself; the ownership history will say how it ended.',
    });
  });

  it('should say that a single customer is still being confirmed, and where to look', () => {
    expect(summarize('claim', { outcomes: [outcome('PENDING', undefined, undefined, 'Acme')] }, 'en')).toEqual({
      variant: 'info',
      message: 'Waiting for Twenty to confirm Acme',
      detailedMessage: 'It goes on by itself; the ownership history will say how it ended.',
    });
  });

  it('should warn of a colleague who may have the same customer, beside what was claimed', () => {
    const warned = {
      ...outcome('DONE', undefined, undefined, 'Acme'),
      warnings: ['Li Wei may have this customer as well.'],
    };

    expect(summarize('claim', { outcomes: [warned] }, 'en')).toEqual({
      variant: 'warning',
      message: 'Claimed Acme',
      detailedMessage: 'Li Wei may have this customer as well.',
    });
    expect(summarize('claim', { outcomes: [warned, outcome('DONE')] }, 'en')).toMatchObject({
      variant: 'warning',
      message: '2 claimed',
      detailedMessage: 'Acme: Li Wei may have this customer as well.',
    });
  });

  it('should count warnings beyond two, and take an empty list for none', () => {
    const warned = Array.from({ length: 4 }, () => ({ ...outcome('DONE'), warnings: ['In pool East as well.'] }));

    expect(summarize('claim', { outcomes: warned }, 'zh-CN').detailedMessage?.split('\n')).toEqual([
      expect.any(String),
      expect.any(String),
      '……另有 2 个',
    ]);
    expect(summarize('claim', { outcomes: [{ ...outcome('DONE'), warnings: [] }] }, 'en').variant).toBe('success');
  });

  it('should say that the engine stopped answering half way', () => {
    const unreached: Outcome = {
      object: 'COMPANY',
      recordId: 'x',
      status: 'REFUSED',
      refusal: { code: 'NOT_REACHED', message: '' },
      customer: null,
    };

    expect(summarize('assign', { outcomes: [outcome('DONE'), unreached] }, 'en')).toEqual({
      variant: 'warning',
      message: '1 assigned, 1 refused: 1 not done, as Highseas stopped answering',
    });
  });

  it('should list at most three refusals in words and count the others', () => {
    const refused = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].map((day) =>
      outcome('REFUSED', 'COOLDOWN', `Yours until ${day}.`),
    );
    const details = summarize('claim', { outcomes: refused }, 'en').detailedMessage?.split('\n');

    expect(details).toHaveLength(4);
    expect(details?.[0]).toMatch(/^Customer \d+: Yours until Monday\.$/);
    expect(details?.[3]).toBe('… and 2 more');
  });

  it('should name those together for whom the same holds, three at most', () => {
    const details = summarize(
      'claim',
      { outcomes: many(5, 'REFUSED', 'COOLDOWN', 'Yours until Monday.') },
      'en',
    ).detailedMessage;

    expect(details).toMatch(/^Customer \d+, Customer \d+, Customer \d+, … and 2 more: Yours until Monday\.$/);
  });

  it('should have words for a refusal that only a newer engine knows', () => {
    expect(summarize('claim', { outcomes: [outcome('DONE'), outcome('REFUSED', 'FULL_MOON')] }, 'en').message).toBe(
      '1 claimed, 1 refused: 1 for another reason',
    );
  });
});
