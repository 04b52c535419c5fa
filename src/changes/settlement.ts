import { In, type EntityManager } from 'typeorm';
import { type CustomerRef, customerKey } from '../domain/customer/customer';
import { refuse, type Refusal } from '../domain/refusal/refusal';
import { markCustomers } from '../idle-clock';
import { CommandEntity } from '../storage/entities/command.entity';
import { PendingWriteEntity } from '../storage/entities/pending-write.entity';
import type { CustomerRecord } from '../twenty/records/twenty.types';
import { lockCustomers } from './customer-locks';
import { answerOperations } from './operation-items.queries';
import { memberNames } from './member.queries';
import { requestReread } from './observation.queries';
import { shownAfterWrite } from './projection.queries';

/**
 * What became of a write in Twenty:
 * - `CONFIRMED` Twenty shows it, since `updatedAt`
 * - `LOST` the record went to somebody else, or away, first; `record` is what Twenty has (null: nothing)
 * - `REJECTED` Twenty will never take it
 */
export type Verdict =
  | { write: PendingWriteEntity; kind: 'CONFIRMED'; updatedAt: string }
  | { write: PendingWriteEntity; kind: 'LOST'; record: CustomerRecord | null }
  | { write: PendingWriteEntity; kind: 'REJECTED' };

/**
 * Brings index, history and the command's answer in line with what became of its writes: all of it in the caller's
 * transaction. Whoever locks an open write first settles it; for anybody else there is nothing left to do.
 * @returns the verdicts that this call settled
 */
export async function settle(manager: EntityManager, verdicts: Verdict[]): Promise<Verdict[]> {
  // Customers before writes, as everywhere.
  await lockCustomers(
    manager,
    verdicts.map(({ write }) => write),
  );
  const open = await lockOpenWrites(
    manager,
    verdicts.map(({ write }) => write.id),
  );
  const settled = verdicts.filter(({ write }) => open.has(write.id));
  if (settled.length === 0) return [];

  await manager.query('UPDATE pending_write SET settled_at = clock_timestamp() WHERE id = ANY($1)', [
    settled.map(({ write }) => write.id),
  ]);
  await keepConfirmed(
    manager,
    settled.filter((verdict) => verdict.kind === 'CONFIRMED'),
  );
  await takeBack(
    manager,
    settled.filter((verdict) => verdict.kind !== 'CONFIRMED'),
  );
  await answer(manager, settled);
  return settled;
}

async function lockOpenWrites(manager: EntityManager, ids: string[]): Promise<Set<string>> {
  const rows = (await manager.query(
    'SELECT id FROM pending_write WHERE id = ANY($1) AND settled_at IS NULL ORDER BY id FOR UPDATE',
    [ids],
  )) as { id: string }[];
  return new Set(rows.map(({ id }) => id));
}

async function keepConfirmed(manager: EntityManager, verdicts: (Verdict & { kind: 'CONFIRMED' })[]): Promise<void> {
  if (verdicts.length === 0) return;
  await manager.query(
    `UPDATE customer c SET write_id = NULL, touched_at = clock_timestamp(), twenty_updated_at = x.updated_at, ${shownAfterWrite('x.data')}
       FROM jsonb_to_recordset($1::jsonb) AS x(id uuid, record_id uuid, updated_at timestamptz, data jsonb)
      WHERE c.record_id = x.record_id AND c.write_id = x.id`,
    [
      JSON.stringify(
        verdicts.map(({ write, updatedAt }) => ({
          id: write.id,
          record_id: write.recordId,
          updated_at: updatedAt,
          data: write.data,
        })),
      ),
    ],
  );
  await markEvents(manager, verdicts, 'CONFIRMED');
}

