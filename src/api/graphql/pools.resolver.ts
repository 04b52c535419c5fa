import { UseGuards } from '@nestjs/common';
import { Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { CustomerReader } from '../../reading/customer-reader.service';
import { MemberGuard } from '../auth/member.guard';
import { type Caller, CurrentCaller, type RequestContext } from '../auth/request-context';
import { poolView, type PoolView } from './views';

@Resolver('Pool')
@UseGuards(MemberGuard)
export class PoolsResolver {
  constructor(private readonly reader: CustomerReader) {}

  @Query()
  async pools(@CurrentCaller() caller: Caller) {
    return (await this.reader.visiblePools(caller)).map(poolView);
  }

  @ResolveField()
  async pooledCount(
    @CurrentCaller() caller: Caller,
    @Parent() pool: PoolView,
    @Context() context: RequestContext,
  ): Promise<number> {
    return (await this.counts(caller, context)).get(pool.id)?.pooled ?? 0;
  }

  @ResolveField()
  async ownedCount(
    @CurrentCaller() caller: Caller,
    @Parent() pool: PoolView,
    @Context() context: RequestContext,
  ): Promise<number> {
    return (await this.counts(caller, context)).get(pool.id)?.owned ?? 0;
  }

  private counts(caller: Caller, context: RequestContext) {
    return (context.counts ??= this.reader.counts(caller));
  }
}
