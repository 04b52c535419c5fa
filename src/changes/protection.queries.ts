import type { EntityManager } from 'typeorm';
import type { DecidedStep } from './decided-step';

/** Changes that leave protection alone are not among these: what was read from Twenty meanwhile stays. */
export async function updateProtection(manager: EntityManager, steps: DecidedStep[]): Promise<void> {
  const rows = steps.flatMap(({ customer, protection }) =>
    protection
      ? [
          {
            object: customer.object,
            record_id: customer.recordId,
            is_locked: protection.isLocked,
            protected_until: protection.protectedUntil,
          },
        ]
      : [],
  );
  if (rows.length === 0) return;
  await manager.query(
    `UPDATE customer c SET is_locked = x.is_locked, protected_until = x.protected_until
       FROM jsonb_to_recordset($1::jsonb) AS x(object text, record_id uuid, is_locked boolean, protected_until timestamptz)
      WHERE c.object = x.object AND c.record_id = x.record_id`,
    [JSON.stringify(rows)],
  );
}
