/**
 * Conditions and facts of clean-up about a customer `c`, for queries over the table customer; `decideCleanUp` in domain/clean-up
 * is what they say.
 */
const eventsOf = (alias: string) =>
  `ownership_event ${alias} WHERE ${alias}.object = c.object AND ${alias}.record_id = c.record_id AND ${alias}.state <> 'VOID'`;

/** Back from the archive, by whoever restored it or took the archiving back: whoever did so wants it in circulation, so counting begins anew. */
const broughtBack = (alias: string) =>
  `(${alias}.type = 'RESTORED' OR (${alias}.type = 'UNDONE' AND ${alias}.facts->>'type' = 'ARCHIVED'))`;

/** Instant or null. */
export const broughtBackAt = `(SELECT max(b.at) FROM ${eventsOf('b')} AND ${broughtBack('b')})`;

/**
 * How often it went from an owner to a pool since it was last brought back from the archive. An owner who has left Twenty is known by name
 * alone; what was undone never was.
 */
export const returns = `(
  SELECT count(*)::int FROM ${eventsOf('e')} AND e.type IN ('RELEASED', 'RECLAIMED', 'OFFBOARDED', 'OBSERVED')
     AND (e.from_id IS NOT NULL OR e.from_name IS NOT NULL) AND e.to_id IS NULL AND e.to_name IS NULL
     AND NOT EXISTS (SELECT 1 FROM ${eventsOf('b')} AND ${broughtBack('b')} AND b.seq > e.seq)
     AND NOT EXISTS (SELECT 1 FROM ownership_event u WHERE u.type = 'UNDONE' AND u.state = 'CONFIRMED' AND u.facts->>'undoes' = e.id::text))`;

/**
 * Whether `c` is pooled and stale or returned too often, in its pool; whatever the pool does about it, list or archive.
 * @param bounds the placeholder (`$2`, `:bounds`) of `JSON.stringify(CleanUpBounds[])`: `cleanUpBounds` of each pool that is asked for; customers of other pools do not match
 */
export function needsCleanUp(bounds: string): string {
  return `(c.status = 'POOLED' AND NOT c.is_deleted AND NOT c.is_locked AND EXISTS (
    SELECT 1 FROM jsonb_to_recordset(${bounds}::jsonb) AS x("poolId" uuid, "staleBefore" timestamptz, "maxReturns" int, "returnedBefore" timestamptz, today date, tomorrow timestamptz)
     WHERE x."poolId" = c.pool_id AND (c.protected_until IS NULL OR c.protected_until < x.tomorrow) AND (c.quiet_until IS NULL OR c.quiet_until <= x.today)
       AND (   (c.pooled_since < x."staleBefore" AND NOT EXISTS (SELECT 1 FROM ${eventsOf('k')} AND ${broughtBack('k')} AND k.at >= x."staleBefore"))
            OR (c.pooled_since < x."returnedBefore" AND ${returns} >= x."maxReturns"))))`;
}
