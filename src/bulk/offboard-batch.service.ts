import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { OwnershipEvent } from '../domain/change/ownership-event';
import { customerKey } from '../domain/customer/customer';
import { refuseUnlessManager } from '../domain/pool/managed-customer';
import { refuse } from '../domain/refusal/refusal';
import { PoolsService } from '../pools/pools.service';
import type { BatchChange, BatchContext, BatchDecider, ItemDecision } from './batch.types';
import { candidatesOf } from './candidates';
import { loadReceivers } from './receivers';
import { insertMoves } from './related.queries';

/**
 * docs/semantics.md#offboarding: a leaver's customers go to the successor as far as limits allow, the others to their
 * pools. An operation that somebody began, before the member leaves, has the rights of whoever began it.
 */
@Injectable()
export class OffboardBatch implements BatchDecider {
  constructor(private readonly pools: PoolsService) {}

  async decide(context: BatchContext): Promise<ItemDecision[]> {
    const { manager, operation, items, pools, settings, now } = context;
    const manages =
      operation.createdBy === null
        ? null
        : await this.pools.actor(operation.createdBy, operation.input.isWorkspaceAdmin, manager);
    const candidateOf = manages && (await candidatesOf(manager, manages.memberId, pools, context.customers.values()));
    const memberIds = [...new Set(items.flatMap(({ toMemberId }) => toMemberId ?? []))];
    const { targets, room } = await loadReceivers(manager, this.pools, pools, settings, memberIds, now);
    return items.map((item): ItemDecision => {
      const customer = context.customers.get(customerKey(item));
      if (!customer) return { item, refusal: refuse('NOT_FOUND') };
      if (customer.ownerId !== item.expectedOwnerId || !customer.poolId) return { item, refusal: refuse('STALE') };
      const refusal = manages && candidateOf && refuseUnlessManager(candidateOf(customer), manages);
      if (refusal) return { item, refusal };
      const countable = { poolId: customer.poolId, isWon: customer.isWon };
      const successor = targets.find(({ memberId }) => memberId === item.toMemberId);
      const takes =
        successor &&
        successor.unfitFor(customer.poolId) === null &&
        room.refuse(successor.memberId, countable) === null;
      if (takes) room.take(successor.memberId, countable);
      return { item, event: offboarded(customer.poolId, takes ? successor.memberId : null, context) };
    });
  }

  async follow({ manager, operation, settings }: BatchContext, changes: BatchChange[]): Promise<void> {
    await insertMoves(manager, operation.id, changes, {
      opportunities: settings.OPPORTUNITIES_FOLLOW_OWNER,
      tasks: settings.TASKS_FOLLOW_OWNER,
    });
  }
}

function offboarded(poolId: string, toId: string | null, { operation, now }: BatchContext): OwnershipEvent {
  const { createdBy: actorId, id: batchId } = operation;
  return {
    id: randomUUID(),
    type: 'OFFBOARDED',
    toId,
    actorId,
    poolId,
    reason: operation.input.reason,
    batchId,
    at: now,
  };
}
