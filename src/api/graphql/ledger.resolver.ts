import { UseGuards } from '@nestjs/common';
import { Args, Query, Resolver } from '@nestjs/graphql';
import { AssignmentLedger, type LedgerLine } from '../../reading/assignment-ledger.service';
import { describeAssignment, skipText } from '../../domain/assignment/auto/describe-assignment';
import type { Locale } from '../../domain/customer/customer';
import { maySee } from '../../domain/customer/acting-member';
import { CustomerReader } from '../../reading/customer-reader.service';
import type { MemberEntity } from '../../storage/entities/member.entity';
import { ApiError } from './api-error';
import { PoolPageArgs } from './ledger.inputs';
import { MemberGuard } from '../auth/member.guard';
import { type Caller, CurrentCaller } from '../auth/request-context';
import { decodeTuple, encodeTuple } from '../paging/tuple-cursor';
import { memberView, type MemberView, poolView } from './views';

const defaultPage = 50;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** docs/semantics.md#auto-assign: every automatic assignment can be explained, to all who see the pool. */
@Resolver()
@UseGuards(MemberGuard)
export class LedgerResolver {
  constructor(
    private readonly ledger: AssignmentLedger,
    private readonly reader: CustomerReader,
  ) {}

  @Query()
  async assignmentDecisions(@CurrentCaller() caller: Caller, @Args() args: PoolPageArgs) {
    const poolId = args.poolId.toLowerCase();
    const pool = (await this.reader.visiblePools(caller)).find((visible) => visible.id === poolId);
    if (!pool) throw new ApiError('FORBIDDEN', 'You do not see this pool. 您无权查看该公海池。');
    const [at, lastId] = decodeTuple(args.after, [instant, id]) ?? [];
    const after = at && lastId ? { at, id: lastId } : null;
    const { lines, hasNextPage } = await this.ledger.page(caller, poolId, args.first ?? defaultPage, after);
    const members = await this.reader.members(
      lines.flatMap(({ toId, explanation }) => [toId, ...explanation.candidates.map(({ memberId }) => memberId)]),
    );
    const last = lines.at(-1);
    return {
      decisions: lines
        .filter(({ object }) => maySee(caller, object))
        .map((line) => ({ ...lineView(line, members, caller.locale), pool: poolView(pool) })),
      endCursor: encodeTuple(last ? [last.at, last.id] : null),
      hasNextPage,
    };
  }
}

function lineView(
  { explanation, toId, toName, ...line }: LedgerLine,
  members: Map<string, MemberEntity>,
  locale: Locale,
) {
  const member = (memberId: string, name: string): MemberView => {
    const known = members.get(memberId);
    return known ? memberView(known) : { id: memberId, name, email: null, active: false };
  };
  return {
    ...line,
    to: toId === null ? null : member(toId, toName ?? ''),
    strategy: explanation.strategy,
    why: explanation.why,
    text: describeAssignment(explanation, locale),
    considered: explanation.considered,
    candidates: explanation.candidates.map(({ memberId, name, skipped, value }) => ({
      member: member(memberId, name),
      skipped,
      skippedText: skipped && skipText(skipped, locale),
      value,
    })),
  };
}
