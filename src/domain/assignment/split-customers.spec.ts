import fc from 'fast-check';
import { actorOf, membershipOf, poolOf } from '../../../test/support/domain-builders';
import { MemberBook } from '../claim/member-book';
import { refuse } from '../refusal/refusal';
import { HoldingRoom } from './holding-room';
import { largestRemainder } from './largest-remainder';
import { type MovableUnit, splitCustomers, type SplitStrategy, type SplitTarget } from './split-customers';

const nothingUsed = { exempt: 0, claims: 0, lastClaimAt: null, backlog: 0 };

interface Person {
  id: string;
  holding?: number;
  capacity?: number | null;
  weight?: number;
  unfit?: boolean;
}

function setUp(people: Person[], memberCapacity: number | null = null, pools = [poolOf()]) {
  const poolsById = new Map(pools.map((pool) => [pool.id, pool]));
  const books = new Map(
    people.map(({ id, holding = 0 }) => [id, new MemberBook([['pool-a', { ...nothingUsed, holding }]])]),
  );
  const receivers = people.map(({ id, capacity = null }) => ({
    member: actorOf([membershipOf({ holdingCapacity: capacity })], { memberId: id }),
    name: id,
    book: books.get(id) ?? new MemberBook(),
  }));
  const targets = people.map(({ id, weight = 1, unfit = false }): SplitTarget => ({
    memberId: id,
    weightIn: () => weight,
    unfitFor: () => (unfit ? refuse('TARGET_NOT_ELIGIBLE', { targetProblem: 'ON_LEAVE' }) : null),
  }));
  return { targets, room: new HoldingRoom(receivers, poolsById, memberCapacity), books };
}

const single = (key: string, poolId = 'pool-a', isWon = false): MovableUnit => ({
  head: { key, poolId, isWon },
  followers: [],
});
const singles = (count: number): MovableUnit[] => Array.from({ length: count }, (_, index) => single(`c${index}`));

function shares(
  units: MovableUnit[],
  people: Person[],
  strategy: SplitStrategy,
  { memberCapacity = null as number | null, ignoreLimits = false } = {},
) {
  const { targets, room } = setUp(people, memberCapacity);
  const placements = [...splitCustomers(units, targets, strategy, room, ignoreLimits).values()];
  const received = people.map(
    ({ id }) => placements.filter((one) => 'toMemberId' in one && one.toMemberId === id).length,
  );
  return { received, refused: placements.flatMap((one) => ('refusal' in one ? [one.refusal.code] : [])) };
}

