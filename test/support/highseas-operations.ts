import { company, person, type CustomerRef } from './engine-client';
import { eventually } from './highseas-eventually';
import type { Member, TwentyHands } from './highseas-twenty';
import type { HighseasWorld } from './highseas-world';

/** Limits out of the way. Days longer than the grace: that reclaiming was turned on today is known to the first index alone. */
const relaxed = { claimLimit: 1000, cooldownDays: null, firstFollowUpDays: 20, followUpDays: 30 };

export const rebuiltMembers = ['tom.baker', 'sophie.turner', 'emma.clark', 'zhang.min', 'liu.yang', 'li.wei'];

/** A small pseudo-random generator, so that a run that fails can be run again. */
export function seededRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 13), 0x297a2d39) >>> 0;
    return mixed % below;
  };
}

/** Does `count` things that members, admins and other programs do in a day, one after the other. */
export async function randomOperations(
  world: HighseasWorld,
  count: number,
  random: (below: number) => number,
): Promise<void> {
  const { twenty } = world;
  const admin = twenty.member('alice.morgan');
  const members = rebuiltMembers.map((mailbox) => twenty.member(mailbox));
  const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T;
  const live = (object: 'company' | 'person') =>
    twenty
      .all(object)
      .filter(({ deletedAt }) => deletedAt === null)
      .map(({ id }) => id);
  const some = (): CustomerRef[] =>
    Array.from({ length: 1 + random(5) }, () =>
      random(4) === 0 ? person(pick(live('person'))) : company(pick(live('company'))),
    );

  const operations: (() => Promise<unknown>)[] = [
    async () => (await world.as(pick(members))).claim(some()),
    async () => (await world.as(pick(members))).claim(some()),
    async () => releaseSome(world, pick(members), random),
    async () => releaseSome(world, pick(members), random),
    () =>
      twenty.edit(admin, 'company', pick(live('company')), {
        accountOwnerId: random(3) === 0 ? null : pick(members).id,
      }),
    () =>
      twenty.edit(pick(members), 'person', pick(live('person')), {
        ownerId: random(3) === 0 ? null : pick(members).id,
      }),
    () =>
      twenty.create(admin, 'company', {
        name: `New ${random(1_000_000)}`,
        ...(random(2) === 0 && { accountOwnerId: pick(members).id }),
      }),
    () =>
      twenty.create(admin, 'person', {
        name: { firstName: 'New', lastName: String(random(1000)) },
        createdBy: { source: 'IMPORT' },
      }),
    () => twenty.edit(admin, 'company', pick(live('company')), { customerPoolId: pick(Object.values(twenty.pools)) }),
    () =>
      twenty.edit(admin, 'company', pick(live('company')), {
        name: `Renamed ${random(1_000_000)}`,
        isLocked: random(2) === 0,
      }),
    () => twenty.change(admin, 'delete', 'company', pick(live('company'))),
    async () => {
      const deleted = twenty.all('company').filter(({ deletedAt }) => deletedAt !== null);
      if (deleted.length > 0) await twenty.change(admin, 'restore', 'company', pick(deleted).id);
    },
  ];
  for (let done = 0; done < count; done += 1) await pick(operations)();
}

async function releaseSome(world: HighseasWorld, member: Member, random: (below: number) => number): Promise<void> {
  const owned = world.twenty
    .all('company')
    .filter((record) => record['accountOwnerId'] === member.id && record.deletedAt === null);
  if (owned.length === 0) return;
  const first = random(owned.length);
  const poolId = random(3) === 0 ? world.twenty.pools.tradeShow : undefined;
  const refs = owned.slice(first, first + 3).map(({ id }) => company(id));
  await (await world.as(member)).release(refs, { reason: 'OTHER', note: `Note ${random(100)}`, poolId });
}

/** What an index keeps to do its work, and not because it is so in Twenty. */
const technical = [
  'touched_at',
  'write_id',
  'twenty_updated_at',
  'shown',
  'show_due',
  'show_failures',
  'put_back',
  'put_back_at',
  'read_at',
  'duplicates_stale',
  'seq',
  'mirrored_at',
];

export interface IndexState {
  customers: unknown[];
  events: unknown[];
  members: unknown[];
  pools: unknown[];
  settings: unknown[];
}

/** All that an index says, once the clocks of owned customers have been looked at. */
export async function indexState(world: HighseasWorld): Promise<IndexState> {
  await eventually(
    async () =>
      expect(
        await world.rows(
          `SELECT 1 FROM clock_mark m JOIN customer c USING (object, record_id) WHERE c.status = 'OWNED' AND NOT c.is_deleted`,
        ),
      ).toEqual([]),
    { withinMs: 60_000 },
  );
  const all = async (from: string) =>
    (await world.rows<{ row: unknown }>(`SELECT to_jsonb(x) - $1::text[] AS row FROM ${from}`, [technical])).map(
      ({ row }) => row,
    );
  return {
    customers: await all('customer x WHERE NOT is_deleted ORDER BY object, record_id'),
    events: await all(`ownership_event x WHERE state = 'CONFIRMED' ORDER BY id`),
    members: await all('member x WHERE removed_at IS NULL ORDER BY id'),
    pools: [
      ...(await all('pool x WHERE removed_at IS NULL ORDER BY id')),
      ...(await all('pool_member x WHERE member_id IN (SELECT id FROM member WHERE removed_at IS NULL) ORDER BY id')),
    ],
    settings: await all('setting x ORDER BY key'),
  };
}

/** Compares part by part and row by row, so that a failure shows what differs and no more. */
export function expectSameIndex(after: IndexState, before: IndexState): void {
  for (const part of Object.keys(before) as (keyof IndexState)[]) {
    const known = new Set(before[part].map((row) => JSON.stringify(row)));
    const now = new Set(after[part].map((row) => JSON.stringify(row)));
    const lost = before[part].filter((row) => !now.has(JSON.stringify(row)));
    const gained = after[part].filter((row) => !known.has(JSON.stringify(row)));
    expect({ part, rows: gained }).toEqual({ part, rows: lost });
  }
}

/** Companies and people for the operations to begin with; a quarter of them owned. */
export function seedForOperations(twenty: TwentyHands, companies: number): void {
  const imported = { createdBy: { source: 'IMPORT', workspaceMemberId: null, name: 'Import', context: null } };
  const owner = (index: number) =>
    index % 4 === 0 ? twenty.member(rebuiltMembers[index % rebuiltMembers.length] ?? '').id : null;
  for (let index = 0; index < companies; index += 1) {
    const id = twenty.seedCompany({
      accountOwnerId: owner(index),
      ...(index % 5 === 0 && { address: { addressState: '上海' } }),
      ...(index % 7 === 0 && imported),
    });
    twenty.seedPerson({ companyId: id, ...(index % 2 === 0 && { ownerId: owner(index), ...imported }) });
  }
  for (const pool of Object.values(twenty.pools)) twenty.patch('customerPool', pool, relaxed);
}
