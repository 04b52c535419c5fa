import { randomUUID } from 'node:crypto';
import { company } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { holdLock, waitForBlocked, waitForWaiting } from '../support/highseas-locks';
import { expectSettled, historyOf } from '../support/highseas-settled';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

const writes = 'mutation WriteCompanies';
const mirror = 'mutation UpsertOwnershipEvents';

/** A claim and a release that are under way at once; the claimed and the released customer stand for every other. */
interface Flow {
  claimed: string;
  released: string;
  claimer: Member;
  releaser: Member;
  requestId: string;
}

interface Step {
  name: string;
  /** Prepares the place where the flow comes to stand. @returns what waits until it stands there, and what lets it go */
  arrange: (world: HighseasWorld, flow: Flow) => Promise<{ reached: () => Promise<void>; letGo: () => Promise<void> }>;
  /** Was it decided before the engine died? */
  decided: boolean;
}

const both = ({ claimed, released }: Flow) => [claimed, released];
const openWrites = async (world: HighseasWorld, flow: Flow) =>
  (
    await world.rows<{ n: number }>(
      'SELECT count(*)::int AS n FROM pending_write WHERE record_id = ANY($1) AND settled_at IS NULL AND command_id IS NOT NULL',
      [both(flow)],
    )
  )[0]?.n;
const showsBoth = ({ twenty }: HighseasWorld, { claimed, released, claimer }: Flow) =>
  twenty.ownerOf('company', claimed) === claimer.id && twenty.ownerOf('company', released) === null;
const mirrored = ({ twenty }: HighseasWorld, { claimed, released }: Flow) =>
  twenty
    .all('ownershipEvent')
    .filter(
      ({ companyId, eventType }) =>
        (companyId === claimed && eventType === 'CLAIMED') || (companyId === released && eventType === 'RELEASED'),
    ).length;
const unnoted = async (world: HighseasWorld, flow: Flow) =>
  (
    await world.rows<{ n: number }>(
      `SELECT count(*)::int AS n FROM ownership_event WHERE record_id = ANY($1) AND state = 'CONFIRMED' AND mirrored_at IS NULL`,
      [both(flow)],
    )
  )[0]?.n;
const withFault = (
  world: HighseasWorld,
  fault: Parameters<HighseasWorld['sandbox']['setFaults']>[0],
  reached: () => void | Promise<void>,
) => {
  world.sandbox.setFaults(fault);
  return { reached: () => eventually(reached), letGo: async () => world.sandbox.setFaults({}) };
};

const steps: Step[] = [
  {
    name: 'before the decision commits',
    decided: false,
    arrange: async (world, flow) => {
      const lock = await holdLock(world, 'SELECT 1 FROM customer WHERE record_id = ANY($1) FOR UPDATE', [both(flow)]);
      return { reached: () => waitForBlocked(world, 'command', 2), letGo: () => lock.release() };
    },
  },
  {
    name: 'after the decision and before Twenty did it',
    decided: true,
    arrange: async (world, flow) =>
      withFault(world, { timeoutBeforeRate: 1, matching: writes }, async () =>
        expect(await openWrites(world, flow)).toBe(2),
      ),
  },
  {
    name: 'after Twenty did it and before it answered',
    decided: true,
    arrange: async (world, flow) =>
      withFault(world, { timeoutRate: 1, matching: writes }, () => expect(showsBoth(world, flow)).toBe(true)),
  },
  {
    name: 'during settlement',
    decided: true,
    arrange: async (world, flow) => {
      world.sandbox.setFaults({ latencyMs: 1000 });
      const locking = eventually(async () => {
        expect(await openWrites(world, flow)).toBe(2);
        return holdLock(
          world,
          'SELECT 1 FROM pending_write WHERE record_id = ANY($1) AND settled_at IS NULL FOR UPDATE',
          [both(flow)],
        );
      });
      return {
        reached: async () => {
          expect((await locking).rows).toBe(2);
          await waitForWaiting(world, 2, '%FROM pending_write%FOR UPDATE%');
          expect(showsBoth(world, flow)).toBe(true);
        },
        letGo: async () => {
          world.sandbox.setFaults({});
          await (await locking).release();
        },
      };
    },
  },
  {
    name: 'before the history is mirrored',
    decided: true,
    arrange: async (world, flow) =>
      withFault(world, { timeoutBeforeRate: 1, matching: mirror }, async () => {
        expect(await unnoted(world, flow)).toBe(2);
        expect(mirrored(world, flow)).toBe(0);
      }),
  },
  {
    name: 'after the history was mirrored and before that is noted',
    decided: true,
    arrange: async (world, flow) =>
      withFault(world, { timeoutRate: 1, matching: mirror }, async () => {
        expect(mirrored(world, flow)).toBe(2);
        expect(await unnoted(world, flow)).toBe(2);
      }),
  },
];

