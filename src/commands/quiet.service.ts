import { Injectable } from '@nestjs/common';
import type { CustomerRef } from '../domain/customer/customer';
import { decideHold } from '../domain/custody/decide-hold';
import { PoolsService } from '../pools/pools.service';
import type { ActingMember } from '../domain/customer/acting-member';
import { type CommandAnswer, CommandRunner } from '../changes/command-runner.service';
import { decideEach } from './decide-each';
import { heldChange } from './held-change';
import { loadManaged } from './managed-customers';

export interface QuietInput {
  refs: CustomerRef[];
  /** Local date: nobody may claim it before. Today or earlier ends a quiet period. */
  until: string;
  reason: string;
  requestId: string | null;
}

/** docs/semantics.md#quiet-period: a manager keeps a customer away from everyone. The last one said counts. */
@Injectable()
export class QuietService {
  constructor(
    private readonly runner: CommandRunner,
    private readonly pools: PoolsService,
  ) {}

  /** @throws RequestIdReusedError, IndexBusyError */
  async quiet(member: ActingMember, input: QuietInput): Promise<CommandAnswer> {
    const { refs, until, reason, requestId } = input;
    return this.runner.run({
      kind: 'QUIET',
      actorId: member.memberId,
      via: member.via,
      requestId,
      input: { refs, until, reason },
      refs,
      memberIds: [],
      decide: async (decision) => {
        const { actor, candidateOf } = await loadManaged(decision, this.pools, member);
        const decided = decideEach(refs, decision, (customer) => {
          const refusal = decideHold(customer && candidateOf(customer), { actor, reason });
          if (refusal) return refusal;
          return (granted) =>
            heldChange(
              granted,
              { kind: 'QUIET', quietUntil: until },
              { actorId: member.memberId, reason, before: { quietUntil: granted.quietUntil } },
              decision,
            ).event;
        });
        const quieted = decided.changes.map(({ customer }) => customer.recordId);
        await decision.manager.query('UPDATE customer SET quiet_until = $2 WHERE record_id = ANY($1)', [
          quieted,
          until,
        ]);
        return decided;
      },
    });
  }
}
