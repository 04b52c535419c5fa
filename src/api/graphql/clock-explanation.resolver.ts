import { UseGuards } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import DataLoader from 'dataloader';
import { describeClock } from '../../domain/idle-clock/describe-clock';
import { ClockExplanations } from './clock-explanation.service';
import { MemberGuard } from '../auth/member.guard';
import { type Caller, CurrentCaller, type RequestContext } from '../auth/request-context';
import { clockView, type ClockView, type CustomerView } from './views';

/** Only for who asks: the clocks of all customers of an answer are read together. */
@Resolver('Customer')
@UseGuards(MemberGuard)
export class ClockExplanationResolver {
  constructor(private readonly explanations: ClockExplanations) {}

  @ResolveField()
  async clock(
    @CurrentCaller() caller: Caller,
    @Parent() customer: CustomerView,
    @Context() context: RequestContext,
  ): Promise<ClockView | null> {
    if (customer.status !== 'OWNED') return null;
    // Without a cache: a request's second mutation changes what its first answer showed.
    context.clocks ??= new DataLoader((refs) => this.explanations.of(refs), { cache: false });
    const explanation = await context.clocks.load({ object: customer.object, recordId: customer.recordId });
    return explanation && clockView(explanation, describeClock(explanation, caller.locale));
  }
}
