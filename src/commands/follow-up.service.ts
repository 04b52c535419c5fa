import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../config/clock';
import { EngineConfig } from '../config/engine-config';
import type { CustomerRef } from '../domain/customer/customer';
import { decideFollowUp } from '../domain/custody/decide-follow-up';
import { refuse, type Refusal } from '../domain/refusal/refusal';
import { markClocksStale } from '../idle-clock';
import { ownedBefore } from '../pools';
import { PoolsService } from '../pools/pools.service';
import { CustomerEntity } from '../storage/entities/customer.entity';
import { FollowUpEntity } from '../storage/entities/follow-up.entity';
import { MemberEntity } from '../storage/entities/member.entity';
import { requireIndex } from '../storage/engine-lock';
import { inTransaction } from '../storage/transaction';
import { NoteRecords } from '../twenty/records/note-records.service';
import { isTwentyError } from '../twenty/client/twenty-error';
import type { CallOptions } from '../twenty/records/twenty.types';
import type { ActingMember } from '../changes';
import { putActivities, replaceActivities } from '../sync';
import { followUpNoteId } from '../sync';
import { insertFollowUp, leaseOpen } from '../sync';

export interface FollowUpOutcome extends CustomerRef {
  status: 'DONE' | 'REFUSED' | 'PENDING';
  refusal: Refusal | null;
}

/** Who logs it: the member whose token it is, or on whose behalf an automation calls. */
export type FollowUpAuthor = Pick<ActingMember, 'memberId' | 'name' | 'isWorkspaceAdmin' | 'via'>;

const openPerTurn = 50;

/**
 * A logged follow-up is a note in Twenty. It is decided and kept first, with the fact that it counts as, under the id that its
 * note will have; Twenty is told after that. Telling twice writes the same note, so whoever dies in between loses nothing and
 * doubles nothing: what is open is told again. An index built anew knows the author from the note's id.
 */
@Injectable()
export class FollowUpService {
  private readonly logger = new Logger(FollowUpService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly pools: PoolsService,
    private readonly notes: NoteRecords,
    private readonly clock: Clock,
    private readonly config: EngineConfig,
  ) {}

  /**
   * @param note what was done, not blank
   * @param requestId the same again gives the first answer again
   * @throws IndexBusyError
   */
  async log(
    member: FollowUpAuthor,
    ref: CustomerRef,
    note: string,
    requestId: string | null = null,
  ): Promise<FollowUpOutcome> {
    const decided = await inTransaction(this.dataSource, (manager) =>
      this.decide(manager, member, ref, note, requestId),
    );
    if (!(decided instanceof FollowUpEntity)) return { ...ref, status: 'REFUSED', refusal: decided };
    if (decided.state === 'OPEN')
      await this.tell(decided, { priority: 'interactive', signal: AbortSignal.timeout(this.config.commandWaitMs) });
    return outcomeOf(decided);
  }

  /** Tells Twenty of follow-ups that it has not confirmed. */
  async resolveDue(): Promise<void> {
    const open = await leaseOpen(this.dataSource.manager, this.config.leaseSeconds, openPerTurn);
    for (const followUp of open) await this.tell(followUp, { priority: 'background' });
  }

  private async decide(
    manager: EntityManager,
    member: FollowUpAuthor,
    ref: CustomerRef,
    note: string,
    requestId: string | null,
  ): Promise<FollowUpEntity | Refusal> {
    await requireIndex(manager);
    const earlier =
      requestId === null ? null : await manager.findOneBy(FollowUpEntity, { memberId: member.memberId, requestId });
    if (earlier) return earlier;
    const refusal = decideFollowUp(
      await this.candidate(manager, ref, member.memberId),
      await this.pools.actor(member.memberId, member.isWorkspaceAdmin, manager),
    );
    if (refusal) return refusal;
    const followUp = await insertFollowUp(
      manager,
      {
        id: followUpNoteId(member.memberId),
        ...ref,
        memberId: member.memberId,
        requestId,
        title: titleOf(member),
        note,
        at: this.clock.now(),
      },
      this.config.leaseSeconds,
    );
    const target = { object: ref.object, id: ref.recordId };
    await putActivities(manager, [
      {
        kind: 'FOLLOW_UP',
        sourceId: followUp.id,
        originId: followUp.id,
        target,
        at: followUp.at,
        memberId: followUp.memberId,
      },
    ]);
    await markClocksStale(manager, [target]);
    return followUp;
  }

  private async candidate(manager: EntityManager, { object, recordId }: CustomerRef, memberId: string) {
    const customer = await manager.findOneBy(CustomerEntity, { object, recordId });
    if (!customer || customer.isDeleted) return null;
    const { status, poolId, ownerId } = customer;
    const pool = (await this.pools.all(manager)).get(poolId ?? '') ?? null;
    const owner = ownerId ? await manager.findOneBy(MemberEntity, { id: ownerId }) : null;
    const wasActors = (await ownedBefore(manager, memberId, [customer])).size > 0;
    return { status, pool, ownerId, ownerName: owner?.name ?? null, wasActors };
  }

  /** Changes `followUp` to what became of it; open is what may still succeed. */
  private async tell(followUp: FollowUpEntity, options: CallOptions): Promise<void> {
    const { id, title, note: body, object, recordId } = followUp;
    try {
      await this.notes.create({ id, title, body, target: { object, recordId } }, options);
    } catch (error) {
      if (!isTwentyError(error)) throw error;
      const isFinal = error.kind === 'REJECTED' || error.kind === 'NOT_FOUND' || error.kind === 'FORBIDDEN';
      this.logger.warn(
        { followUp: id, kind: error.kind, code: error.code, isFinal },
        'Twenty has not taken a follow-up',
      );
      if (isFinal)
        await this.settle(
          followUp,
          error.message.includes('foreign key') ? refuse('NOT_FOUND') : refuse('TWENTY_REJECTED'),
        );
      return;
    }
    await this.settle(followUp, null);
  }

  private async settle(followUp: FollowUpEntity, refusal: Refusal | null): Promise<void> {
    const state = refusal ? 'REFUSED' : 'DONE';
    await inTransaction(this.dataSource, async (manager) => {
      await manager.update(FollowUpEntity, { id: followUp.id, state: 'OPEN' }, { state, refusal });
      if (refusal) await markClocksStale(manager, await replaceActivities(manager, [followUp.id], ['FOLLOW_UP'], []));
    });
    Object.assign(followUp, { state, refusal });
  }
}

const automations = { WORKFLOW: 'workflow 工作流', AI: 'AI' } as const;

/** Twenty shows the app as the note's author; the title says whose follow-up it is. */
function titleOf({ name, via }: FollowUpAuthor): string {
  const title = `Follow-up 跟进 · ${name}`;
  return via ? `${title} (${automations[via]})` : title;
}

function outcomeOf({ object, recordId, state, refusal }: FollowUpEntity): FollowUpOutcome {
  return { object, recordId, status: state === 'OPEN' ? 'PENDING' : state, refusal };
}
