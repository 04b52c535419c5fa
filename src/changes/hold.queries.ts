import { In, type EntityManager } from 'typeorm';
import { applyHeld, type CustomerHold, type HeldEvent, type HeldFacts } from '../domain/custody/hold-history';
import { type CustomerRef, customerKey } from '../domain/customer/customer';
import { HoldEntity } from '../storage/entities/hold.entity';
import { MemberLeaveEntity } from '../storage/entities/member-leave.entity';

/** Every hold that the customers ever had, by `customerKey`. */
export async function holdsByCustomer(
  manager: EntityManager,
  customers: CustomerRef[],
): Promise<Map<string, CustomerHold[]>> {
  const rows = await manager.find(HoldEntity, {
    where: { recordId: In(customers.map(({ recordId }) => recordId)) },
    order: { requestedAt: 'ASC', id: 'ASC' },
  });
  const holds = new Map<string, CustomerHold[]>(customers.map((customer) => [customerKey(customer), []]));
  for (const row of rows) holds.get(customerKey(row))?.push(row);
  return holds;
}

export async function leavesOf(manager: EntityManager, memberIds: (string | null)[]): Promise<MemberLeaveEntity[]> {
  return manager.find(MemberLeaveEntity, {
    where: { memberId: In([...new Set(memberIds.filter((id) => id !== null))]) },
  });
}

const rowsPerUpsert = 500;

/** Writes what the events change. @param known of the same customers; brought up to date as well */
export async function keepHolds(
  manager: EntityManager,
  known: Map<string, CustomerHold[]>,
  events: HeldEvent[],
): Promise<void> {
  const changed = new Map<string, CustomerHold>();
  for (const event of events) {
    const holds = known.get(customerKey(event)) ?? [];
    for (const hold of applyHeld(holds, event)) {
      changed.set(hold.id, hold);
      const at = holds.findIndex(({ id }) => id === hold.id);
      if (at < 0) holds.push(hold);
      else holds[at] = hold;
    }
    known.set(customerKey(event), holds);
  }
  const rows = [...changed.values()];
  for (let start = 0; start < rows.length; start += rowsPerUpsert) {
    await manager.upsert(HoldEntity, rows.slice(start, start + rowsPerUpsert), ['id']);
  }
}

interface HeldRow {
  id: string;
  object: CustomerRef['object'];
  recordId: string;
  ownerId: string | null;
  reason: string | null;
  at: Date;
  facts: HeldFacts;
}

const eventsPerFetch = 1000;

/**
 * A new index has its holds from the history, which has just been restored. Customer by customer, so that no more than some
 * events are in memory. To be called in a transaction.
 */
export async function restoreHolds(manager: EntityManager): Promise<void> {
  await manager.query(
    `DECLARE held_event NO SCROLL CURSOR FOR
     SELECT id, object, record_id AS "recordId", from_id AS "ownerId", reason, at, facts FROM ownership_event
      WHERE type = 'HELD' AND state <> 'VOID' AND facts ? 'kind' ORDER BY object, record_id, at, seq`,
  );
  for (let known = new Map<string, CustomerHold[]>(); ;) {
    const rows = (await manager.query(`FETCH ${eventsPerFetch} FROM held_event`)) as HeldRow[];
    const last = rows.at(-1);
    if (!last) break;
    await keepHolds(
      manager,
      known,
      rows.map((row) => ({ ...row, at: row.at.toISOString() })),
    );
    // Of this one there may be more to come.
    const unfinished = customerKey(last);
    known = new Map([[unfinished, known.get(unfinished) ?? []]]);
  }
  await manager.query('CLOSE held_event');
}