async function takeBack(manager: EntityManager, verdicts: Verdict[]): Promise<void> {
  if (verdicts.length === 0) return;
  await manager.query(
    `UPDATE customer c
        SET status = x.status, pool_id = x.pool_id, owner_id = x.owner_id, former_owner_id = x.former_owner_id,
            owned_since = x.owned_since, pooled_since = x.pooled_since, last_activity_at = x.last_activity_at, last_activity_on = x.last_activity_on,
            reclaim_on = x.reclaim_on, reclaim_rule = x.reclaim_rule, is_locked = coalesce(x.is_locked, c.is_locked),
            protected_until = CASE WHEN x.is_locked IS NULL THEN c.protected_until ELSE x.protected_until END, write_id = NULL, touched_at = clock_timestamp(),
            duplicates_stale = true
       FROM jsonb_to_recordset($1::jsonb) AS x(
            id uuid, record_id uuid, status text, pool_id uuid, owner_id uuid, former_owner_id uuid, owned_since timestamptz,
            pooled_since timestamptz, last_activity_at timestamptz, last_activity_on date, reclaim_on date, reclaim_rule text,
            is_locked boolean, protected_until timestamptz)
      WHERE c.record_id = x.record_id AND c.write_id = x.id`,
    [
      JSON.stringify(
        verdicts.map(({ write: { id, recordId, before } }) => ({
          id,
          record_id: recordId,
          status: before.status,
          pool_id: before.poolId,
          owner_id: before.ownerId,
          former_owner_id: before.formerOwnerId,
          owned_since: before.ownedSince,
          pooled_since: before.pooledSince,
          last_activity_at: before.lastActivityAt,
          last_activity_on: before.lastActivityOn,
          reclaim_on: before.reclaimOn,
          reclaim_rule: before.reclaimRule,
          is_locked: before.isLocked,
          protected_until: before.protectedUntil,
        })),
      ),
    ],
  );
  await markCustomers(
    manager,
    verdicts.map(({ write }) => write),
  );
  await markEvents(manager, verdicts, 'VOID');
  // An earlier attempt may have been done after all. A revert is not read again at once: it would be rejected again at once.
  const unclear = verdicts.filter(
    (verdict) => verdict.write.kind === 'COMMAND' || (verdict.kind === 'LOST' && !verdict.record),
  );
  await requestReread(
    manager,
    unclear.map(({ write }) => ({ object: write.object, id: write.recordId })),
  );
}

async function markEvents(manager: EntityManager, verdicts: Verdict[], state: 'CONFIRMED' | 'VOID'): Promise<void> {
  const ids = verdicts.flatMap(({ write }) => write.eventId ?? []);
  if (ids.length > 0)
    await manager.query(`UPDATE ownership_event SET state = $2 WHERE id = ANY($1) AND state = 'PENDING'`, [ids, state]);
}

/** A write is a command's or an operation's. */
async function answer(manager: EntityManager, verdicts: Verdict[]): Promise<void> {
  const commandIds = [...new Set(verdicts.flatMap(({ write }) => write.commandId ?? []))].sort();
  if (commandIds.length === 0) return;
  const commands = await manager.find(CommandEntity, {
    where: { id: In(commandIds) },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
  const names = await memberNames(
    manager,
    verdicts.map((verdict) => (verdict.kind === 'LOST' ? (verdict.record?.ownerId ?? null) : null)),
  );
  const byWrite = new Map(
    verdicts.map((verdict) => [`${verdict.write.commandId}:${customerKey(verdict.write)}`, verdict]),
  );
  for (const command of commands) {
    command.outcomes = command.outcomes.map((outcome) => {
      const verdict = byWrite.get(`${command.id}:${customerKey(outcome)}`);
      if (!verdict || outcome.status !== 'PENDING') return outcome;
      const ref: CustomerRef = { object: outcome.object, recordId: outcome.recordId };
      return verdict.kind === 'CONFIRMED'
        ? { ...ref, status: 'DONE' }
        : { ...ref, status: 'REFUSED', refusal: refusalOf(verdict, names) };
    });
    await manager.update(CommandEntity, { id: command.id }, { outcomes: command.outcomes });
  }
  if (commands.length === commandIds.length) return;
  await answerOperations(
    manager,
    verdicts.map((verdict) => ({
      write: verdict.write,
      refusal: verdict.kind === 'CONFIRMED' ? null : refusalOf(verdict, names),
    })),
  );
}

function refusalOf(verdict: Verdict, names: Map<string, string>): Refusal {
  if (verdict.kind !== 'LOST') return refuse('TWENTY_REJECTED');
  if (!verdict.record || verdict.record.deletedAt !== null) return refuse('NOT_FOUND');
  const { ownerId } = verdict.record;
  if (!ownerId) return refuse('STALE');
  const ownerName = names.get(ownerId);
  return refuse('ALREADY_OWNED', { ownerId, ...(ownerName ? { ownerName } : {}), ownerIsCaller: false });
}
