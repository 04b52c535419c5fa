import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { customerKey } from '../domain/customer/customer';
import { toOwned, toPooled } from '../domain/customer/state-transitions';
import { refuseUnlessManager } from '../domain/pool/managed-customer';
import { refuse } from '../domain/refusal/refusal';
import { beforeOf, type CustomerChange, fieldsOf, stateOf } from '../changes';
import { PoolsService } from '../pools/pools.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { BatchContext, BatchDecider, ItemDecision } from './batch.types';
import { loadReceivers } from './receivers';
import { insertMoves } from './related.queries';

/**
 * Semantics section 7: a leaver's customers go to the successor as far as limits allow, the others to their pools. A job that
 * somebody began, before the member leaves, has the rights of whoever began it.
 */
@Injectable()
export class OffboardBatch implements BatchDecider {
  constructor(private readonly pools: PoolsService) {}

  async decide(context: BatchContext): Promise<ItemDecision[]> {
    const { manager, job, items, pools, settings, now } = context;
    const manages =
      job.createdBy === null ? null : await this.pools.actor(job.createdBy, job.input.isWorkspaceAdmin, manager);
    const memberIds = [...new Set(items.flatMap(({ toMemberId }) => toMemberId ?? []))];
    const { targets, room } = await loadReceivers(manager, this.pools, pools, settings, memberIds, now);
    return items.map((item): ItemDecision => {
      const customer = context.customers.get(customerKey(item));
      if (!customer) return { item, refusal: refuse('NOT_FOUND') };
      if (customer.ownerId !== item.expectedOwnerId || !customer.poolId) return { item, refusal: refuse('STALE') };
      const candidate = {
        object: customer.object,
        status: customer.status,
        pool: pools.get(customer.poolId) ?? null,
        ownerId: customer.ownerId,
        ownerName: null,
      };
      const refusal = manages && refuseUnlessManager(candidate, manages);
      if (refusal) return { item, refusal };
      const countable = { poolId: customer.poolId, isWon: customer.isWon };
      const successor = targets.find(({ memberId }) => memberId === item.toMemberId);
      const takes =
        successor &&
        successor.unfitFor(customer.poolId) === null &&
        room.refuse(successor.memberId, countable) === null;
      if (takes) room.take(successor.memberId, countable);
      return { item, change: offboardChange(customer, takes ? successor.memberId : null, context) };
    });
  }

  async follow({ manager, job, settings }: BatchContext, changes: CustomerChange[]): Promise<void> {
    await insertMoves(manager, job.id, changes, {
      opportunities: settings.OPPORTUNITIES_FOLLOW_OWNER,
      tasks: settings.TASKS_FOLLOW_OWNER,
    });
  }
}

function offboardChange(
  customer: CustomerEntity,
  successorId: string | null,
  { job, now }: BatchContext,
): CustomerChange {
  const before = stateOf(customer);
  const after = successorId ? toOwned(before, successorId, now) : toPooled(before, customer.poolId ?? '', now);
  return {
    customer,
    after,
    event: {
      id: randomUUID(),
      type: 'OFFBOARDED',
      state: 'PENDING',
      fromId: customer.ownerId,
      toId: successorId,
      actorId: job.createdBy,
      poolId: customer.poolId,
      reason: job.input.reason,
      facts: { before: beforeOf(customer) },
      batchId: job.id,
      at: now,
    },
    // When a member has been removed, Twenty has emptied the owner already.
    write: {
      kind: 'COMMAND',
      expectedOwners: job.createdBy === null ? [null, successorId] : [customer.ownerId, successorId],
      data: fieldsOf(after),
    },
  };
}
