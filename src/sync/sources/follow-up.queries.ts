import { In, type EntityManager } from 'typeorm';
import { FollowUpEntity } from '../../storage/entities/follow-up.entity';

export async function followUpsOf(
  manager: EntityManager,
  noteIds: readonly string[],
): Promise<Map<string, FollowUpEntity>> {
  return new Map((await manager.findBy(FollowUpEntity, { id: In([...noteIds]) })).map((row) => [row.id, row]));
}

/** Takes the open follow-ups that nobody is telling Twenty of, for a while. */
export async function leaseOpen(
  manager: EntityManager,
  leaseSeconds: number,
  limit: number,
): Promise<FollowUpEntity[]> {
  const rows = (await manager.query(
    `WITH due AS (
       SELECT id FROM follow_up WHERE state = 'OPEN' AND leased_until < clock_timestamp() ORDER BY leased_until LIMIT $2 FOR UPDATE SKIP LOCKED
     ), leased AS (
       UPDATE follow_up f SET leased_until = clock_timestamp() + make_interval(secs => $1) FROM due WHERE f.id = due.id RETURNING f.id)
     SELECT id FROM leased`,
    [leaseSeconds, limit],
  )) as { id: string }[];
  return rows.length === 0 ? [] : manager.findBy(FollowUpEntity, { id: In(rows.map(({ id }) => id)) });
}

/** @returns the follow-up, open and leased to this process; the earlier one when the same request got in first */
export async function insertFollowUp(
  manager: EntityManager,
  followUp: Omit<FollowUpEntity, 'state' | 'refusal' | 'leasedUntil'>,
  leaseSeconds: number,
): Promise<FollowUpEntity> {
  const { id, object, recordId, memberId, requestId, title, note, at } = followUp;
  await manager.query(
    `INSERT INTO follow_up (id, object, record_id, member_id, request_id, title, note, at, state, leased_until)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'OPEN', clock_timestamp() + make_interval(secs => $9)) ON CONFLICT ON CONSTRAINT follow_up_request DO NOTHING`,
    [id, object, recordId, memberId, requestId, title, note, at, leaseSeconds],
  );
  const own = await manager.findOneBy(FollowUpEntity, { id });
  return own ?? manager.findOneByOrFail(FollowUpEntity, { memberId, requestId: requestId ?? '' });
}
