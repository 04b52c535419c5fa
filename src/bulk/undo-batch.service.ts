import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { In } from 'typeorm';
import { customerKey, type CustomerState, type PoolStatus } from '../domain/customer/customer';
import { refuseUnlessManager } from '../domain/pool/managed-customer';
import { refuse, type Refusal } from '../domain/refusal/refusal';
import { type CustomerChange, fieldsOf, stateOf } from '../changes';
import { PoolsService } from '../pools/pools.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import { MemberEntity } from '../storage/entities/member.entity';
import type { OwnershipEventEntity } from '../storage/entities/ownership-event.entity';
import type { BatchContext, BatchDecider, ItemDecision } from './batch.types';
import { insertReturns } from './related.queries';
import { eventsById, latestEvents } from './undo.queries';

/** What an event says was before it; see `beforeOf`. Events of the sweep leave out what a reclaimed customer always was. */
interface Before {
  status?: PoolStatus;
  poolId?: string | null;
  ownerId?: string | null;
  ownedSince?: string | null;
  pooledSince?: string | null;
  formerOwnerId?: string | null;
}

/** Puts customers back to what they were, where nothing has happened to them since. It restores, so no limit is asked. */
@Injectable()
export class UndoBatch implements BatchDecider {
  constructor(private readonly pools: PoolsService) {}

  async decide(context: BatchContext): Promise<ItemDecision[]> {
    const { manager, job, items, pools } = context;
    const actor = await this.pools.actor(job.createdBy ?? '', job.input.isWorkspaceAdmin, manager);
    const events = new Map(
      (
        await eventsById(
          manager,
          items.flatMap(({ eventId }) => eventId ?? []),
        )
      ).map((event) => [event.id, event]),
    );
    const latest = await latestEvents(
      manager,
      items.map(({ recordId }) => recordId),
    );
    const owners = [...events.values()].flatMap(({ fromId }) => fromId ?? []);
    const gone = new Map(
      (await manager.findBy(MemberEntity, { id: In([...new Set(owners)]) })).map(({ id, name, removedAt }) => [
        id,
        removedAt === null ? null : name,
      ]),
    );

    return items.map((item): ItemDecision => {
      const customer = context.customers.get(customerKey(item));
      const event = events.get(item.eventId ?? '');
      if (!customer) return { item, refusal: refuse('NOT_FOUND') };
      if (!event || latest.get(customerKey(item)) !== event.id) return { item, refusal: refuse('STALE') };
      const candidate = {
        object: customer.object,
        status: customer.status,
        pool: pools.get(customer.poolId ?? '') ?? null,
        ownerId: customer.ownerId,
        ownerName: null,
      };
      const rights = item.headId === null ? refuseUnlessManager(candidate, actor) : null;
      const refusal = rights ?? goneOwner(event, gone);
      return refusal ? { item, refusal } : { item, change: undoChange(customer, event, context) };
    });
  }

  async follow({ manager, job }: BatchContext, changes: CustomerChange[]): Promise<void> {
    await insertReturns(manager, job.id, changes);
  }
}

function goneOwner({ fromId }: OwnershipEventEntity, gone: Map<string, string | null>): Refusal | null {
  if (fromId === null) return null;
  const name = gone.get(fromId);
  return name === null
    ? null
    : refuse('TARGET_NOT_ELIGIBLE', { targetProblem: 'GONE', ...(name ? { memberName: name } : {}) });
}

function undoChange(
  customer: CustomerEntity,
  event: OwnershipEventEntity,
  { job, pools, now }: BatchContext,
): CustomerChange {
  const before = (event.facts?.['before'] ?? {}) as Before;
  const status = before.status ?? (event.fromId ? 'OWNED' : 'POOLED');
  const after: CustomerState = {
    ...stateOf(customer),
    status,
    poolId: before.poolId && pools.has(before.poolId) ? before.poolId : customer.poolId,
    ownerId: status === 'OWNED' ? event.fromId : null,
    ownedSince: status === 'OWNED' ? (before.ownedSince ?? now) : null,
    pooledSince: status === 'OWNED' ? null : (before.pooledSince ?? now),
    formerOwnerId: before.formerOwnerId ?? null,
  };
  return {
    customer,
    after,
    event: {
      id: randomUUID(),
      type: 'UNDONE',
      state: 'PENDING',
      fromId: customer.ownerId,
      toId: after.ownerId,
      actorId: job.createdBy,
      poolId: after.poolId,
      facts: { undoes: event.id, type: event.type },
      batchId: job.id,
      at: now,
    },
    write: { kind: 'COMMAND', expectedOwners: [customer.ownerId, after.ownerId], data: fieldsOf(after) },
  };
}
