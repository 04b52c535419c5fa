import { UseGuards } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { CustomerReader } from '../../reading/customer-reader.service';
import { NotPoolManagerError, PolicyPatchError } from '../../reading/simulation.errors';
import { PolicySimulation, type Simulation } from '../../reading/simulation.service';
import { ApiError } from './api-error';
import { MemberGuard } from '../auth/member.guard';
import { type Caller, CurrentCaller } from '../auth/request-context';
import { SimulatePolicyArgs } from './simulation.inputs';
import { memberView } from './views';

@Resolver()
@UseGuards(MemberGuard)
export class SimulationResolver {
  constructor(
    private readonly simulation: PolicySimulation,
    private readonly reader: CustomerReader,
  ) {}

  @Query()
  async simulatePolicy(@CurrentCaller() caller: Caller, @Args() { patch }: SimulatePolicyArgs) {
    const { byOwner, ...rest } = await this.tried(caller, patch);
    const members = await this.reader.members(byOwner.map(({ ownerId }) => ownerId));
    return {
      ...rest,
      byOwner: byOwner.map(({ ownerId, count }) => {
        const member = members.get(ownerId);
        return { member: member ? memberView(member) : { id: ownerId, name: '', email: null, active: false }, count };
      }),
    };
  }

  private async tried(caller: Caller, { poolId, changes }: SimulatePolicyArgs['patch']): Promise<Simulation> {
    try {
      return await this.simulation.simulate(caller, poolId.toLowerCase(), { ...changes });
    } catch (error) {
      if (error instanceof PolicyPatchError || error instanceof NotPoolManagerError)
        throw new ApiError(error.code, error.message);
      throw error;
    }
  }
}
