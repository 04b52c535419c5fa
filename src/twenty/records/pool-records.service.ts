import { Injectable } from '@nestjs/common';
import { parse, type TypedQueryDocumentNode } from 'graphql';
import { PluginManifest } from '../../config/plugin-manifest';
import { shownName } from './customer-mapping';
import { DELETED_OR_NOT, type RecordFilter } from './customer-write';
import {
  ReadMemberLeavesDocument,
  type ReadMemberLeavesQuery,
  ReadPoolMembersDocument,
  type ReadPoolMembersQuery,
  ReadReclaimRulesDocument,
  type ReadReclaimRulesQuery,
  SetPoolProblemDocument,
} from '../generated/core';
import { mergeQueries } from '../client/merge-queries';
import { type Connection, readAllPages } from '../client/read-pages';
import { TwentyClient } from '../client/twenty-client.service';
import { TWENTY_BATCH } from '../client/twenty.limits';
import type { MemberLeaveRecord, ReclaimRuleRecord } from './clock-records.service';
import type { CallOptions, PoolMemberRecord, PoolRecord } from './twenty.types';

interface PoolNode {
  id: string;
  name: string | null;
  updatedAt: string;
  deletedAt: string | null;
  [field: string]: unknown;
}

export type ReadPoolsDocument = TypedQueryDocumentNode<
  { customerPools: Connection<PoolNode> | null },
  { first: number; after?: string; filter: RecordFilter }
>;

/** The query for pools, with every field that plugin.json gives them. */
export function readPoolsDocument(fieldNames: readonly string[]): ReadPoolsDocument {
  return parse(`
    query ReadPools($first: Int!, $after: String, $filter: CustomerPoolFilterInput!) {
      customerPools(first: $first, after: $after, filter: $filter, orderBy: [{ id: AscNullsFirst }]) {
        edges { node { id name updatedAt deletedAt ${fieldNames.join(' ')} } }
        pageInfo { endCursor hasNextPage }
      }
    }
  `) as ReadPoolsDocument;
}

type ReadPoolDataDocument = TypedQueryDocumentNode<
  { customerPools: Connection<PoolNode> | null } & ReadPoolMembersQuery & ReadReclaimRulesQuery & ReadMemberLeavesQuery,
  { first: number; filter: RecordFilter }
>;

/** The first page of all that pools are made of. */
export function readPoolDataDocument(fieldNames: readonly string[]): ReadPoolDataDocument {
  return mergeQueries('ReadPoolData', [
    readPoolsDocument(fieldNames),
    ReadPoolMembersDocument,
    ReadReclaimRulesDocument,
    ReadMemberLeavesDocument,
  ]) as ReadPoolDataDocument;
}

export interface PoolData {
  pools: PoolRecord[];
  members: PoolMemberRecord[];
  rules: ReclaimRuleRecord[];
  leaves: MemberLeaveRecord[];
}

@Injectable()
export class PoolRecords {
  private readonly fieldNames: string[];
  private readonly document: ReadPoolsDocument;
  private readonly together: ReadPoolDataDocument;

  constructor(
    private readonly client: TwentyClient,
    manifest: PluginManifest,
  ) {
    this.fieldNames = manifest.poolFields.map(({ name }) => name);
    this.document = readPoolsDocument(this.fieldNames);
    this.together = readPoolDataDocument(this.fieldNames);
  }

  /**
   * Every pool, soft-deleted ones with `deletedAt`, and every pool member, rule and leave that is not deleted. All of it in one
   * request, unless something fills more than a page.
   * @throws TwentyError
   */
  async readAll(options: CallOptions): Promise<PoolData> {
    const page = { first: TWENTY_BATCH };
    const filter = DELETED_OR_NOT;
    const first = await this.client.request(this.together, { ...page, filter }, options);
    const pools = await readAllPages(
      async (after) => (await this.client.request(this.document, { ...page, after, filter }, options)).customerPools,
      first.customerPools,
    );
    const members = await readAllPages(
      async (after) =>
        (await this.client.request(ReadPoolMembersDocument, { ...page, after }, options)).customerPoolMembers,
      first.customerPoolMembers,
    );
    const rules = await readAllPages(
      async (after) => (await this.client.request(ReadReclaimRulesDocument, { ...page, after }, options)).reclaimRules,
      first.reclaimRules,
    );
    const leaves = await readAllPages(
      async (after) => (await this.client.request(ReadMemberLeavesDocument, { ...page, after }, options)).memberLeaves,
      first.memberLeaves,
    );
    return {
      pools: pools.map((pool) => this.toRecord(pool)),
      members: members.map(({ customerPoolId, ...member }) => ({ ...member, poolId: customerPoolId })),
      rules,
      leaves,
    };
  }

  /**
   * Says on the pool's record what the engine cannot use; null takes it back.
   * @throws TwentyError NOT_FOUND when the pool is gone
   */
  async setProblem(poolId: string, problem: string | null, options: CallOptions): Promise<void> {
    await this.client.request(SetPoolProblemDocument, { id: poolId, problem }, options);
  }

  private toRecord(pool: PoolNode): PoolRecord {
    const { id, name, updatedAt, deletedAt } = pool;
    return {
      id,
      name: shownName(name),
      updatedAt,
      deletedAt,
      fields: Object.fromEntries(this.fieldNames.map((field) => [field, pool[field]])),
    };
  }
}
