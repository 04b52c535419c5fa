import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { decideHandover } from '../domain/assignment/decide-handover';
import type { OwnershipEvent } from '../domain/change/ownership-event';
import { type CustomerRef, customerKey } from '../domain/customer/customer';
import { refuse, type Refusal } from '../domain/refusal/refusal';
import { PoolsService } from '../pools/pools.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { OperationItemEntity, OperationItemState } from '../storage/entities/operation-item.entity';
import type { BatchChange, BatchContext, BatchDecider, ItemDecision } from './batch.types';
import { candidatesOf } from './candidates';
import { loadReceivers } from './receivers';
import { insertMoves } from './related.queries';

/** Decides again, under locks, what the plan of a reassignment says: rights, owner and limits as they are now. */
@Injectable()
export class HandoverBatch implements BatchDecider {
  constructor(private readonly pools: PoolsService) {}

  async decide(context: BatchContext): Promise<ItemDecision[]> {
    const { manager, operation, items, pools, settings, now } = context;
    const actor = await this.pools.actor(operation.createdBy ?? '', operation.input.isWorkspaceAdmin, manager);
    const memberIds = [...new Set(items.flatMap(({ toMemberId }) => toMemberId ?? []))];
    const { targets, room, members } = await loadReceivers(manager, this.pools, pools, settings, memberIds, now);
    const heads = await headStates(manager, operation.id, items);
    const candidateOf = await candidatesOf(manager, actor.memberId, pools, context.customers.values());
    const outcome = new Map<string, OperationItemState>();

    return items.map((item): ItemDecision => {
      const decided = this.decideItem(item, context, (customer) => {
        const target = targets.find(({ memberId }) => memberId === item.toMemberId);
        const headState = item.headId === null ? 'DONE' : (outcome.get(item.headId) ?? heads.get(item.headId));
        if (headState === 'WAITING') return 'wait';
        // A follower stays with the company.
        if (headState === 'REFUSED' || headState === 'SKIPPED') return { refusal: refuse('STALE') };
        const candidate = {
          ...candidateOf(customer, members.get(customer.ownerId ?? '')?.name),
          quietUntil: customer.quietUntil,
        };
        const handover = { actor, targetIds: new Set(memberIds), timeZone: settings.TIME_ZONE, now };
        const rights = item.headId === null ? decideHandover(candidate, handover) : null;
        const refusal =
          rights ??
          owned(customer, item) ??
          target?.unfitFor(customer.poolId ?? '') ??
          (target ? null : refuse('TARGET_NOT_ELIGIBLE'));
        if (refusal || !target) return { refusal: refusal ?? refuse('TARGET_NOT_ELIGIBLE') };
        const countable = { poolId: customer.poolId ?? '', isWon: customer.isWon };
        const full = room.refuse(target.memberId, countable);
        if (full && !operation.input.overrideCapacity) return { refusal: full };
        room.take(target.memberId, countable);
        return { override: full };
      });
      outcome.set(item.recordId, 'event' in decided ? 'WRITTEN' : 'wait' in decided ? 'WAITING' : 'REFUSED');
      return decided;
    });
  }

  async follow({ manager, operation, settings }: BatchContext, changes: BatchChange[]): Promise<void> {
    if (!operation.input.withRelated) return;
    await insertMoves(manager, operation.id, changes, {
      opportunities: settings.OPPORTUNITIES_FOLLOW_OWNER,
      tasks: settings.TASKS_FOLLOW_OWNER,
    });
  }

  private decideItem(
    item: OperationItemEntity,
    context: BatchContext,
    judge: (customer: CustomerEntity) => 'wait' | { refusal: Refusal } | { override: Refusal | null },
  ): ItemDecision {
    const customer = context.customers.get(customerKey(item));
    if (!customer) return { item, refusal: refuse('NOT_FOUND') };
    const judged = judge(customer);
    if (judged === 'wait') return { item, wait: true };
    if ('refusal' in judged) return { item, refusal: judged.refusal };
    return { item, event: handedOver(customer, item, context, judged.override) };
  }
}

/** Whoever had it when the operation was made must have it still. */
function owned(customer: CustomerEntity, { expectedOwnerId }: OperationItemEntity): Refusal | null {
  return customer.ownerId === expectedOwnerId ? null : refuse('STALE');
}

function handedOver(
  customer: CustomerEntity,
  item: OperationItemEntity,
  { operation, now }: BatchContext,
  override: Refusal | null,
): OwnershipEvent {
  const { used, limit, scope } = override?.params ?? {};
  return {
    id: randomUUID(),
    type: customer.status === 'OWNED' ? 'REASSIGNED' : 'ASSIGNED',
    toId: item.toMemberId ?? '',
    actorId: operation.createdBy,
    poolId: customer.poolId,
    reason: operation.input.reason,
    facts: {
      ...(item.headId === null ? {} : { followedCompany: item.headId }),
      ...(override?.params ? { override: { capacity: { used, limit, scope } } } : {}),
    },
    batchId: operation.id,
    at: now,
  };
}

/** What became of the companies that these items follow, as far as earlier batches know. */
async function headStates(
  manager: EntityManager,
  operationId: string,
  items: OperationItemEntity[],
): Promise<Map<string, OperationItemState>> {
  const headIds = [...new Set(items.flatMap(({ headId }) => headId ?? []))];
  const rows = (await manager.query(
    `SELECT record_id AS "recordId", state FROM operation_item WHERE operation_id = $1 AND record_id = ANY($2)`,
    [operationId, headIds],
  )) as (Pick<CustomerRef, 'recordId'> & { state: OperationItemState })[];
  return new Map(rows.map(({ recordId, state }) => [recordId, state]));
}
