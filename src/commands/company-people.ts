import { In, type EntityManager } from 'typeorm';
import { type CustomerRef, customerKey } from '../domain/customer/customer';
import type { WorkspaceSettings } from '../settings/workspace-settings';
import { CustomerEntity } from '../storage/entities/customer.entity';
import type { DecisionInput } from '../changes/change.service';
import type { Granted } from './decide-each';

/** The owned people of the companies asked for, where the setting sends them along. */
export async function peopleOf(
  manager: EntityManager,
  refs: CustomerRef[],
  { PEOPLE_FOLLOW_COMPANY }: WorkspaceSettings,
): Promise<CustomerRef[]> {
  if (!PEOPLE_FOLLOW_COMPANY) return [];
  const people = await manager.find(CustomerEntity, {
    where: { object: 'PERSON', companyId: In(companyIds(refs)), status: 'OWNED', isDeleted: false },
    select: { object: true, recordId: true },
  });
  return people.map(({ object, recordId }) => ({ object, recordId }));
}

/** What was locked along with the records asked for and may change. Those asked for have their own answer. */
export function alongWith(refs: CustomerRef[], { customers, inFlight }: DecisionInput): CustomerEntity[] {
  const asked = new Set(refs.map(customerKey));
  return [...customers.values()].filter(
    (customer) => !asked.has(customerKey(customer)) && !inFlight.has(customer.recordId),
  );
}

/** Those among the locked customers who had the same owner as the company that leaves them. */
export function followersOf(changes: Granted[], customers: CustomerEntity[]): CustomerEntity[] {
  const formerOwners = new Map(changes.map(({ customer }) => [customer.recordId, customer.ownerId]));
  return customers.filter(
    ({ object, status, companyId, ownerId }) =>
      object === 'PERSON' && status === 'OWNED' && companyId !== null && formerOwners.get(companyId) === ownerId,
  );
}

/** People who were archived because their company was, and still are. */
export async function peopleArchivedAlong(manager: EntityManager, refs: CustomerRef[]): Promise<CustomerRef[]> {
  return (await manager.query(
    `SELECT p.object, p.record_id AS "recordId" FROM customer p
      WHERE p.object = 'PERSON' AND p.company_id = ANY($1) AND p.status = 'ARCHIVED' AND NOT p.is_deleted
        AND p.company_id::text = (
              SELECT e.facts->>'followedCompany' FROM ownership_event e
               WHERE e.object = p.object AND e.record_id = p.record_id AND e.type = 'ARCHIVED' AND e.state <> 'VOID'
               ORDER BY e.at DESC, e.seq DESC LIMIT 1)`,
    [companyIds(refs)],
  )) as CustomerRef[];
}

function companyIds(refs: CustomerRef[]): string[] {
  return refs.filter(({ object }) => object === 'COMPANY').map(({ recordId }) => recordId);
}
