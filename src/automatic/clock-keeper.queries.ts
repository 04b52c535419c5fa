import type { DataSource, EntityManager } from 'typeorm';
import { addCalendarDays, localDate, startOfPeriod } from '../domain/calendar/local-days';
import { type ClockMark, markSelected } from '../idle-clock';
import { inTransaction } from '../storage/transaction';

export interface StaleClock extends ClockMark {
  poolId: string;
}

/** Marked clocks, longest waiting first. While a command's outcome is open the clock waits for it. */
export async function staleClocks(manager: EntityManager, limit: number): Promise<StaleClock[]> {
  return (await manager.query(
    `SELECT c.object, c.record_id AS "recordId", c.pool_id AS "poolId", m.version FROM clock_mark m JOIN customer c USING (object, record_id)
      WHERE c.status IS NOT NULL AND NOT c.is_deleted AND c.write_id IS NULL
      ORDER BY m.marked_at, m.record_id LIMIT $1`,
    [limit],
  )) as StaleClock[];
}

export interface ClockMatch {
  recordId: string;
  overrideId: string | null;
  afterDates: Record<string, string | null>;
}

/** The caller holds the rows. */
export async function storeMatches(manager: EntityManager, matches: ClockMatch[]): Promise<void> {
  if (matches.length === 0) return;
  await manager.query(
    `UPDATE customer c SET override_id = x."overrideId", after_dates = x."afterDates"
       FROM jsonb_to_recordset($1::jsonb) AS x("recordId" uuid, "overrideId" uuid, "afterDates" jsonb) WHERE c.record_id = x."recordId"`,
    [JSON.stringify(matches)],
  );
}

/**
 * What the passing of time alone changes: meetings that were ahead are held, the days of plans pass, holds and leaves begin and
 * end. Marks what lies between the last look and now.
 */
export async function markByTime(dataSource: DataSource, now: string, timeZone: string): Promise<void> {
  await inTransaction(dataSource, async (manager) => {
    const [row] = (await manager.query(
      `INSERT INTO sync_cursor (source, updated_at) VALUES ('clock-time', $1) ON CONFLICT (source) DO UPDATE SET source = excluded.source
       RETURNING (SELECT updated_at FROM sync_cursor WHERE source = 'clock-time') AS before`,
      [now],
    )) as { before: Date | null }[];
    const before = row?.before?.toISOString();
    if (before === undefined || before >= now) return;
    await markSelected(
      manager,
      `WITH held AS (SELECT target_object, target_id FROM activity WHERE at > $1 AND at <= $2 AND kind = 'MEETING'
                     UNION SELECT target_object, target_id FROM plan WHERE due_at >= $3 AND due_at < $4)
       SELECT c.object, c.record_id FROM customer c
        WHERE c.status = 'OWNED' AND (
              EXISTS (SELECT 1 FROM held h WHERE h.target_object = c.object AND h.target_id = c.record_id)
           OR EXISTS (SELECT 1 FROM held h JOIN customer p ON p.object = 'PERSON' AND h.target_object = 'PERSON' AND p.record_id = h.target_id
                       WHERE c.object = 'COMPANY' AND p.company_id = c.record_id)
           OR EXISTS (SELECT 1 FROM held h JOIN opportunity o ON h.target_object = 'OPPORTUNITY' AND o.id = h.target_id
                       WHERE c.record_id IN (o.company_id, o.person_id)))`,
      [before, now, ...[before, now].map((instant) => startOfPeriod(instant, timeZone, 'DAY').start)],
    );
    const days = [addCalendarDays(localDate(before, timeZone), 1), localDate(now, timeZone)];
    if ((days[0] ?? '') <= (days[1] ?? '')) {
      await markSelected(
        manager,
        `SELECT c.object, c.record_id FROM customer c
          WHERE c.status = 'OWNED' AND (
                EXISTS (SELECT 1 FROM hold h WHERE h.object = c.object AND h.record_id = c.record_id AND h.state IN ('ACTIVE', 'WAITING')
                         AND (h.from_date BETWEEN $1 AND $2 OR h.until_date + 1 BETWEEN $1 AND $2))
             OR EXISTS (SELECT 1 FROM member_leave l WHERE l.member_id = c.owner_id
                         AND (l.from_date BETWEEN $1 AND $2 OR l.until_date + 1 BETWEEN $1 AND $2)))`,
        days,
      );
    }
    await manager.query(`UPDATE sync_cursor SET updated_at = $1 WHERE source = 'clock-time'`, [now]);
  });
}
