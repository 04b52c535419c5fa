import { UseGuards } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { ArchiveService } from '../../commands/archive.service';
import { HoldService } from '../../commands/hold.service';
import { MoreTimeService } from '../../commands/more-time.service';
import { PoolMoveService } from '../../commands/pool-move.service';
import { ProtectService } from '../../commands/protect.service';
import { QuietService } from '../../commands/quiet.service';
import { CommandAnswers, refsOf } from './command-answers.service';
import {
  ArchiveArgs,
  DecideMoreTimeArgs,
  HoldArgs,
  MoreTimeArgs,
  MoveToPoolArgs,
  ProtectArgs,
  QuietArgs,
  RestoreArgs,
} from './custody.inputs';
import { MemberGuard } from '../auth/member.guard';
import { type Caller, CurrentCaller } from '../auth/request-context';
import type { ResultView } from './views';

/** What happens to customers while they stay where they are, and where they are kept. */
@Resolver()
@UseGuards(MemberGuard)
export class CustodyResolver {
  constructor(
    private readonly protection: ProtectService,
    private readonly holds: HoldService,
    private readonly moreTime: MoreTimeService,
    private readonly quietPeriods: QuietService,
    private readonly moves: PoolMoveService,
    private readonly archives: ArchiveService,
    private readonly answers: CommandAnswers,
  ) {}

  @Mutation()
  async protect(
    @CurrentCaller() caller: Caller,
    @Args() { customers, until, lock, reason, requestId }: ProtectArgs,
  ): Promise<ResultView> {
    return this.answers.tell(
      caller,
      await this.protection.protect(caller, {
        refs: refsOf(customers),
        until: until ?? null,
        lock: lock ?? false,
        reason: reason ?? null,
        requestId: requestId ?? null,
      }),
    );
  }

  @Mutation()
  async hold(
    @CurrentCaller() caller: Caller,
    @Args() { customers, from, until, reason, requestId }: HoldArgs,
  ): Promise<ResultView> {
    return this.answers.tell(
      caller,
      await this.holds.hold(caller, { refs: refsOf(customers), from, until, reason, requestId: requestId ?? null }),
    );
  }

  @Mutation()
  async askForMoreTime(
    @CurrentCaller() caller: Caller,
    @Args() { customers, days, reason, requestId }: MoreTimeArgs,
  ): Promise<ResultView> {
    return this.answers.tell(
      caller,
      await this.moreTime.ask(caller, { refs: refsOf(customers), days, reason, requestId: requestId ?? null }),
    );
  }

  @Mutation()
  async decideMoreTime(
    @CurrentCaller() caller: Caller,
    @Args() { customers, approve, note, requestId }: DecideMoreTimeArgs,
  ): Promise<ResultView> {
    return this.answers.tell(
      caller,
      await this.moreTime.decide(caller, {
        refs: refsOf(customers),
        approve,
        note: note ?? null,
        requestId: requestId ?? null,
      }),
    );
  }

  @Mutation()
  async quiet(
    @CurrentCaller() caller: Caller,
    @Args() { customers, until, reason, requestId }: QuietArgs,
  ): Promise<ResultView> {
    return this.answers.tell(
      caller,
      await this.quietPeriods.quiet(caller, { refs: refsOf(customers), until, reason, requestId: requestId ?? null }),
    );
  }

  @Mutation()
  async moveToPool(
    @CurrentCaller() caller: Caller,
    @Args() { customers, poolId, reason, requestId }: MoveToPoolArgs,
  ): Promise<ResultView> {
    return this.answers.tell(
      caller,
      await this.moves.move(caller, {
        refs: refsOf(customers),
        poolId: poolId.toLowerCase(),
        reason: reason ?? null,
        requestId: requestId ?? null,
      }),
    );
  }

  @Mutation()
  async archive(
    @CurrentCaller() caller: Caller,
    @Args() { customers, reason, requestId }: ArchiveArgs,
  ): Promise<ResultView> {
    return this.answers.tell(caller, await this.archives.archive(caller, refsOf(customers), reason, requestId ?? null));
  }

  @Mutation()
  async restore(@CurrentCaller() caller: Caller, @Args() { customers, requestId }: RestoreArgs): Promise<ResultView> {
    return this.answers.tell(caller, await this.archives.restore(caller, refsOf(customers), requestId ?? null));
  }
}
