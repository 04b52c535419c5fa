import { UseGuards } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { customerKey } from '../../domain/customer/customer';
import { CustomerReader } from '../../reading/customer-reader.service';
import { HistoryReader } from '../../reading/history-reader.service';
import { SelectionService } from '../../commands/selection.service';
import { PoolsService } from '../../pools/pools.service';
import { decodePosition, decodeSequence, encodePosition } from '../paging/cursor';
import { AttentionArgs, CustomerArgs, CustomersPageArgs, IdArgs, OwnershipEventsArgs } from './inputs';
import { MemberGuard } from '../auth/member.guard';
import { type Caller, CurrentCaller } from '../auth/request-context';
import { customerView, eventView } from './views';

const defaultPage = 50;

@Resolver()
@UseGuards(MemberGuard)
export class CustomersResolver {
  constructor(
    private readonly reader: CustomerReader,
    private readonly history: HistoryReader,
    private readonly pools: PoolsService,
    private readonly selections: SelectionService,
  ) {}

  @Query()
  async customer(@CurrentCaller() caller: Caller, @Args() ref: CustomerArgs) {
    const found = (await this.reader.byRefs(caller, [ref])).get(customerKey(ref));
    return found ? customerView(found, caller.locale) : null;
  }

  @Query()
  async customers(@CurrentCaller() caller: Caller, @Args() args: CustomersPageArgs) {
    const {
      poolId = null,
      ownerId = null,
      status = null,
      dueWithinDays = null,
      object = null,
      attention = null,
    } = args;
    const search = args.search?.trim() || null;
    const page = await this.reader.list(
      caller,
      { poolId, ownerId, status, dueWithinDays, object, search, attention },
      args.first ?? defaultPage,
      decodePosition(args.after),
    );
    return {
      customers: page.customers.map((customer) => customerView(customer, caller.locale)),
      totalCount: page.totalCount,
      endCursor: encodePosition(page.end),
      hasNextPage: page.hasNextPage,
    };
  }

  @Query()
  async attention(@CurrentCaller() caller: Caller, @Args() { poolId }: AttentionArgs) {
    return this.reader.attention(caller, poolId?.toLowerCase() ?? null);
  }

  @Query()
  async ownershipEvents(@CurrentCaller() caller: Caller, @Args() args: OwnershipEventsArgs) {
    const { events, endCursor, hasNextPage } = await this.history.page(
      caller,
      args,
      args.first ?? defaultPage,
      decodeSequence(args.after),
    );
    const members = await this.reader.members(events.flatMap(({ fromId, toId, actorId }) => [fromId, toId, actorId]));
    const pools = await this.pools.all();
    return { events: events.map((event) => eventView(event, members, pools)), endCursor, hasNextPage };
  }

  @Query()
  async stagedSelection(@CurrentCaller() caller: Caller, @Args() { id }: IdArgs) {
    return this.selections.staged(caller.memberId, id);
  }
}
