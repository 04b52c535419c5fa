import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { In, IsNull, Not } from 'typeorm';
import { stateOf } from '../changes';
import { decideUndo } from '../domain/change/decide-undo';
import { customerKey } from '../domain/customer/customer';
import { refuseUnlessManager } from '../domain/pool/managed-customer';
import { refuse } from '../domain/refusal/refusal';
import { PoolsService } from '../pools/pools.service';
import { MemberEntity } from '../storage/entities/member.entity';
import type { BatchChange, BatchContext, BatchDecider, ItemDecision } from './batch.types';
import { candidatesOf } from './candidates';
import { insertReturns } from './related.queries';
import { eventsById, latestEvents } from './undo.queries';

/** Puts customers back to what they were, where nothing has happened to them since. It restores, so no limit is asked. */
@Injectable()
export class UndoBatch implements BatchDecider {
  constructor(private readonly pools: PoolsService) {}

  async decide(context: BatchContext): Promise<ItemDecision[]> {
    const { manager, operation, items, pools, now } = context;
    const actor = await this.pools.actor(operation.createdBy ?? '', operation.input.isWorkspaceAdmin, manager);
    const candidateOf = await candidatesOf(manager, actor.memberId, pools, context.customers.values());
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
      [...events.keys()],
    );
    const owners = [...events.values()].flatMap(({ fromId }) => fromId ?? []);
    const gone = new Map(
      (await manager.findBy(MemberEntity, { id: In([...new Set(owners)]), removedAt: Not(IsNull()) })).map(
        ({ id, name }) => [id, name],
      ),
    );

    return items.map((item): ItemDecision => {
      const customer = context.customers.get(customerKey(item));
      if (!customer) return { item, refusal: refuse('NOT_FOUND') };
      const rights = item.headId === null ? refuseUnlessManager(candidateOf(customer), actor) : null;
      if (rights) return { item, refusal: rights };
      const event = events.get(item.eventId ?? '') ?? null;
      const isLatest = latest.get(customerKey(item)) === event?.id;
      const decided = decideUndo(stateOf(customer), event, isLatest, {
        pools,
        gone,
        actorId: operation.createdBy,
        batchId: operation.id,
        now,
      });
      return 'code' in decided ? { item, refusal: decided } : { item, event: { ...decided, id: randomUUID() } };
    });
  }

  async follow({ manager, operation }: BatchContext, changes: BatchChange[]): Promise<void> {
    await insertReturns(manager, operation.id, changes);
  }
}
