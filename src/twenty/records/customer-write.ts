import type { CustomerObject } from '../../domain/customer/customer';
import type { ConditionalWrite } from './twenty.types';

/** A record filter of Twenty, of either object. */
export type RecordFilter = { readonly [field: string]: unknown };

type ExpectedOwner = string | null;
interface Group {
  ids: string[];
  owners: ExpectedOwner[] | undefined;
}

export const OWNER_FIELD: Readonly<Record<CustomerObject, 'accountOwnerId' | 'ownerId'>> = {
  COMPANY: 'accountOwnerId',
  PERSON: 'ownerId',
};
/** Any condition on `deletedAt` shows deleted records; without this one a write would change them too. */
export const NOT_DELETED: RecordFilter = { deletedAt: { is: 'NULL' } };
export const DELETED_OR_NOT: RecordFilter = { or: [{ deletedAt: { is: 'NULL' } }, { deletedAt: { is: 'NOT_NULL' } }] };

/**
 * The filter under which Twenty makes a conditional write, null when no record can win.
 * The owner being written is always accepted: Twenty tells nobody of an update that makes its own filter false.
 */
export function writeFilter(write: ConditionalWrite): RecordFilter | null {
  const groups = groupByOwners(write);
  const [first, ...others] = groups;
  if (!first) return null;
  if (others.length === 0)
    return { and: [{ id: { in: first.ids } }, NOT_DELETED, ...ownerConditions(write.object, first)] };
  return {
    and: [
      NOT_DELETED,
      { or: groups.map((group) => ({ and: [{ id: { in: group.ids } }, ...ownerConditions(write.object, group)] })) },
    ],
  };
}

function groupByOwners(write: ConditionalWrite): Group[] {
  const groups = new Map<string, Group>();
  for (const { id, expectedOwners } of write.records) {
    const owners = expectedOwners && acceptedOwners(expectedOwners, write.data.ownerId);
    if (owners?.length === 0) continue;
    const key = owners
      ? owners
          .map((owner) => owner ?? '')
          .sort()
          .join()
      : 'anybody';
    const group = groups.get(key);
    if (group) group.ids.push(id);
    else groups.set(key, { ids: [id], owners });
  }
  return [...groups.values()];
}

function acceptedOwners(expected: readonly ExpectedOwner[], written: ExpectedOwner | undefined): ExpectedOwner[] {
  return [...new Set(written === undefined ? expected : [...expected, written])];
}

function ownerConditions(object: CustomerObject, { owners }: Group): RecordFilter[] {
  if (!owners) return [];
  const field = OWNER_FIELD[object];
  const members = owners.filter((owner) => owner !== null);
  const conditions: RecordFilter[] = [];
  if (owners.includes(null)) conditions.push({ [field]: { is: 'NULL' } });
  if (members.length > 0) conditions.push({ [field]: { in: members } });
  return conditions.length === 1 ? conditions : [{ or: conditions }];
}
