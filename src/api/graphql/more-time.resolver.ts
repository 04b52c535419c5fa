import { UseGuards } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import DataLoader from 'dataloader';
import { customerKey } from '../../domain/customer/customer';
import type { WaitingRequest } from '../../reading/attention.queries';
import { CustomerReader } from '../../reading/customer-reader.service';
import { MemberGuard } from '../auth/member.guard';
import type { RequestContext } from '../auth/request-context';
import type { CustomerView } from './views';

/** Only for who asks: what the owners of all customers of an answer ask for is read together. */
@Resolver('Customer')
@UseGuards(MemberGuard)
export class MoreTimeResolver {
  constructor(private readonly reader: CustomerReader) {}

  @ResolveField()
  async moreTime(@Parent() customer: CustomerView, @Context() context: RequestContext): Promise<WaitingRequest | null> {
    if (customer.status !== 'OWNED') return null;
    // Without a cache: a request's second mutation changes what its first answer showed.
    context.moreTimes ??= new DataLoader(
      async (refs) => {
        const waiting = await this.reader.waitingRequests(refs);
        return refs.map((ref) => waiting.get(customerKey(ref)) ?? null);
      },
      { cache: false },
    );
    return context.moreTimes.load({ object: customer.object, recordId: customer.recordId });
  }
}
