import { UseGuards } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { type CustomerRef, customerKey } from '../../domain/customer/customer';
import { DuplicatesService } from '../../duplicates/duplicates.service';
import { ClaimService } from '../../commands/claim.service';
import type { CommandAnswer } from '../../changes/command-runner.service';
import { ReleaseService } from '../../commands/release.service';
import { SelectionService } from '../../commands/selection.service';
import { OpenToAutomations } from '../auth/automations.service';
import { CommandAnswers, refsOf } from './command-answers.service';
import { ClaimArgs, ReleaseArgs, StageSelectionArgs } from './inputs';
import { MemberGuard } from '../auth/member.guard';
import { type Caller, CurrentCaller } from '../auth/request-context';
import type { ResultView } from './views';

@Resolver()
@UseGuards(MemberGuard)
export class OwnershipResolver {
  constructor(
    private readonly claims: ClaimService,
    private readonly releases: ReleaseService,
    private readonly selections: SelectionService,
    private readonly duplicates: DuplicatesService,
    private readonly answers: CommandAnswers,
  ) {}

  @Mutation()
  @OpenToAutomations()
  async claim(@CurrentCaller() caller: Caller, @Args() { customers, requestId }: ClaimArgs): Promise<ResultView> {
    const answer = await this.claims.claim(caller, refsOf(customers), requestId ?? null);
    return withWarnings(
      await this.answers.tell(caller, answer),
      await this.duplicates.warnings(caller, granted(answer), caller.locale),
    );
  }

  @Mutation()
  @OpenToAutomations()
  async release(@CurrentCaller() caller: Caller, @Args() args: ReleaseArgs): Promise<ResultView> {
    const { poolId = null, reason = null, note = null, requestId = null } = args;
    return this.answers.tell(
      caller,
      await this.releases.release(caller, { refs: refsOf(args.customers), poolId, reason, note, requestId }),
    );
  }

  @Mutation()
  async stageSelection(
    @CurrentCaller() caller: Caller,
    @Args() { customers, requestId }: StageSelectionArgs,
  ): Promise<string> {
    return this.selections.stage(caller.memberId, refsOf(customers), requestId ?? null);
  }
}

function granted({ outcomes }: CommandAnswer): CustomerRef[] {
  return outcomes.filter(({ status }) => status !== 'REFUSED');
}

function withWarnings(result: ResultView, warnings: Map<string, string>): ResultView {
  const outcomes = result.outcomes.map((outcome) => {
    const warning =
      outcome.status === 'REFUSED'
        ? undefined
        : warnings.get(customerKey({ object: outcome.object, recordId: outcome.recordId }));
    return { ...outcome, warnings: warning === undefined ? [] : [warning] };
  });
  return { ...result, outcomes };
}
