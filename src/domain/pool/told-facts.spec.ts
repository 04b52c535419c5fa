import { toldFacts } from './told-facts';

const facts = {
  before: { status: 'POOLED', poolId: 'pool-a', ownerId: null },
  followedCompany: 'acme',
  rule: { days: 7 },
};
const all = { knowsPool: true, seesPool: () => true, seesCompany: () => true };

describe('the facts of a line of the history', () => {
  it('should be told whole to who sees all that they name', () => {
    expect(toldFacts(facts, all)).toEqual(facts);
    expect(toldFacts({ kind: 'HOLD' }, { ...all, seesPool: () => false })).toEqual({ kind: 'HOLD' });
    expect(toldFacts(null, all)).toBeNull();
  });

  it('should name neither a pool nor a company that the reader does not see', () => {
    expect(toldFacts(facts, { ...all, seesPool: (id) => id !== 'pool-a' })).toEqual({
      ...facts,
      before: { status: 'POOLED', poolId: null, ownerId: null },
    });
    expect(toldFacts(facts, { ...all, seesCompany: (id) => id !== 'acme' })).toEqual({
      before: facts.before,
      rule: { days: 7 },
    });
  });

  it('should be none when it happened in a pool that they do not see', () => {
    expect(toldFacts(facts, { ...all, knowsPool: false })).toBeNull();
  });
});
