import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { localDate, startOfLocalDate, addCalendarDays } from '../domain/calendar/local-days';
import { type CustomerRef, customerKey } from '../domain/customer/customer';
import { decideMoreTime, decideRequest } from '../domain/custody/decide-more-time';
import {
  type CustomerHold,
  concerns,
  extensionsUsed,
  type HeldEvent,
  type HeldFacts,
  type Ownership,
  waitingRequest,
} from '../domain/custody/hold-history';
import { extensionPeriod, waitingPeriod } from '../domain/custody/hold-period';
import type { Hold } from '../domain/idle-clock/clock.types';
import type { PoolPolicy } from '../domain/pool/pool-policy';
import type { WorkingCalendar } from '../domain/calendar/working-calendar';
import { IdleClock } from '../idle-clock/idle-clock.service';
import { PoolsService } from '../pools/pools.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { ActingMember } from '../domain/customer/acting-member';
import type { OwnershipEvent } from '../domain/change/ownership-event';
import { type CommandAnswer, type CommandInput, CommandRunner } from '../changes/command-runner.service';
import { decideEach } from './decide-each';
import { heldChange } from './held-change';
import { holdsByCustomer, keepHolds, leavesOf } from '../changes';
import { loadManaged } from './managed-customers';

export interface MoreTimeInput {
  refs: CustomerRef[];
  /** Counted days. */
  days: number;
  reason: string;
  requestId: string | null;
}

export interface MoreTimeDecision {
  refs: CustomerRef[];
  approve: boolean;
  note: string | null;
  requestId: string | null;
}

/**
 * docs/semantics.md#more-time. What an owner asked for, and what became of it, is theirs alone: it ends with their
 * ownership (see `concerns`).
 */
@Injectable()
export class MoreTimeService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly pools: PoolsService,
    private readonly idleClock: IdleClock,
  ) {}

  /** Granted within the pool's allowance, else it waits for a manager. @throws IndexBusyError */
  async ask(member: ActingMember, input: MoreTimeInput): Promise<CommandAnswer> {
    const { refs, days, reason, requestId } = input;
    return this.runner.run({
      kind: 'ASK_FOR_MORE_TIME',
      actorId: member.memberId,
      via: member.via,
      requestId,
      input: { refs, days, reason },
      refs,
      memberIds: [],
      decide: async (decision) => {
        const { actor, candidateOf } = await loadManaged(decision, this.pools, member);
        const book = await this.openBook(decision);
        const decided = decideEach(refs, decision, (customer) => {
          const candidate = customer && candidateOf(customer);
          const used = customer ? extensionsUsed(book.holdsOf(customer), ownershipOf(customer)) : 0;
          const answer = decideMoreTime(candidate, { actor, days, reason, extensionsUsed: used });
          if (typeof answer !== 'string') return answer;
          return (granted) => {
            const policy = candidate?.pool?.policy;
            if (!policy) return null;
            const facts: HeldFacts =
              answer === 'WAITING'
                ? { kind: 'REQUEST', ...book.waiting(granted, policy), days }
                : answer === 'GRANTED'
                  ? { kind: 'EXTENSION', ...book.extension(granted, policy, days), days }
                  : { kind: 'DECISION', approved: true, request: null, ...book.extension(granted, policy, days), days };
            return book.write(granted, facts, { actorId: member.memberId, reason });
          };
        });
        await book.close();
        return decided;
      },
    });
  }

  /** Approved: a hold of the days asked for, from today. Declined: the clock runs again as if nobody had asked. @throws RequestIdReusedError, IndexBusyError */
  async decide(member: ActingMember, input: MoreTimeDecision): Promise<CommandAnswer> {
    const { refs, approve, note, requestId } = input;
    return this.runner.run({
      kind: 'DECIDE_MORE_TIME',
      actorId: member.memberId,
      via: member.via,
      requestId,
      input: { refs, approve, note },
      refs,
      memberIds: [],
      decide: async (decision) => {
        const { actor, candidateOf } = await loadManaged(decision, this.pools, member);
        const book = await this.openBook(decision);
        const decided = decideEach(refs, decision, (customer) => {
          const candidate = customer && candidateOf(customer);
          const request = customer && waitingRequest(book.holdsOf(customer), ownershipOf(customer));
          const refusal = decideRequest(candidate, actor, request !== null);
          if (refusal) return refusal;
          return (granted) => {
            const policy = candidate?.pool?.policy;
            if (!request || !policy) return null;
            const days = request.days ?? 0;
            const period = approve ? book.extension(granted, policy, days) : {};
            return book.write(
              granted,
              { kind: 'DECISION', approved: approve, request: request.id, days, ...period },
              { actorId: member.memberId, note },
            );
          };
        });
        await book.close();
        return decided;
      },
    });
  }

  private async openBook(decision: CommandInput): Promise<HoldBook> {
    const { manager, customers, now } = decision;
    const { TIME_ZONE } = await this.idleClock.settingsNow(manager);
    const rows = [...customers.values()];
    const leaves = await leavesOf(
      manager,
      rows.map(({ ownerId }) => ownerId),
    );
    return new HoldBook(decision, {
      manager,
      holds: await holdsByCustomer(manager, rows),
      leaves: leaves.map(({ memberId, fromDate, untilDate }) => ({ memberId, from: fromDate, until: untilDate })),
      calendar: await this.idleClock.calendar(manager),
      today: localDate(now, TIME_ZONE),
      timeZone: TIME_ZONE,
    });
  }
}

