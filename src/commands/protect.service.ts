import { Injectable } from '@nestjs/common';
import type { CustomerRef } from '../domain/customer/customer';
import { decideProtect } from '../domain/custody/decide-protect';
import { PoolsService } from '../pools/pools.service';
import type { ActingMember } from '../domain/customer/acting-member';
import { type CommandAnswer, CommandRunner } from '../changes/command-runner.service';
import { eventOfSameOwner, type Protection, stateOf } from '../changes';
import { decideEach } from './decide-each';
import { loadManaged } from './managed-customers';

export interface ProtectInput {
  refs: CustomerRef[];
  /** ISO instant; null and not locked: the protection is taken away. */
  until: string | null;
  lock: boolean;
  reason: string | null;
}

/** Semantics section 3: protected until a date, or locked. Twenty shows both; the clock follows. */
@Injectable()
export class ProtectService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly pools: PoolsService,
  ) {}

  /** @throws IndexBusyError */
  async protect(member: ActingMember, input: ProtectInput): Promise<CommandAnswer> {
    const { refs, until, lock, reason } = input;
    return this.runner.run({
      kind: 'PROTECT',
      actorId: member.memberId,
      requestId: null,
      input,
      refs,
      memberIds: [],
      decide: async (decision) => {
        const { actor, candidateOf } = await loadManaged(decision, this.pools, member);
        return decideEach(refs, decision, (customer) => {
          const refusal = decideProtect(customer && candidateOf(customer), actor);
          if (refusal) return refusal;
          return (granted) => {
            const protection: Protection = { isLocked: lock, protectedUntil: until };
            const { isLocked, protectedUntil } = granted;
            return {
              customer: granted,
              after: stateOf(granted),
              event: eventOfSameOwner(granted, {
                type: 'PROTECTED',
                state: 'PENDING',
                actorId: member.memberId,
                reason,
                facts: { until, lock, before: { isLocked, protectedUntil } },
                batchId: decision.batchId,
                at: decision.now,
              }),
              write: { kind: 'COMMAND', expectedOwners: [granted.ownerId], data: { ...protection } },
              protection,
            };
          };
        });
      },
    });
  }
}
