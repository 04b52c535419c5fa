import { In, type EntityManager } from 'typeorm';
import { v5 as uuidFromName } from 'uuid';
import { customerKey } from '../domain/customer/customer';
import type { HeldFacts } from '../domain/custody/hold-history';
import { decisionNotice, requestNotice } from '../domain/custody/more-time-notices';
import { HoldEntity } from '../storage/entities/hold.entity';
import type { OwnershipEventEntity } from '../storage/entities/ownership-event.entity';
import { PoolMemberEntity } from '../storage/entities/pool-member.entity';
import type { Notice } from './notice';

/**
 * docs/semantics.md#more-time: managers of the pool are told of a request that waits for them, the owner of what was
 * decided.
 */
export async function moreTimeNotices(manager: EntityManager, events: OwnershipEventEntity[]): Promise<Notice[]> {
  const held = events.flatMap((event) => {
    const facts = heldFacts(event);
    return facts?.kind === 'REQUEST' || facts?.kind === 'DECISION' ? [{ event, facts }] : [];
  });
  if (held.length === 0) return [];
  const managers = await managersOf(
    manager,
    held.map(({ event }) => event),
  );
  return held.flatMap(({ event, facts }): Notice[] => {
    const { fromId, fromName, actorName, reason, note } = event;
    const { days } = facts;
    if (facts.kind === 'DECISION') {
      const { approved } = facts;
      if (!fromId || fromId === event.actorId) return [];
      const text: Notice['text'] = (customerName, locale) =>
        decisionNotice({ customerName, managerName: actorName, approved, days, note }, locale);
      return [
        {
          event,
          memberId: fromId,
          taskId: uuidFromName(`more-time decided:${fromId}`, event.id),
          dueAt: event.at,
          text,
        },
      ];
    }
    const { until, decideBy } = facts;
    const text: Notice['text'] = (customerName, locale) =>
      requestNotice({ customerName, ownerName: fromName, days, reason, until }, locale);
    return (managers.get(event.poolId ?? '') ?? []).map((memberId) => ({
      event,
      memberId,
      taskId: requestTaskId(memberId, event.id),
      dueAt: decideBy,
      text,
    }));
  });
}

/** Tasks of managers who need not decide any more: somebody has, the owner asked for something else, or lost the customer. */
export async function settledRequestTasks(manager: EntityManager, events: OwnershipEventEntity[]): Promise<string[]> {
  const ended = events.filter((event) => heldFacts(event) !== null || event.fromId !== event.toId);
  if (ended.length === 0) return [];
  const requests = await manager.find(HoldEntity, {
    where: { kind: 'REQUEST', recordId: In(ended.map(({ recordId }) => recordId)) },
  });
  const settled = requests.flatMap((request) => {
    const event = ended.find(
      (one) =>
        customerKey(one) === customerKey(request) &&
        one.fromId === request.memberId &&
        one.id !== request.id &&
        one.at >= request.requestedAt,
    );
    return event && (request.state !== 'WAITING' || event.toId !== request.memberId) ? [{ request, event }] : [];
  });
  const managers = await managersOf(
    manager,
    settled.map(({ event }) => event),
  );
  return settled.flatMap(({ request, event }) =>
    (managers.get(event.poolId ?? '') ?? []).map((memberId) => requestTaskId(memberId, request.id)),
  );
}

function requestTaskId(memberId: string, requestId: string): string {
  return uuidFromName(`more-time:${memberId}`, requestId);
}

async function managersOf(manager: EntityManager, events: OwnershipEventEntity[]): Promise<Map<string, string[]>> {
  const poolIds = [...new Set(events.flatMap(({ poolId }) => poolId ?? []))];
  const rows =
    poolIds.length === 0
      ? []
      : await manager.find(PoolMemberEntity, {
          where: { poolId: In(poolIds), memberRole: 'MANAGER' },
          order: { id: 'ASC' },
        });
  return new Map(
    poolIds.map((poolId) => [
      poolId,
      [...new Set(rows.filter((row) => row.poolId === poolId).map(({ memberId }) => memberId))],
    ]),
  );
}

function heldFacts({ type, facts }: OwnershipEventEntity): HeldFacts | null {
  return type === 'HELD' && typeof facts?.['kind'] === 'string' ? (facts as HeldFacts & Record<string, unknown>) : null;
}
