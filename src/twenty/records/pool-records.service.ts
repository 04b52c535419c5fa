import { Injectable } from '@nestjs/common';
import { parse, type TypedQueryDocumentNode } from 'graphql';
import { PluginManifest } from '../../config/plugin-manifest';
import { DELETED_OR_NOT, type RecordFilter } from './customer-write';
import { ReadPoolMembersDocument, SetPoolProblemDocument } from '../generated/core';
import { type Connection, readAllPages } from '../client/read-pages';
import { TwentyClient } from '../client/twenty-client.service';
import { TWENTY_BATCH } from '../client/twenty.limits';
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

@Injectable()
export class PoolRecords {
  private readonly fieldNames: string[];
  private readonly document: ReadPoolsDocument;

  constructor(
    private readonly client: TwentyClient,
    manifest: PluginManifest,
  ) {
    this.fieldNames = manifest.poolFields.map(({ name }) => name);
    this.document = readPoolsDocument(this.fieldNames);
  }

  /**
   * Every pool, soft-deleted ones with `deletedAt`, and every pool member that is not deleted.
   * @throws TwentyError
   */
  async readAll(options: CallOptions): Promise<{ pools: PoolRecord[]; members: PoolMemberRecord[] }> {
    const pools = await readAllPages(
      async (after) =>
        (await this.client.request(this.document, { first: TWENTY_BATCH, after, filter: DELETED_OR_NOT }, options))
          .customerPools,
    );
    const members = await readAllPages(
      async (after) =>
        (await this.client.request(ReadPoolMembersDocument, { first: TWENTY_BATCH, after }, options))
          .customerPoolMembers,
    );
    return {
      pools: pools.map((pool) => this.toRecord(pool)),
      members: members.map(({ customerPoolId, ...member }) => ({ ...member, poolId: customerPoolId })),
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
      name: name || null,
      updatedAt,
      deletedAt,
      fields: Object.fromEntries(this.fieldNames.map((field) => [field, pool[field]])),
    };
  }
}
