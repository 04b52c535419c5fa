import type { EntityManager } from 'typeorm';
import type { CleanUpCandidate } from '../domain/clean-up/decide-clean-up';
import type { CustomerRef } from '../domain/customer/customer';
import { broughtBackAt, returns } from './clean-up-condition';

export type ReturnFacts = Pick<CleanUpCandidate, 'broughtBackAt' | 'returns'>;

/** What the history says of customers that clean-up asks about, by record id. */
export async function returnFacts(manager: EntityManager, refs: CustomerRef[]): Promise<Map<string, ReturnFacts>> {
  const rows = (await manager.query(
    `SELECT c.record_id AS "recordId", ${broughtBackAt} AS "broughtBackAt", ${returns} AS returns FROM customer c WHERE c.record_id = ANY($1)`,
    [refs.map(({ recordId }) => recordId)],
  )) as { recordId: string; broughtBackAt: Date | null; returns: number }[];
  return new Map(
    rows.map((row) => [
      row.recordId,
      { broughtBackAt: row.broughtBackAt?.toISOString() ?? null, returns: row.returns },
    ]),
  );
}
