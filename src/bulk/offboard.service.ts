import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { type Actor, isManagerOf, type Pool } from '../domain/pool/pool-policy';
import { maySee } from '../domain/customer/acting-member';
import { refuseUnlessManager } from '../domain/pool/managed-customer';
import { seesCustomer } from '../domain/pool/visibility';
import type { RefusalCode } from '../domain/refusal/refusal';
import type { ActingMember } from '../changes';
import { PoolsService } from '../pools/pools.service';
import { requireIndex } from '../storage/engine-lock';
import { MemberEntity } from '../storage/entities/member.entity';
import { inTransaction } from '../storage/transaction';
import { AssignmentError, notAManager } from './assignment.errors';
import { candidatesOf } from './candidates';
import { Operations, type OperationProgress, type NewOperation } from './operations.service';
import { refusedItem } from './handover-plan';
import type { NewOperationItem } from './operation-store.queries';
import { ownedBy, type PlannedRow } from './plan.queries';

export interface OffboardRequest {
  /** Whose customers. */
  memberId: string;
  reason: string | null;
  requestId: string | null;
}

export interface OffboardForecast {
  total: number;
  perPool: { pool: Pool; receives: number }[];
  refusals: { code: RefusalCode; count: number }[];
}

/** docs/semantics.md#offboarding, by hand: before a member leaves, everything they own goes back to its home pools. */
@Injectable()
export class OffboardService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pools: PoolsService,
    private readonly operations: Operations,
  ) {}

  /** @throws AssignmentError, IndexBusyError */
  async preview(member: ActingMember, memberId: string): Promise<OffboardForecast> {
    return inTransaction(this.dataSource, async (manager) => {
      await requireIndex(manager);
      const { pools, rows, items } = await this.plan(manager, member, memberId);
      const going = new Set(items.flatMap(({ recordId, state }) => (state === 'WAITING' ? [recordId] : [])));
      const codes = items.flatMap(({ refusal }) => refusal?.code ?? []);
      return {
        total: items.length,
        perPool: [...pools.values()]
          .map((pool) => ({
            pool,
            receives: rows.filter(({ recordId, poolId }) => poolId === pool.id && going.has(recordId)).length,
          }))
          .filter(({ receives }) => receives > 0),
        refusals: [...new Set(codes)].map((code) => ({ code, count: codes.filter((other) => other === code).length })),
      };
    });
  }

  /** @throws AssignmentError, RequestIdReusedError, IndexBusyError */
  async offboard(member: ActingMember, { memberId, reason, requestId }: OffboardRequest): Promise<OperationProgress> {
    const operation: NewOperation = {
      kind: 'OFFBOARD',
      createdBy: member.memberId,
      requestId,
      identity: { offboard: memberId, reason },
      input: { reason, overrideCapacity: false, withRelated: false, isWorkspaceAdmin: member.isWorkspaceAdmin },
      undoes: null,
    };
    const repeated = await this.operations.repeated(this.dataSource.manager, operation);
    return this.operations.progress(
      repeated ??
        (await inTransaction(this.dataSource, async (manager) => {
          await requireIndex(manager);
          return this.operations.create(
            manager,
            operation,
            async () => (await this.plan(manager, member, memberId)).items,
          );
        })),
    );
  }

  private async plan(
    manager: EntityManager,
    member: ActingMember,
    memberId: string,
  ): Promise<{ pools: Map<string, Pool>; rows: PlannedRow[]; items: NewOperationItem[] }> {
    const actor = await this.pools.actor(member.memberId, member.isWorkspaceAdmin, manager);
    const pools = await this.pools.all(manager);
    requireManager(actor, pools);
    if (!(await manager.existsBy(MemberEntity, { id: memberId }))) {
      throw new AssignmentError(
        'BAD_USER_INPUT',
        'memberId must name a member of the workspace. memberId 必须是工作区成员。',
      );
    }
    const owned = (await ownedBy(manager, memberId)).filter(({ object }) => maySee(member, object));
    const candidateOf = await candidatesOf(manager, member.memberId, pools, owned);
    // What the caller does not see is neither counted nor refused.
    const rows = owned.filter((row) => seesCustomer(actor, candidateOf(row)));
    const items = rows.map((row): NewOperationItem => {
      const refusal = refuseUnlessManager(candidateOf(row), actor);
      if (refusal) return refusedItem(row, refusal);
      return {
        object: row.object,
        recordId: row.recordId,
        headId: null,
        expectedOwnerId: memberId,
        toMemberId: null,
        eventId: null,
        state: 'WAITING',
        refusal: null,
      };
    });
    return { pools, rows, items };
  }
}

function requireManager(actor: Actor, pools: Map<string, Pool>): void {
  if (!actor.isWorkspaceAdmin && ![...pools.keys()].some((poolId) => isManagerOf(actor, poolId))) throw notAManager();
}
