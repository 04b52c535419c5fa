import { UseGuards } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { AssignService } from '../../commands/assign.service';
import { OpenToAutomations } from '../auth/automations.service';
import { CommandAnswers, refsOf } from './command-answers.service';
import { AssignArgs } from './assign.inputs';
import { MemberGuard } from '../auth/member.guard';
import { type Caller, CurrentCaller } from '../auth/request-context';
import type { ResultView } from './views';

@Resolver()
@UseGuards(MemberGuard)
export class AssignResolver {
  constructor(
    private readonly assignments: AssignService,
    private readonly answers: CommandAnswers,
  ) {}

  @Mutation()
  @OpenToAutomations()
  async assign(@CurrentCaller() caller: Caller, @Args() args: AssignArgs): Promise<ResultView> {
    const { customers, toMemberId, reason, overrideCapacity, requestId } = args;
    const answer = await this.assignments.assign(caller, {
      refs: refsOf(customers),
      toMemberId: toMemberId.toLowerCase(),
      reason: reason ?? null,
      overrideCapacity: overrideCapacity ?? false,
      requestId: requestId ?? null,
    });
    return this.answers.tell(caller, answer);
  }
}
