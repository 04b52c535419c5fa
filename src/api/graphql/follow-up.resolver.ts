import { UseGuards } from '@nestjs/common';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { FollowUpService } from '../../commands/follow-up.service';
import { customerKey } from '../../domain/customer/customer';
import { CustomerReader } from '../../reading/customer-reader.service';
import { OpenToAutomations } from '../auth/automations.service';
import { LogFollowUpArgs } from './follow-up.inputs';
import { MemberGuard } from '../auth/member.guard';
import { type Caller, CurrentCaller } from '../auth/request-context';
import { customerView, type OutcomeView, refusalView } from './views';

@Resolver()
@UseGuards(MemberGuard)
export class FollowUpResolver {
  constructor(
    private readonly followUps: FollowUpService,
    private readonly reader: CustomerReader,
  ) {}

  @Mutation()
  @OpenToAutomations()
  async logFollowUp(
    @CurrentCaller() caller: Caller,
    @Args() { customer, note, requestId }: LogFollowUpArgs,
  ): Promise<OutcomeView> {
    const ref = { object: customer.object, recordId: customer.recordId.toLowerCase() };
    const { object, recordId, status, refusal } = await this.followUps.log(caller, ref, note.trim(), requestId ?? null);
    const found = (await this.reader.byRefs(caller, [{ object, recordId }])).get(customerKey({ object, recordId }));
    return {
      object,
      recordId,
      status,
      refusal: refusal && refusalView(refusal, caller.locale),
      customer: found ? customerView(found, caller.locale) : null,
    };
  }
}
