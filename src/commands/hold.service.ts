import { Injectable } from '@nestjs/common';
import type { CustomerRef } from '../domain/customer/customer';
import { decideHold } from '../domain/custody/decide-hold';
import type { HeldEvent } from '../domain/custody/hold-history';
import { PoolsService } from '../pools/pools.service';
import type { ActingMember } from '../domain/customer/acting-member';
import { type CommandAnswer, CommandRunner } from '../changes/command-runner.service';
import { decideEach } from './decide-each';
import { heldChange } from './held-change';
import { holdsByCustomer, keepHolds } from '../changes';
import { loadManaged } from './managed-customers';

export interface HoldInput {
  refs: CustomerRef[];
  /** Local dates, both included. */
  from: string;
  until: string;
  reason: string;
  requestId: string | null;
}

/** docs/semantics.md#exempt: a manager lets the clock stand still for a stated period. */
@Injectable()
export class HoldService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly pools: PoolsService,
  ) {}

  /** @throws IndexBusyError */
  async hold(member: ActingMember, input: HoldInput): Promise<CommandAnswer> {
    const { refs, from, until, reason, requestId } = input;
    return this.runner.run({
      kind: 'HOLD',
      actorId: member.memberId,
      via: member.via,
      requestId,
      input: { refs, from, until, reason },
      refs,
      memberIds: [],
      decide: async (decision) => {
        const { actor, candidateOf } = await loadManaged(decision, this.pools, member);
        const events: HeldEvent[] = [];
        const decided = decideEach(refs, decision, (customer) => {
          const refusal = decideHold(customer && candidateOf(customer), { actor, reason });
          if (refusal) return refusal;
          return (granted) => {
            const { event, held } = heldChange(
              granted,
              { kind: 'MANAGER', from, until },
              { actorId: member.memberId, reason },
              decision,
            );
            events.push(held);
            return event;
          };
        });
        await keepHolds(decision.manager, await holdsByCustomer(decision.manager, refs), events);
        return decided;
      },
    });
  }
}