describe('an engine that is killed', () => {
  let world: HighseasWorld;
  const companies: string[] = [];

  beforeAll(async () => {
    world = await HighseasWorld.start({
      env: { TWENTY_TIMEOUT_MS: '30000', HIGHSEAS_COMMAND_WAIT_MS: '500', HIGHSEAS_LEASE_SECONDS: '1' },
      seed: (twenty) => {
        for (let index = 0; index < 40; index += 1) companies.push(twenty.seedCompany());
        twenty.patch('customerPool', twenty.pools.company, { claimLimit: null, cooldownDays: null });
      },
    });
    await expectSettled(world);
  });
  afterAll(() => world?.close());
  afterEach(() => world.sandbox.setFaults({}));

  const next = () => companies.pop() ?? '';

  it.each(steps)('should, $name, leave a claim and a release that end whole', async ({ arrange, decided }) => {
    const flow: Flow = {
      claimed: next(),
      released: next(),
      claimer: world.twenty.member('sophie.turner'),
      releaser: world.twenty.member('emma.clark'),
      requestId: randomUUID(),
    };
    const { claimed, released, claimer, releaser, requestId } = flow;
    const [claiming, releasing] = [await world.as(claimer), await world.as(releaser)];
    expect(await releasing.claim([company(released)])).toMatchObject({ done: 1 });
    await expectSettled(world);

    const { reached, letGo } = await arrange(world, flow);
    const lost = Promise.allSettled([
      claiming.claim([company(claimed)], requestId),
      releasing.release([company(released)], { reason: 'OTHER', requestId }),
    ]);
    await reached();
    await world.killEngine();
    await letGo();
    await lost;
    await world.startEngine();
    await expectSettled(world);

    const ends = decided
      ? [
          ['ROUTED', 'CLAIMED'],
          ['ROUTED', 'CLAIMED', 'RELEASED'],
        ]
      : [['ROUTED'], ['ROUTED', 'CLAIMED']];
    expect([await historyOf(world, claimed), await historyOf(world, released)]).toEqual(ends);

    // The member asks again, not knowing what became of it.
    expect(await (await world.as(claimer)).claim([company(claimed)], requestId)).toMatchObject({ done: 1 });
    expect(await (await world.as(releaser)).release([company(released)], { reason: 'OTHER', requestId })).toMatchObject(
      { done: 1 },
    );
    await expectSettled(world);
    expect([await historyOf(world, claimed), await historyOf(world, released)]).toEqual([
      ['ROUTED', 'CLAIMED'],
      ['ROUTED', 'CLAIMED', 'RELEASED'],
    ]);
    expect(showsBoth(world, flow)).toBe(true);
  });

  it('should, at any moment of a busy day, leave every customer settled', async () => {
    const members = ['tom.baker', 'sophie.turner', 'emma.clark', 'zhao.lei', 'sun.li'].map((mailbox) =>
      world.twenty.member(mailbox),
    );
    let over = false;
    const work = members.map(async (member, at) => {
      for (let turn = at; !over; turn += 3) {
        const refs = [0, 1, 2].map((offset) => company(companies[(turn + offset) % companies.length] ?? ''));
        try {
          const client = await world.as(member);
          await client.claim(refs);
          await client.release(refs, { reason: 'OTHER' });
        } catch {
          // The engine is dead, or another one is starting.
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
    });
    for (const livesMs of [300, 700, 1100]) {
      await new Promise((resolve) => setTimeout(resolve, livesMs));
      await world.killEngine();
      await world.startEngine();
    }
    over = true;
    await Promise.all(work);
    await expectSettled(world);
  });
});
