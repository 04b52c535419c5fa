import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { type CustomerObject, customerKey } from '../../src/domain/customer/customer';
import type { Actor, Pool } from '../../src/domain/pool/pool-policy';
import { seesCustomer, seesEvent, type Sighted } from '../../src/domain/pool/visibility';
import { customersPool, eventsCustomer, seenCustomer, seenEvent, sightOf } from '../../src/pools';
import { createDataSource } from '../../src/storage/data-source';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { actorOf, membershipOf, poolOf } from '../support/domain-builders';

const pools: Pool[] = [
  poolOf({}, randomUUID(), 'Open'),
  poolOf({ visibility: 'MEMBERS' }, randomUUID(), 'Hidden'),
  poolOf({ visibility: 'MEMBERS' }, randomUUID(), 'Hidden too'),
];
const removedPool = randomUUID();
const people = Array.from({ length: 4 }, () => randomUUID());
const records = Array.from({ length: 12 }, () => randomUUID());
/** Of these the index has no customer. */
const strangers = Array.from({ length: 3 }, () => randomUUID());

interface CustomerRow {
  object: CustomerObject;
  recordId: string;
  poolId: string | null;
  ownerId: string | null;
}
interface EventRow {
  id: string;
  object: CustomerObject;
  recordId: string;
  poolId: string | null;
  type: string;
  state: string;
  fromId: string | null;
  toId: string | null;
  actorId: string | null;
}

const objects = fc.constantFrom<CustomerObject>('COMPANY', 'PERSON');
const somebody = fc.option(fc.constantFrom(...people), { nil: null });
const livePool = fc.constantFrom(...pools.map(({ id }) => id));
const customers: fc.Arbitrary<CustomerRow[]> = fc.tuple(
  ...records.map((recordId) =>
    fc.record({
      object: objects,
      recordId: fc.constant(recordId),
      poolId: fc.option(livePool, { nil: null, freq: 8 }),
      ownerId: somebody,
    }),
  ),
);
const events: fc.Arbitrary<EventRow[]> = fc.array(
  fc.record({
    id: fc.uuid({ version: 4 }),
    object: objects,
    recordId: fc.constantFrom(...records, ...strangers),
    poolId: fc.option(fc.oneof(livePool, fc.constant(removedPool)), { nil: null, freq: 8 }),
    type: fc.constantFrom('ROUTED', 'CLAIMED', 'RELEASED', 'REVERTED', 'OBSERVED'),
    state: fc.constantFrom('PENDING', 'CONFIRMED', 'VOID'),
    fromId: somebody,
    toId: somebody,
    actorId: somebody,
  }),
  { maxLength: 40 },
);
const viewers: fc.Arbitrary<Actor> = fc
  .record({ memberId: fc.constantFrom(...people), isAdmin: fc.boolean(), memberOf: fc.uniqueArray(livePool) })
  .map(({ memberId, isAdmin, memberOf }) =>
    actorOf(
      memberOf.map((poolId) => membershipOf({ poolId })),
      { memberId, isWorkspaceAdmin: isAdmin && memberOf.length === 0 },
    ),
  );

/** Written anew from docs/semantics.md#visibility, so that neither of the two is held to itself. */
function ownedBefore(viewer: Actor, { object, recordId }: CustomerRow | EventRow, history: EventRow[]): boolean {
  return history.some(
    (event) =>
      event.object === object &&
      event.recordId === recordId &&
      event.fromId === viewer.memberId &&
      event.state !== 'VOID' &&
      event.type !== 'REVERTED',
  );
}

describe('who sees what: the rule and its condition in SQL', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource(database.url).initialize();
    for (const { id, name, policy } of [...pools, poolOf({}, removedPool, 'Removed')])
      await dataSource.query('INSERT INTO pool (id, name, policy, removed_at) VALUES ($1, $2, $3, $4)', [
        id,
        name,
        policy,
        id === removedPool ? new Date() : null,
      ]);
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  async function fill(customersThere: CustomerRow[], history: EventRow[]): Promise<void> {
    await dataSource.query('TRUNCATE customer, ownership_event');
    await dataSource.query(
      `INSERT INTO customer (object, record_id, status, pool_id, owner_id, touched_at)
       SELECT object, "recordId", CASE WHEN "poolId" IS NULL THEN NULL WHEN "ownerId" IS NULL THEN 'POOLED' ELSE 'OWNED' END, "poolId", "ownerId", now()
         FROM jsonb_to_recordset($1::jsonb) AS x(object text, "recordId" uuid, "poolId" uuid, "ownerId" uuid)`,
      [JSON.stringify(customersThere)],
    );
    await dataSource.query(
      `INSERT INTO ownership_event (id, state, type, object, record_id, from_id, to_id, actor_id, is_system, pool_id, at)
       SELECT id, state, type, object, "recordId", "fromId", "toId", "actorId", "actorId" IS NULL, "poolId", now()
         FROM jsonb_to_recordset($1::jsonb)
           AS x(id uuid, state text, type text, object text, "recordId" uuid, "fromId" uuid, "toId" uuid, "actorId" uuid, "poolId" uuid)`,
      [JSON.stringify(history)],
    );
  }

  async function idsBySql(query: string, viewer: Actor): Promise<string[]> {
    const { viewerId, viewerIsAdmin, poolsSeen } = sightOf(viewer, pools);
    const rows = (await dataSource.query(query, [viewerId, viewerIsAdmin, poolsSeen])) as { id: string }[];
    return rows.map(({ id }) => id).sort();
  }

  it('should say the same of every customer and every line of the history, whoever looks', async () => {
    const sight = { viewerId: '$1', viewerIsAdmin: '$2', poolsSeen: '$3' };
    const seen = { customers: 0, hidden: 0, lines: 0 };
    await fc.assert(
      fc.asyncProperty(
        customers,
        events,
        fc.array(viewers, { minLength: 3, maxLength: 6 }),
        async (rows, lines, all) => {
          await fill(rows, lines);
          for (const viewer of all) {
            const sighted = (row: CustomerRow): Sighted => ({
              pool: pools.find(({ id }) => id === row.poolId) ?? null,
              ownerId: row.ownerId,
              wasActors: ownedBefore(viewer, row, lines),
            });
            const shown = rows.filter((row) => seesCustomer(viewer, sighted(row)));
            expect(
              await idsBySql(`SELECT c.record_id AS id FROM customer c WHERE ${seenCustomer(sight)}`, viewer),
            ).toEqual(shown.map(({ recordId }) => recordId).sort());

            const toldLines = lines.filter((line) => {
              const row = rows.find((one) => customerKey(one) === customerKey(line));
              const unknown = { pool: null, ownerId: null, wasActors: ownedBefore(viewer, line, lines) };
              const pool = pools.find(({ id }) => id === line.poolId) ?? null;
              return seesEvent(viewer, { ...line, pool }, row ? sighted(row) : unknown);
            });
            expect(
              await idsBySql(
                `SELECT e.id FROM ownership_event e LEFT JOIN customer c ON ${eventsCustomer} LEFT JOIN pool home ON ${customersPool}
                WHERE ${seenEvent(sight)}`,
                viewer,
              ),
            ).toEqual(toldLines.map(({ id }) => id).sort());
            seen.customers += shown.length;
            seen.hidden += rows.length - shown.length;
            seen.lines += toldLines.length;
          }
        },
      ),
      { numRuns: 25 },
    );
    // Neither side of the rule was left out.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
  });
});
