import { UseGuards } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { type Figures, FiguresService } from '../../reading/figures.service';
import { FiguresError } from '../../reading/insights.errors';
import { CustomerReader } from '../../reading/customer-reader.service';
import { ApiError } from './api-error';
import { FiguresArgs } from './figures.inputs';
import { MemberGuard } from '../auth/member.guard';
import { type Caller, CurrentCaller } from '../auth/request-context';
import { memberView, poolView } from './views';

const defaultDays = 30;

@Resolver()
@UseGuards(MemberGuard)
export class FiguresResolver {
  constructor(
    private readonly figuresService: FiguresService,
    private readonly reader: CustomerReader,
  ) {}

  @Query()
  async figures(@CurrentCaller() caller: Caller, @Args() { poolId, days }: FiguresArgs) {
    const { byPool, byMember, ...rest } = await this.asked(caller, poolId?.toLowerCase() ?? null, days ?? defaultDays);
    const members = await this.reader.members(byMember.map(({ memberId }) => memberId));
    return {
      ...rest,
      byPool: byPool.map(({ pool, figures }) => ({ pool: poolView(pool), figures })),
      byMember: byMember.map(({ memberId, name, ownsNow, figures }) => {
        const member = members.get(memberId ?? '');
        return {
          member: member ? memberView(member) : { id: memberId ?? '', name: name ?? '', email: null, active: false },
          ownsNow,
          figures,
        };
      }),
    };
  }

  private async asked(caller: Caller, poolId: string | null, days: number): Promise<Figures> {
    try {
      return await this.figuresService.of(caller, poolId, days);
    } catch (error) {
      if (error instanceof FiguresError) throw new ApiError(error.code, error.message);
      throw error;
    }
  }
}
