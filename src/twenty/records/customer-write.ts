import type { Holding } from '../../domain/change/told';
import type { CustomerObject } from '../../domain/customer/customer';
import type { ConditionalWrite } from './twenty.types';

/** A record filter of Twenty, of either object. */
export type RecordFilter = { readonly [field: string]: unknown };

export const OWNER_FIELD: Readonly<Record<CustomerObject, 'accountOwnerId' | 'ownerId'>> = {
  COMPANY: 'accountOwnerId',
  PERSON: 'ownerId',
};
/** Any condition on `deletedAt` shows deleted records; without this one a write would change them too. */
export const NOT_DELETED: RecordFilter = { deletedAt: { is: 'NULL' } };
export const DELETED_OR_NOT: RecordFilter = { or: [{ deletedAt: { is: 'NULL' } }, { deletedAt: { is: 'NOT_NULL' } }] };

/**
 * The filter under which Twenty makes a conditional write; null when there is nothing to write.
 * What the write makes of a record is always accepted: Twenty tells nobody of an update that makes its own filter false.
 */
export function writeFilter({ object, records }: ConditionalWrite): RecordFilter | null {
  if (records.length === 0) return null;
  const ids = { id: { in: records.map(({ id }) => id) } };
  const fenced = records.flatMap(({ id, fence }) =>
    fence
      ? [
          { id, holding: fence.from },
          { id, holding: fence.to },
        ]
      : [],
  );
  const groups = groupByHolding(fenced);
  const [first, ...others] = groups;
  if (!first) return { and: [ids, NOT_DELETED] };
  if (others.length === 0) return { and: [ids, NOT_DELETED, ...conditions(object, first.holding)] };
  return {
    and: [
      ids,
      NOT_DELETED,
      {
        or: groups.map(({ ids: some, holding }) => ({
          and: [...(some.length === records.length ? [] : [{ id: { in: some } }]), ...conditions(object, holding)],
        })),
      },
    ],
  };
}

interface Group {
  ids: string[];
  holding: Holding;
}

function groupByHolding(fenced: { id: string; holding: Holding }[]): Group[] {
  const groups = new Map<string, { ids: Set<string>; holding: Holding }>();
  for (const { id, holding } of fenced) {
    const key = JSON.stringify([holding.ownerId, holding.since ?? null, holding.since === undefined]);
    const group = groups.get(key);
    if (group) group.ids.add(id);
    else groups.set(key, { ids: new Set([id]), holding });
  }
  return [...groups.values()].map(({ ids, holding }) => ({ ids: [...ids], holding }));
}

function conditions(object: CustomerObject, { ownerId, since }: Holding): RecordFilter[] {
  const owner = { [OWNER_FIELD[object]]: is(ownerId) };
  if (since === undefined) return [owner];
  return [owner, { [ownerId === null ? 'pooledSince' : 'ownedSince']: is(since) }];
}

function is(value: string | null): RecordFilter {
  return value === null ? { is: 'NULL' } : { eq: value };
}
