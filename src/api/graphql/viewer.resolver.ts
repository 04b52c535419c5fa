import { UseGuards } from '@nestjs/common';
import { Args, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { engineHealth } from '../../domain/health/engine-health';
import { CustomerReader } from '../../reading/customer-reader.service';
import { EngineHealth } from '../../sync/engine-health.service';
import { DueDaysArgs } from './inputs';
import { MemberGuard } from '../auth/member.guard';
import { type Caller, CurrentCaller } from '../auth/request-context';
import { poolView } from './views';

const defaultDueDays = 14;

@Resolver('Viewer')
@UseGuards(MemberGuard)
export class ViewerResolver {
  constructor(
    private readonly reader: CustomerReader,
    private readonly health: EngineHealth,
  ) {}

  @Query()
  async viewer(@CurrentCaller() caller: Caller) {
    const { managedPools, capacities, claims, today } = await this.reader.book(caller);
    return {
      member: { id: caller.memberId, name: caller.name, email: caller.email, active: true },
      isWorkspaceAdmin: caller.isWorkspaceAdmin,
      managedPools: managedPools.map(poolView),
      capacities: capacities.map((capacity) => ({ ...capacity, pool: capacity.pool && poolView(capacity.pool) })),
      claimsLeft: claims.map((claim) => ({ ...claim, pool: poolView(claim.pool) })),
      today,
    };
  }

  @Query()
  async engineHealth(@CurrentCaller() caller: Caller) {
    return engineHealth(await this.health.facts(), caller.locale);
  }

  @ResolveField()
  dueByDay(@CurrentCaller() caller: Caller, @Args() { days }: DueDaysArgs) {
    return this.reader.dueByDay(caller, days ?? defaultDueDays);
  }
}
