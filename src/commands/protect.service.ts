import { Injectable } from '@nestjs/common';
import type { CustomerRef } from '../domain/customer/customer';
import { decideProtect } from '../domain/custody/decide-protect';
import { PoolsService } from '../pools/pools.service';
import type { ActingMember } from '../domain/customer/acting-member';
import { type CommandAnswer, CommandRunner } from '../changes/command-runner.service';
import { eventOfSameOwner } from '../changes';
import { decideEach } from './decide-each';
import { loadManaged } from './managed-customers';

export interface ProtectInput {
  refs: CustomerRef[];
  /** ISO instant; null and not locked: the protection is taken away. */
  until: string | null;
  lock: boolean;
  reason: string | null;
  requestId: string | null;
}

/** docs/semantics.md#exempt: protected until a date, or locked. Twenty shows both; the clock follows. */
@Injectable()
export class ProtectService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly pools: PoolsService,
  ) {}

  /** @throws RequestIdReusedError, IndexBusyError */
  async protect(member: ActingMember, input: ProtectInput): Promise<CommandAnswer> {
    const { refs, until, lock, reason, requestId } = input;
    return this.runner.run({
      kind: 'PROTECT',
      actorId: member.memberId,
      via: member.via,
      requestId,
      input: { refs, until, lock, reason },
      refs,
      memberIds: [],
      decide: async (decision) => {
        const { actor, candidateOf } = await loadManaged(decision, this.pools, member);
        return decideEach(refs, decision, (customer) => {
          const refusal = decideProtect(customer && candidateOf(customer), actor);
          if (refusal) return refusal;
          return (granted) => {
            const { isLocked, protectedUntil } = granted;
            return eventOfSameOwner(granted, {
              type: 'PROTECTED',
              actorId: member.memberId,
              reason,
              facts: { until, lock, before: { isLocked, protectedUntil } },
              batchId: decision.batchId,
              at: decision.now,
            });
          };
        });
      },
    });
  }
}
