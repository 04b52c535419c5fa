import type { StoredRecord } from '../../packages/twenty-sandbox/src/index';
import { eventually } from './highseas-eventually';
import type { HighseasWorld } from './highseas-world';

interface CustomerRow {
  object: 'COMPANY' | 'PERSON';
  record_id: string;
  status: string | null;
  pool_id: string | null;
  owner_id: string | null;
  owned_since: Date | null;
  pooled_since: Date | null;
  is_deleted: boolean;
  show_due: Date | null;
  show_failures: number;
}

interface EventRow {
  id: string;
  state: string;
  type: string;
  object: string;
  record_id: string;
  from_id: string | null;
  to_id: string | null;
}

/** docs/semantics.md#twenty-down asks for a minute at most. */
const settledWithinMs = 60_000;
const laterMs = 60_000;

/**
 * Waits until nothing is under way, then compares the engine's index, Twenty's records and the mirrored history:
 * the same owner, status and pool for each customer, each event once in both places, and a history without gaps that ends at the owner there is.
 */
export async function expectSettled(world: HighseasWorld, withinMs = settledWithinMs): Promise<void> {
  await eventually(async () => expect(await differences(world)).toEqual([]), { withinMs, everyMs: 200 });
}

/** In plain words; empty when everything agrees. */
export async function differences(world: HighseasWorld): Promise<string[]> {
  const unfinished = await unfinishedWork(world);
  if (unfinished.length > 0) return unfinished;
  const customers = await world.rows<CustomerRow>('SELECT * FROM customer');
  const events = await world.rows<EventRow>(`SELECT * FROM ownership_event WHERE state = 'CONFIRMED' ORDER BY seq`);
  return [...compareRecords(world, customers), ...compareMirror(world, events), ...compareChains(customers, events)];
}

async function unfinishedWork({ sql }: HighseasWorld): Promise<string[]> {
  const counts = {
    'open writes': 'SELECT count(*)::int AS n FROM pending_write WHERE settled_at IS NULL',
    'customers in flight': 'SELECT count(*)::int AS n FROM customer WHERE write_id IS NOT NULL',
    'records to show': `SELECT count(*)::int AS n FROM customer WHERE show_due <= clock_timestamp() AND NOT is_deleted`,
    'undecided events': `SELECT count(*)::int AS n FROM ownership_event WHERE state = 'PENDING'`,
    'events to mirror': `SELECT count(*)::int AS n FROM ownership_event WHERE state = 'CONFIRMED' AND mirrored_at IS NULL`,
    'records to read again': 'SELECT count(*)::int AS n FROM reread',
    'pending answers': `SELECT count(*)::int AS n FROM command WHERE outcomes @> '[{"status":"PENDING"}]'`,
  };
  const found: string[] = [];
  for (const [what, query] of Object.entries(counts)) {
    const { rows } = await sql.query<{ n: number }>(query);
    if (rows[0] && rows[0].n > 0) found.push(`${rows[0].n} ${what}`);
  }
  return found;
}

function compareRecords({ twenty }: HighseasWorld, customers: CustomerRow[]): string[] {
  const rows = new Map(customers.map((row) => [row.record_id, row]));
  const found: string[] = [];
  for (const [object, name] of [
    ['COMPANY', 'company'],
    ['PERSON', 'person'],
  ] as const) {
    for (const record of twenty.all(name)) {
      const row = rows.get(record.id);
      rows.delete(record.id);
      if (!row) found.push(`${object} ${record.id} is in Twenty only`);
      else if (row.is_deleted !== (record.deletedAt !== null))
        found.push(`${object} ${record.id} deleted: engine ${row.is_deleted}, Twenty ${String(record.deletedAt)}`);
      else if (!row.is_deleted) found.push(...compareRecord(row, record));
    }
  }
  return [
    ...found,
    ...[...rows.values()]
      .filter(({ is_deleted }) => !is_deleted)
      .map(({ object, record_id }) => `${object} ${record_id} is in the engine only`),
  ];
}

type Pair = [what: string, engine: unknown, twenty: unknown];

/** docs/semantics.md#no-loop: what somebody has edited for the third time within an hour stands for ten minutes. */
function putBackLater({ show_due, show_failures }: CustomerRow): boolean {
  return show_failures === 0 && show_due !== null && show_due.getTime() > Date.now() + laterMs;
}

function compareRecord(row: CustomerRow, record: StoredRecord): string[] {
  const owner: Pair = ['owner', row.owner_id, record[row.object === 'COMPANY' ? 'accountOwnerId' : 'ownerId']];
  const derived: Pair[] = [
    ['status', row.status, record['poolStatus']],
    ['pool', row.pool_id, record['customerPoolId']],
    ['ownedSince', row.owned_since?.toISOString() ?? null, record['ownedSince']],
    ['pooledSince', row.pooled_since?.toISOString() ?? null, record['pooledSince']],
  ];
  return [owner, ...(putBackLater(row) ? [] : derived)]
    .filter(([, engine, twenty]) => (engine ?? null) !== (twenty ?? null))
    .map(
      ([what, engine, twenty]) =>
        `${row.object} ${row.record_id} ${what}: engine ${String(engine)}, Twenty ${String(twenty)}`,
    );
}

function compareMirror({ twenty }: HighseasWorld, events: EventRow[]): string[] {
  const mirrored = new Map<string, StoredRecord>();
  const found: string[] = [];
  for (const record of twenty.all('ownershipEvent')) {
    if (mirrored.has(String(record['engineId']))) found.push(`event ${String(record['engineId'])} is in Twenty twice`);
    mirrored.set(String(record['engineId']), record);
  }
  for (const event of events) {
    const record = mirrored.get(event.id);
    mirrored.delete(event.id);
    if (!record) found.push(`event ${event.type} of ${event.record_id} is in the engine only`);
    else if (record['eventType'] !== event.type)
      found.push(`event ${event.id}: engine ${event.type}, Twenty ${String(record['eventType'])}`);
  }
  return [
    ...found,
    ...[...mirrored.values()].map((record) => `event ${String(record['eventType'])} ${record.id} is in Twenty only`),
  ];
}

/** A reverted edit never took effect, so it starts from the owner who was put in and ends with the one who had the customer all along. */
function compareChains(customers: CustomerRow[], events: EventRow[]): string[] {
  const owners = new Map<string, string | null>();
  const found: string[] = [];
  for (const { type, record_id, from_id, to_id } of events) {
    const before = owners.get(record_id) ?? null;
    const startsFrom = type === 'REVERTED' ? to_id : from_id;
    if (startsFrom !== before && type !== 'ROUTED')
      found.push(`${type} of ${record_id} starts from ${startsFrom}, but ${before} had it`);
    if (type === 'ROUTED' && owners.has(record_id) && to_id === null) continue;
    owners.set(record_id, to_id);
  }
  for (const { record_id, owner_id, status, is_deleted } of customers) {
    if (is_deleted || status === null) continue;
    if (!owners.has(record_id)) found.push(`${record_id} has no history`);
    else if (owners.get(record_id) !== owner_id)
      found.push(`${record_id}: the history ends with ${owners.get(record_id)}, the owner is ${owner_id}`);
  }
  return found;
}

/** The types of a customer's confirmed events, oldest first. */
export async function historyOf(world: HighseasWorld, recordId: string): Promise<string[]> {
  const rows = await world.rows<{ type: string }>(
    `SELECT type FROM ownership_event WHERE record_id = $1 AND state = 'CONFIRMED' ORDER BY seq`,
    [recordId],
  );
  return rows.map(({ type }) => type);
}