describe('splitting customers', () => {
  it.each<[string, SplitStrategy, Person[], number, number[]]>([
    ['all to the first named', 'ALL_TO_FIRST', [{ id: 'a' }, { id: 'b' }], 5, [5, 0]],
    ['evenly, the first named getting what is over', 'EVENLY', [{ id: 'a' }, { id: 'b' }, { id: 'c' }], 11, [4, 4, 3]],
    [
      'by weight',
      'BY_WEIGHT',
      [
        { id: 'a', weight: 1 },
        { id: 'b', weight: 2 },
        { id: 'c', weight: 2 },
      ],
      1000,
      [200, 400, 400],
    ],
    [
      'by weight with the largest remainders',
      'BY_WEIGHT',
      [
        { id: 'a', weight: 1 },
        { id: 'b', weight: 1 },
        { id: 'c', weight: 1 },
      ],
      10,
      [4, 3, 3],
    ],
    [
      'nothing to a weight of 0',
      'BY_WEIGHT',
      [
        { id: 'a', weight: 0 },
        { id: 'b', weight: 3 },
      ],
      7,
      [0, 7],
    ],
    [
      'by free capacity',
      'BY_FREE_CAPACITY',
      [
        { id: 'a', holding: 20, capacity: 50 },
        { id: 'b', holding: 40, capacity: 50 },
      ],
      20,
      [15, 5],
    ],
    [
      'evenly among those without a limit',
      'BY_FREE_CAPACITY',
      [{ id: 'a', capacity: 10 }, { id: 'b' }, { id: 'c' }],
      6,
      [0, 3, 3],
    ],
    ['past those who are full, to those who have room', 'EVENLY', [{ id: 'a', capacity: 2 }, { id: 'b' }], 10, [2, 8]],
    ['past those who cannot be given any', 'EVENLY', [{ id: 'a', unfit: true }, { id: 'b' }], 4, [0, 4]],
  ])('should give %s', (_, strategy, people, count, expected) => {
    expect(shares(singles(count), people, strategy)).toEqual({ received: expected, refused: [] });
  });

  it('should refuse what nobody has room for, and name the limit', () => {
    const { targets, room } = setUp([{ id: 'a', holding: 3, capacity: 4 }]);
    const placements = splitCustomers(singles(3), targets, 'EVENLY', room, false);
    expect([...placements.values()]).toEqual([
      { toMemberId: 'a' },
      ...[1, 2].map(() => ({
        refusal: { code: 'CAPACITY', params: { used: 4, limit: 4, scope: 'POOL', memberName: 'a' } },
      })),
    ]);
  });

  it('should hold the workspace-wide limit, and pass every limit when told to', () => {
    expect(shares(singles(5), [{ id: 'a', holding: 1 }], 'EVENLY', { memberCapacity: 3 })).toEqual({
      received: [2],
      refused: ['CAPACITY', 'CAPACITY', 'CAPACITY'],
    });
    expect(
      shares(singles(5), [{ id: 'a', holding: 1, capacity: 1 }], 'EVENLY', { memberCapacity: 3, ignoreLimits: true }),
    ).toEqual({ received: [5], refused: [] });
  });

  it('should not count won customers', () => {
    const won = Array.from({ length: 4 }, (_, index) => single(`w${index}`, 'pool-a', true));
    expect(shares([...won, ...singles(2)], [{ id: 'a', capacity: 1 }], 'ALL_TO_FIRST')).toEqual({
      received: [5],
      refused: ['CAPACITY'],
    });
  });

  it('should say why nobody named can be given a customer', () => {
    const { targets, room } = setUp([{ id: 'a', unfit: true }]);
    expect([...splitCustomers(singles(1), targets, 'EVENLY', room, false).values()]).toEqual([
      { refusal: { code: 'TARGET_NOT_ELIGIBLE', params: { targetProblem: 'ON_LEAVE' } } },
    ]);
  });

  it('should keep followers with their company, where there is room for all of them first', () => {
    const follower = (key: string) => ({ key, poolId: 'pool-a', isWon: false });
    const unit: MovableUnit = { ...single('company'), followers: [follower('p1'), follower('p2')] };
    const { targets, room } = setUp([
      { id: 'a', capacity: 2 },
      { id: 'b', capacity: 3 },
    ]);
    expect([...splitCustomers([unit], targets, 'EVENLY', room, false).values()]).toEqual(
      [1, 2, 3].map(() => ({ toMemberId: 'b' })),
    );
  });

  const person = (index: number) =>
    fc.record({
      id: fc.constant(`m${index}`),
      holding: fc.nat(30),
      capacity: fc.option(fc.nat(60)),
      weight: fc.nat(5),
      unfit: fc.boolean(),
    });
  const people = fc
    .integer({ min: 1, max: 6 })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => person(index))));
  const units = fc.array(fc.record({ followers: fc.nat(3), isWon: fc.boolean() }), { maxLength: 60 }).map((all) =>
    all.map(({ followers, isWon }, index): MovableUnit => ({
      head: { key: `c${index}`, poolId: 'pool-a', isWon },
      followers: Array.from({ length: followers }, (_, at) => ({
        key: `c${index}-${at}`,
        poolId: 'pool-a',
        isWon: false,
      })),
    })),
  );
  const strategy = fc.constantFrom<SplitStrategy>('ALL_TO_FIRST', 'EVENLY', 'BY_WEIGHT', 'BY_FREE_CAPACITY');

  it('should decide about every customer once, never pass a limit, and be the same every time', () => {
    fc.assert(
      fc.property(units, people, strategy, fc.option(fc.nat(60)), (all, members, how, memberCapacity) => {
        const run = () => {
          const { targets, room, books } = setUp(members, memberCapacity);
          return { placements: splitCustomers(all, targets, how, room, false), books };
        };
        const { placements, books } = run();
        expect([...placements.keys()].sort()).toEqual(
          all.flatMap(({ head, followers }) => [head.key, ...followers.map(({ key }) => key)]).sort(),
        );
        const won = new Set(all.filter(({ head }) => head.isWon).map(({ head }) => head.key));
        for (const { id, capacity, holding, unfit } of members) {
          const received = [...placements].filter(
            ([key, one]) => 'toMemberId' in one && one.toMemberId === id && !won.has(key),
          ).length;
          expect(books.get(id)?.holding()).toBe(holding + received);
          if (unfit) expect(received).toBe(0);
          if (received > 0)
            expect(holding + received).toBeLessThanOrEqual(Math.min(capacity ?? Infinity, memberCapacity ?? Infinity));
        }
        expect(run().placements).toEqual(placements);
      }),
    );
  });

  it('should refuse for want of room only what would fit nobody', () => {
    fc.assert(
      fc.property(units, people, strategy, (all, members, how) => {
        const { targets, room } = setUp(members);
        const placements = splitCustomers(all, targets, how, room, false);
        const heads = all.filter(({ head }) => !head.isWon).map(({ head }) => placements.get(head.key));
        if (!heads.some((one) => one && 'refusal' in one && one.refusal.code === 'CAPACITY')) return;
        const takers = members.filter(
          ({ unfit, weight }, index) =>
            !unfit && (how !== 'BY_WEIGHT' || weight > 0) && (how !== 'ALL_TO_FIRST' || index === 0),
        );
        for (const { id } of takers) expect(room.left(id, 'pool-a')).toBe(0);
      }),
    );
  });

  it("should come within one of everybody's even share where nothing limits it", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 1, max: 9 }), (count, members) => {
        const { received } = shares(
          singles(count),
          Array.from({ length: members }, (_, index) => ({ id: `m${index}` })),
          'EVENLY',
        );
        expect(Math.max(...received) - Math.min(...received)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('largest remainder', () => {
  it('should add up, stay within one of the exact due and give nothing for nothing', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.array(fc.nat(50), { minLength: 1, maxLength: 20 }), (total, weights) => {
        const sum = weights.reduce((a, b) => a + b, 0);
        const parts = largestRemainder(total, weights);
        expect(parts.reduce((a, b) => a + b, 0)).toBe(sum === 0 ? 0 : total);
        parts.forEach((part, index) => {
          const due = sum === 0 ? 0 : (total * (weights[index] ?? 0)) / sum;
          expect(Math.abs(part - due)).toBeLessThan(1);
        });
      }),
    );
  });
});