interface HoldBookContents {
  manager: EntityManager;
  /** By `customerKey`. */
  holds: Map<string, CustomerHold[]>;
  leaves: (Hold & { memberId: string })[];
  calendar: WorkingCalendar;
  today: string;
  timeZone: string;
}

/** The holds of a batch of customers while it is decided. */
class HoldBook {
  private readonly events: HeldEvent[] = [];

  constructor(
    private readonly decision: CommandInput,
    private readonly contents: HoldBookContents,
  ) {}

  holdsOf(customer: CustomerEntity): CustomerHold[] {
    return this.contents.holds.get(customerKey(customer)) ?? [];
  }

  extension(customer: CustomerEntity, { dayCounting }: PoolPolicy, days: number): Hold {
    const { calendar, today, leaves } = this.contents;
    // A request that waits ends with this, so it holds nothing any more.
    const own = this.holdsOf(customer).filter(
      (hold) => hold.state === 'ACTIVE' && concerns(hold, ownershipOf(customer)),
    );
    const others = [
      ...own.map(({ fromDate, untilDate }) => ({ from: fromDate, until: untilDate })),
      ...leaves.filter(({ memberId }) => memberId === customer.ownerId),
    ];
    return extensionPeriod({ today, days, counting: dayCounting, calendar }, others);
  }

  /** Asking again while a request waits changes what is asked for; it does not let the clock stand still for longer. */
  waiting(customer: CustomerEntity, { approvalDays, dayCounting }: PoolPolicy): Hold & { decideBy: string } {
    const { calendar, today, timeZone } = this.contents;
    const earlier = waitingRequest(this.holdsOf(customer), ownershipOf(customer));
    const period = earlier
      ? { from: earlier.fromDate, until: earlier.untilDate }
      : waitingPeriod(today, approvalDays, dayCounting, calendar);
    return { ...period, decideBy: startOfLocalDate(addCalendarDays(period.until, 1), timeZone) };
  }

  write(
    customer: CustomerEntity,
    facts: HeldFacts,
    said: { actorId: string; reason?: string; note?: string | null },
  ): OwnershipEvent {
    const { event, held } = heldChange(customer, facts, said, this.decision);
    this.events.push(held);
    return event;
  }

  async close(): Promise<void> {
    await keepHolds(this.contents.manager, this.contents.holds, this.events);
  }
}

function ownershipOf({ ownerId, ownedSince }: CustomerEntity): Ownership {
  return { ownerId: ownerId ?? '', ownedSince: ownedSince ?? '' };
}
