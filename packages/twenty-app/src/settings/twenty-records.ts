import { EngineFault } from '../domain/fault';
import type { PluginField } from '../plugin/plugin.types';
import { newRequestId } from '../engine/engine-client';
import { readHost } from '../engine/host';
import { requestJson } from '../engine/http';
import { membershipFields, overrideFields, poolFields } from './policy-fields';

export type TwentyRecord = { id: string } & Record<string, unknown>;

/** Twenty said no, in its own words: usually a role without the right to write. */
export class TwentyRefusal extends Error {
  constructor(
    message: string,
    /** A record of the id that was asked for is there. Of another unique value Twenty names the record in the way. */
    readonly idTaken = false,
  ) {
    super(message);
  }
}

interface TwentyFault {
  message: string;
  extensions?: { conflictingRecordId?: string };
}

const readRefusal = ({ message, extensions }: TwentyFault): TwentyRefusal =>
  new TwentyRefusal(message, message.includes('duplicate entry') && extensions?.conflictingRecordId === undefined);

async function ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const host = readHost();
  const { body } = await requestJson(host, `${host.apiUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (body ?? {}) as { data?: Data; errors?: TwentyFault[] };
  if (errors?.[0]) throw readRefusal(errors[0]);
  if (!data) throw new EngineFault('UNAVAILABLE');
  return data;
}

/** Ids of creations that Twenty has not confirmed, by what was wished. */
const unconfirmed = new Map<string, string>();

/**
 * Creates one record, however often the same wish is sent until Twenty confirms it: the primary key decides. Also a failure that Twenty
 * tells may come after the record was made, so none of them ends the wish.
 *
 * @returns its id
 */
async function createOnce(mutation: string, data: Record<string, unknown>): Promise<string> {
  const wish = JSON.stringify([mutation, data]);
  const earlier = unconfirmed.get(wish);
  const id = earlier ?? newRequestId();
  unconfirmed.set(wish, id);
  try {
    await ask(mutation, { data: { ...data, id } });
  } catch (error) {
    const isMade = earlier !== undefined && error instanceof TwentyRefusal && error.idTaken;
    if (!isMade) throw error;
  }
  unconfirmed.delete(wish);
  return id;
}

const plain = (fields: PluginField[]): string =>
  fields
    .filter(({ type }) => type !== 'RELATION')
    .map(({ name }) => name)
    .join(' ');

interface Page {
  edges: { node: TwentyRecord }[];
}

export interface PoolSettings {
  pools: TwentyRecord[];
  memberships: TwentyRecord[];
  /** Rules for some customers of a pool, the first that counts first. */
  overrides: TwentyRecord[];
  leaves: TwentyRecord[];
}

/** Pools and their members as Twenty keeps them, which is where they are edited. @throws EngineFault, TwentyRefusal */
export async function readPoolSettings(): Promise<PoolSettings> {
  const { customerPools, customerPoolMembers, reclaimRules, memberLeaves } = await ask<
    Record<'customerPools' | 'customerPoolMembers' | 'reclaimRules' | 'memberLeaves', Page>
  >(
    `query PoolSettings {
      customerPools(first: 200, orderBy: [{ priority: AscNullsLast }]) { edges { node { id ${plain(poolFields)} } } }
      customerPoolMembers(first: 1000) { edges { node { id customerPoolId ${plain(membershipFields)} member { id name { firstName lastName } } } } }
      reclaimRules(first: 1000, orderBy: [{ priority: AscNullsLast }]) { edges { node { id customerPoolId ${plain(overrideFields)} } } }
      memberLeaves(first: 1000, orderBy: [{ until: DescNullsLast }]) { edges { node { id from until reason name member { id name { firstName lastName } } } } }
    }`,
  );
  const nodes = ({ edges }: Page) => edges.map(({ node }) => node);
  return {
    pools: nodes(customerPools),
    memberships: nodes(customerPoolMembers),
    overrides: nodes(reclaimRules),
    leaves: nodes(memberLeaves),
  };
}

export async function savePool(id: string, data: Record<string, unknown>): Promise<void> {
  await ask(
    'mutation SavePool($id: UUID!, $data: CustomerPoolUpdateInput!) { updateCustomerPool(id: $id, data: $data) { id } }',
    { id, data },
  );
}

export async function saveMembership(id: string, data: Record<string, unknown>): Promise<void> {
  await ask(
    'mutation SaveMembership($id: UUID!, $data: CustomerPoolMemberUpdateInput!) { updateCustomerPoolMember(id: $id, data: $data) { id } }',
    { id, data },
  );
}

/** Its numbers are the defaults of the fields. @returns its id */
export async function createPool(data: { name: string; priority: number }): Promise<string> {
  return createOnce(
    'mutation CreatePool($data: CustomerPoolCreateInput!) { createCustomerPool(data: $data) { id } }',
    data,
  );
}

export async function createOverride(data: { customerPoolId: string; name: string; priority: number }): Promise<void> {
  await createOnce(
    'mutation CreateOverride($data: ReclaimRuleCreateInput!) { createReclaimRule(data: $data) { id } }',
    data,
  );
}

export async function saveOverride(id: string, data: Record<string, unknown>): Promise<void> {
  await ask(
    'mutation SaveOverride($id: UUID!, $data: ReclaimRuleUpdateInput!) { updateReclaimRule(id: $id, data: $data) { id } }',
    { id, data },
  );
}

export async function removeOverride(id: string): Promise<void> {
  await ask('mutation RemoveOverride($id: UUID!) { deleteReclaimRule(id: $id) { id } }', { id });
}

/** `from` and `until`: local dates, both included. */
export async function addLeave(data: {
  memberId: string;
  from: string;
  until: string;
  reason: string;
  name: string;
}): Promise<void> {
  await createOnce('mutation AddLeave($data: MemberLeaveCreateInput!) { createMemberLeave(data: $data) { id } }', data);
}

export async function removeLeave(id: string): Promise<void> {
  await ask('mutation RemoveLeave($id: UUID!) { deleteMemberLeave(id: $id) { id } }', { id });
}

export async function addMembership(data: {
  customerPoolId: string;
  memberId: string;
  memberRole: string;
  name: string;
}): Promise<void> {
  await createOnce(
    'mutation AddMembership($data: CustomerPoolMemberCreateInput!) { createCustomerPoolMember(data: $data) { id } }',
    data,
  );
}

export async function removeMembership(id: string): Promise<void> {
  await ask('mutation RemoveMembership($id: UUID!) { deleteCustomerPoolMember(id: $id) { id } }', { id });
}
