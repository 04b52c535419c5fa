import type { EntityManager } from 'typeorm';
import { JobEntity } from '../storage/entities/job.entity';
import type { JobItemEntity, JobItemState } from '../storage/entities/job-item.entity';

export type NewJobItem = Pick<
  JobItemEntity,
  'object' | 'recordId' | 'headId' | 'expectedOwnerId' | 'toMemberId' | 'eventId' | 'state' | 'refusal'
>;

const rowsPerInsert = 5000;

/** In the order given. A customer has one item in a job. */
export async function insertItems(manager: EntityManager, jobId: string, items: NewJobItem[]): Promise<void> {
  for (let start = 0; start < items.length; start += rowsPerInsert) {
    const rows = items.slice(start, start + rowsPerInsert).map((item, index) => ({ ...item, ordinal: start + index }));
    await manager.query(
      `INSERT INTO job_item (job_id, ordinal, object, record_id, head_id, expected_owner_id, to_member_id, event_id, state, refusal)
       SELECT $1, x.ordinal, x.object, x."recordId", x."headId", x."expectedOwnerId", x."toMemberId", x."eventId", x.state, x.refusal
         FROM jsonb_to_recordset($2::jsonb) AS x(ordinal integer, object text, "recordId" uuid, "headId" uuid, "expectedOwnerId" uuid,
              "toMemberId" uuid, "eventId" uuid, state text, refusal jsonb)`,
      [jobId, JSON.stringify(rows)],
    );
  }
}

/** Those looked at least often come first, so that a customer whose last change is still under way keeps nobody waiting. */
export async function waitingItems(manager: EntityManager, jobId: string, limit: number): Promise<JobItemEntity[]> {
  return (await manager.query(
    `SELECT job_id AS "jobId", ordinal, object, record_id AS "recordId", head_id AS "headId", expected_owner_id AS "expectedOwnerId",
            to_member_id AS "toMemberId", event_id AS "eventId", state, refusal, looks
       FROM job_item WHERE job_id = $1 AND state = 'WAITING' ORDER BY looks, ordinal LIMIT $2`,
    [jobId, limit],
  )) as JobItemEntity[];
}

export interface ItemVerdict {
  ordinal: number;
  state: JobItemState;
  refusal: JobItemEntity['refusal'];
}

export async function setItems(manager: EntityManager, jobId: string, verdicts: ItemVerdict[]): Promise<void> {
  if (verdicts.length === 0) return;
  await manager.query(
    `UPDATE job_item i SET state = x.state, refusal = x.refusal, looks = looks + 1
       FROM jsonb_to_recordset($2::jsonb) AS x(ordinal integer, state text, refusal jsonb) WHERE i.job_id = $1 AND i.ordinal = x.ordinal`,
    [jobId, JSON.stringify(verdicts)],
  );
}

export interface JobCounts {
  waiting: number;
  written: number;
  done: number;
  refused: number;
}

export async function countItems(manager: EntityManager, jobId: string): Promise<JobCounts> {
  const [row] = (await manager.query(
    `SELECT count(*) FILTER (WHERE state = 'WAITING')::int AS waiting, count(*) FILTER (WHERE state = 'WRITTEN')::int AS written,
            count(*) FILTER (WHERE state = 'DONE')::int AS done, count(*) FILTER (WHERE state = 'REFUSED')::int AS refused
       FROM job_item WHERE job_id = $1`,
    [jobId],
  )) as JobCounts[];
  return row ?? { waiting: 0, written: 0, done: 0, refused: 0 };
}

/** Holds the job until the transaction ends. @returns null when it is over */
export async function lockOpenJob(manager: EntityManager, jobId: string): Promise<JobEntity | null> {
  const job = await manager.findOne(JobEntity, { where: { id: jobId }, lock: { mode: 'pessimistic_write' } });
  return job?.finishedAt === null ? job : null;
}

/** Is something that was decided for the job not settled yet? */
export async function hasLooseEnds(manager: EntityManager, jobId: string): Promise<boolean> {
  const [row] = (await manager.query(
    `SELECT EXISTS (SELECT 1 FROM job_item WHERE job_id = $1 AND state = 'WRITTEN') OR EXISTS (SELECT 1 FROM related_move WHERE job_id = $1)
         OR EXISTS (SELECT 1 FROM related_record WHERE job_id = $1 AND state = 'OPEN') AS loose`,
    [jobId],
  )) as { loose: boolean }[];
  return row?.loose ?? false;
}

/**
 * Ends a job. What an offboarding did not do is left to the next reading of Twenty, which sends it to its pool.
 * @param at ISO instant
 */
export async function closeJob(
  manager: EntityManager,
  job: JobEntity,
  end: { status: JobEntity['status']; error: string | null; at: string },
): Promise<void> {
  await manager.update(JobEntity, { id: job.id }, { status: end.status, error: end.error, finishedAt: end.at });
  if (job.kind !== 'OFFBOARD') return;
  await manager.query(
    `INSERT INTO reread (object, record_id, requested_at)
     SELECT object, record_id, clock_timestamp() FROM job_item WHERE job_id = $1 AND state IN ('REFUSED', 'SKIPPED') ORDER BY object, record_id
     ON CONFLICT DO NOTHING`,
    [job.id],
  );
}
