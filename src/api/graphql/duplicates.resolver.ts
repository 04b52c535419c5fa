import { UseGuards } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { type CustomerObject, customerKey } from '../../domain/customer/customer';
import { isManagerOf } from '../../domain/pool/pool-policy';
import { DuplicatesService } from '../../duplicates/duplicates.service';
import { maySee } from '../../domain/customer/acting-member';
import { CustomerReader } from '../../reading/customer-reader.service';
import { PoolsService } from '../../pools/pools.service';
import { ApiError } from './api-error';
import { PoolPageArgs } from './ledger.inputs';
import { MemberGuard } from '../auth/member.guard';
import { type Caller, CurrentCaller } from '../auth/request-context';
import { decodeTuple, encodeTuple } from '../paging/tuple-cursor';
import { customerView } from './views';

const defaultPage = 50;
const object = /^(COMPANY|PERSON)$/;
const matchKey = /^[dnep]:[^\0]+$/;
const evidence: Record<string, string> = { d: 'DOMAIN', n: 'NAME', e: 'EMAIL', p: 'PHONE' };

/** docs/semantics.md#duplicates: who is the same as whom, for managers to clear up. */
@Resolver()
@UseGuards(MemberGuard)
export class DuplicatesResolver {
  constructor(
    private readonly duplicatesService: DuplicatesService,
    private readonly reader: CustomerReader,
    private readonly pools: PoolsService,
  ) {}

  @Query()
  async duplicates(@CurrentCaller() caller: Caller, @Args() args: PoolPageArgs) {
    const poolId = args.poolId.toLowerCase();
    const actor = await this.pools.actor(caller.memberId, caller.isWorkspaceAdmin);
    if (!isManagerOf(actor, poolId))
      throw new ApiError('FORBIDDEN', 'This is for managers of the pool. 仅公海管理员可查看。');
    const [lastObject, lastKey] = decodeTuple(args.after, [object, matchKey]) ?? [];
    const after = lastObject && lastKey ? { object: lastObject as CustomerObject, key: lastKey } : null;
    const { groups, hasNextPage } = await this.duplicatesService.groups(poolId, args.first ?? defaultPage, after);
    const customers = await this.reader.byRefs(
      caller,
      groups.flatMap((group) => group.customers),
    );
    const last = groups.at(-1);
    return {
      groups: groups
        .filter((group) => maySee(caller, group.object))
        .map(({ key, ...group }) => ({
          object: group.object,
          by: evidence[key.slice(0, 1)],
          value: key.slice(2),
          customers: group.customers
            .flatMap((ref) => customers.get(customerKey(ref)) ?? [])
            .map((customer) => customerView(customer, caller.locale)),
        })),
      endCursor: encodeTuple(last ? [last.object, last.key] : null),
      hasNextPage,
    };
  }
}
