import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../config/clock';
import type { SplitStrategy } from '../domain/assignment/split-customers';
import type { CustomerRef } from '../domain/customer/customer';
import { capacityInPool, isManagerOf, type Pool } from '../domain/pool/pool-policy';
import type { RefusalCode } from '../domain/refusal/refusal';
import type { ActingMember } from '../changes';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import { requireIndex } from '../storage/engine-lock';
import type { OperationEntity } from '../storage/entities/operation.entity';
import type { MemberEntity } from '../storage/entities/member.entity';
import { inTransaction } from '../storage/transaction';
import { AssignmentError, notAManager } from './assignment.errors';
import { Operations, type OperationProgress, type NewOperation } from './operations.service';
import { planHandover } from './handover-plan';
import type { NewOperationItem } from './operation-store.queries';
import { rowsOf } from './plan.queries';
import { loadReceivers, type Receivers } from './receivers';
import { type Selection, SelectionReader, type Selector } from './selection-reader.service';

export interface ReassignRequest {
  selection: Selection;
  toMemberIds: string[];
  strategy: SplitStrategy;
  reason: string | null;
  overrideCapacity: boolean;
  withRelated: boolean;
  requestId: string | null;
}

export interface ReassignShare {
  member: MemberEntity;
  receives: number;
  /** What counts towards the limit that binds first. */
  ownsNow: number;
  limit: number | null;
}

export interface ReassignForecast {
  total: number;
  perMember: ReassignShare[];
  refusals: { code: RefusalCode; count: number }[];
}

/**
 * docs/semantics.md#assign: hands customers, pooled or owned, to one member or to several; looked at first, then done
 * as an operation.
 */
@Injectable()
export class ReassignService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
    private readonly selections: SelectionReader,
    private readonly operations: Operations,
    private readonly clock: Clock,
  ) {}

  /** @throws AssignmentError, TwentyError, IndexBusyError */
  async preview(member: Selector, request: ReassignRequest): Promise<ReassignForecast> {
    await this.requireManager(member);
    const refs = await this.selections.read(member, request.selection);
    return inTransaction(this.dataSource, async (manager) => {
      await requireIndex(manager);
      const shares = await this.shares(manager, member, request, refs);
      const items = await this.plan(manager, member, request, refs);
      const codes = items.flatMap(({ refusal }) => refusal?.code ?? []);
      return {
        total: items.length,
        perMember: shares.map((share) => ({
          ...share,
          receives: items.filter(({ toMemberId }) => toMemberId === share.member.id).length,
        })),
        refusals: [...new Set(codes)].map((code) => ({ code, count: codes.filter((other) => other === code).length })),
      };
    });
  }

  /** @throws AssignmentError, RequestIdReusedError, TwentyError, IndexBusyError */
  async reassign(member: Selector, request: ReassignRequest): Promise<OperationProgress> {
    await this.requireManager(member);
    const { requestId, reason, overrideCapacity, withRelated, ...rest } = request;
    const operation: NewOperation = {
      kind: 'REASSIGN',
      createdBy: member.memberId,
      requestId,
      identity: { ...rest, reason, overrideCapacity, withRelated },
      input: { reason, overrideCapacity, withRelated, isWorkspaceAdmin: member.isWorkspaceAdmin },
      undoes: null,
    };
    const repeated = await this.operations.repeated(this.dataSource.manager, operation);
    return this.operations.progress(repeated ?? (await this.create(member, request, operation)));
  }

  private async create(member: Selector, request: ReassignRequest, operation: NewOperation): Promise<OperationEntity> {
    const refs = await this.selections.read(member, request.selection);
    return inTransaction(this.dataSource, async (manager) => {
      await requireIndex(manager);
      return this.operations.create(manager, operation, () => this.plan(manager, member, request, refs));
    });
  }

  private async plan(
    manager: EntityManager,
    member: ActingMember,
    request: ReassignRequest,
    refs: CustomerRef[],
  ): Promise<NewOperationItem[]> {
    const settings = await this.settings.current(manager);
    const pools = await this.pools.all(manager);
    return planHandover(manager, {
      actor: await this.pools.actor(member.memberId, member.isWorkspaceAdmin, manager),
      pools,
      settings,
      receivers: await this.receivers(manager, request, pools),
      refs,
      strategy: request.strategy,
      overrideCapacity: request.overrideCapacity,
      withRelated: request.withRelated,
      now: this.clock.now(),
    });
  }

  private async receivers(
    manager: EntityManager,
    { toMemberIds }: ReassignRequest,
    pools: Map<string, Pool>,
  ): Promise<Receivers> {
    const memberIds = [...new Set(toMemberIds)];
    const receivers = await loadReceivers(
      manager,
      this.pools,
      pools,
      await this.settings.current(manager),
      memberIds,
      this.clock.now(),
    );
    if (memberIds.length === 0 || receivers.members.size < memberIds.length) {
      throw new AssignmentError(
        'BAD_USER_INPUT',
        'toMemberIds must name members of the workspace. toMemberIds 必须是工作区成员。',
      );
    }
    return receivers;
  }

  /** What each has now, told by the limit that binds first: the pools of what may be moved together, or the whole workspace. */
  private async shares(
    manager: EntityManager,
    member: ActingMember,
    request: ReassignRequest,
    refs: CustomerRef[],
  ): Promise<Omit<ReassignShare, 'receives'>[]> {
    const pools = await this.pools.all(manager);
    const { members, memberCapacity } = await this.receivers(manager, request, pools);
    const actor = await this.pools.actor(member.memberId, member.isWorkspaceAdmin, manager);
    const rows = await rowsOf(manager, refs);
    const concerned = [...new Set([...rows.values()].map(({ poolId }) => poolId))]
      .flatMap((poolId) => pools.get(poolId ?? '') ?? [])
      .filter(({ id }) => isManagerOf(actor, id));
    return [...members.values()].map(({ entity, member: receiver, book }) => {
      const limits = concerned.map((pool) => capacityInPool(pool, receiver.memberships.get(pool.id)));
      const inPools = concerned.reduce((sum, { id }) => sum + book.inPool(id).holding, 0);
      const poolLimit =
        limits.length === 0 || limits.includes(null)
          ? null
          : limits.reduce<number>((sum, limit) => sum + (limit ?? 0), 0);
      const workspaceBinds =
        memberCapacity !== null && (poolLimit === null || memberCapacity - book.holding() < poolLimit - inPools);
      return workspaceBinds
        ? { member: entity, ownsNow: book.holding(), limit: memberCapacity }
        : { member: entity, ownsNow: inPools, limit: poolLimit };
    });
  }

  private async requireManager(member: ActingMember): Promise<void> {
    const actor = await this.pools.actor(member.memberId, member.isWorkspaceAdmin);
    const pools = await this.pools.all();
    if (!member.isWorkspaceAdmin && ![...pools.keys()].some((poolId) => isManagerOf(actor, poolId)))
      throw notAManager();
  }
}
