import { v5 as uuidFromName } from 'uuid';
import type { DataSource } from 'typeorm';
import { SystemTimeClock } from '../../src/config/clock';
import { applyHeld, type CustomerHold, type HeldFacts } from '../../src/domain/custody/hold-history';
import { createDataSource } from '../../src/storage/data-source';
import { HistoryRestore } from '../../src/sync/history-restore.service';
import type { OwnershipEventRecords } from '../../src/twenty/records/ownership-event-records.service';
import type { OwnershipEventRecord } from '../../src/twenty/records/twenty.types';
import { createTestDatabase, type TestDatabase } from '../support/database';

const idOf = (name: string) => uuidFromName(name, 'f0c7e7f1-5a39-4b8c-9c43-3c1f7a0f2a56');
const pageSize = 200;
const customers = 37;
const [tom, pool] = [idOf('tom'), idOf('pool')];

/** Many happen at one moment, as in a sweep. */
function eventOf(n: number): OwnershipEventRecord {
  const id = idOf(`event ${n}`);
  const isHeld = n % 3 === 0;
  return {
    id,
    engineId: id,
    eventType: isHeld ? 'HELD' : 'RECLAIMED',
    object: (n % customers) % 2 === 0 ? 'COMPANY' : 'PERSON',
    recordId: n % 101 === 0 ? null : idOf(`customer ${n % customers}`),
    fromMemberId: tom,
    toMemberId: null,
    actorMemberId: null,
    fromName: 'Tom Baker',
    toName: null,
    actorName: null,
    isSystem: !isHeld,
    customerPoolId: pool,
    reason: isHeld ? 'Waits for an answer' : null,
    note: n % 5 === 0 ? 'O’Neill "said" so' : null,
    rule: isHeld ? null : 'NO_ACTIVITY',
    facts: isHeld ? heldFacts(n) : n % 7 === 0 ? null : { base: '2026-01-05T09:00:00.000Z', days: n },
    batchId: isHeld ? null : idOf(`batch ${n % 9}`),
    happenedAt: new Date(Date.UTC(2026, 0, 5) + Math.floor(n / 25) * 1000).toISOString(),
  };
}

function heldFacts(n: number): HeldFacts {
  const period = { from: '2026-01-05', until: '2026-01-20' };
  if (n % 4 === 0) return { kind: 'MANAGER', ...period };
  if (n % 4 === 1) return { kind: 'REQUEST', ...period, days: 5, decideBy: '2026-01-08T00:00:00.000Z' };
  // Of the request of the same customer nine rounds before.
  if (n % 4 === 2)
    return { kind: 'DECISION', approved: n % 8 === 2, request: idOf(`event ${n - 9 * customers}`), days: 5, ...period };
  return { kind: 'EXTENSION', ...period, days: 5 };
}

describe('the history of a new index', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource(database.url).initialize();
  });
  beforeEach(() => dataSource.query('TRUNCATE ownership_event, hold, sync_cursor'));
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  const restore = async (events: OwnershipEventRecord[], onPage = () => Promise.resolve()): Promise<void> => {
    const byId = [...events].sort((a, b) => a.id.localeCompare(b.id));
    const records: Pick<OwnershipEventRecords, 'readAll'> = {
      readAll: async (take) => {
        for (let start = 0; start < byId.length; start += pageSize) {
          await onPage();
          await take(byId.slice(start, start + pageSize));
        }
      },
    };
    await new HistoryRestore(dataSource, records as OwnershipEventRecords, new SystemTimeClock()).restore();
  };
  const numbered = async () =>
    (
      (await dataSource.query('SELECT * FROM ownership_event ORDER BY seq')) as (Record<string, unknown> & {
        at: Date;
      })[]
    ).map(({ seq: _, mirrored_at: __, at, ...row }) => ({ ...row, at: at.toISOString() }));

  it('should come in the order in which it happened, and whole', async () => {
    const events = Array.from({ length: 3 * pageSize + 17 }, (_, n) => eventOf(n));
    await restore(events);
    const expected = events
      .filter(({ recordId }) => recordId !== null)
      .sort((a, b) => a.happenedAt.localeCompare(b.happenedAt) || a.id.localeCompare(b.id));
    expect(await numbered()).toEqual(
      expected.map((event) => ({
        id: event.id,
        state: 'CONFIRMED',
        type: event.eventType,
        object: event.object,
        record_id: event.recordId,
        from_id: event.fromMemberId,
        from_name: event.fromName,
        to_id: event.toMemberId,
        to_name: event.toName,
        actor_id: event.actorMemberId,
        actor_name: event.actorName,
        is_system: event.isSystem,
        pool_id: event.customerPoolId,
        reason: event.reason,
        note: event.note,
        rule: event.rule,
        facts: event.facts,
        batch_id: event.batchId,
        at: event.happenedAt,
      })),
    );
    expect(await dataSource.query('SELECT 1 FROM ownership_event WHERE mirrored_at IS NULL')).toEqual([]);
  });

  it('should give the holds that its events make, in their order', async () => {
    const events = Array.from({ length: 10_000 }, (_, n) => eventOf(n));
    await restore(events);
    const holds = new Map<string, CustomerHold[]>();
    for (const { object, recordId, id, happenedAt, facts, reason } of events
      .filter(({ recordId, eventType }) => recordId !== null && eventType === 'HELD')
      .sort((a, b) => a.happenedAt.localeCompare(b.happenedAt) || a.id.localeCompare(b.id))) {
      const key = `${object} ${recordId}`;
      const known = holds.get(key) ?? [];
      const event = {
        id,
        object,
        recordId: recordId ?? '',
        ownerId: tom,
        reason,
        at: happenedAt,
        facts: facts as HeldFacts,
      };
      for (const hold of applyHeld(known, event)) {
        const at = known.findIndex((other) => other.id === hold.id);
        if (at < 0) known.push(hold);
        else known[at] = hold;
      }
      holds.set(key, known);
    }
    const expected = [...holds.values()].flat().sort((a, b) => a.id.localeCompare(b.id));
    const rows = (await dataSource.query(
      `SELECT id, object, record_id AS "recordId", state, from_date::text AS "fromDate", until_date::text AS "untilDate", days, event_id AS "eventId" FROM hold ORDER BY id`,
    )) as unknown[];
    expect(rows).toEqual(
      expected.map(({ id, object, recordId, state, fromDate, untilDate, days, eventId }) => ({
        id,
        object,
        recordId,
        state,
        fromDate,
        untilDate,
        days,
        eventId,
      })),
    );
    expect(new Set(expected.map(({ state }) => state)).size).toBeGreaterThan(2);
  });

  it('should not be there at all when Twenty fails on the way, and whole at the next attempt', async () => {
    const events = Array.from({ length: 2 * pageSize }, (_, n) => eventOf(n));
    let page = 0;
    const failing = () => ((page += 1) === 2 ? Promise.reject(new Error('Twenty is away')) : Promise.resolve());
    await expect(restore(events, failing)).rejects.toThrow('Twenty is away');
    expect(await numbered()).toEqual([]);
    await restore(events);
    expect(await numbered()).toHaveLength(events.filter(({ recordId }) => recordId !== null).length);
  });
});
