import { UseGuards } from '@nestjs/common';
import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { AssignmentError } from '../../bulk/assignment.errors';
import { Operations, type OperationProgress } from '../../bulk/operations.service';
import { OffboardService } from '../../bulk/offboard.service';
import { ReassignService, type ReassignRequest } from '../../bulk/reassign.service';
import { UndoService } from '../../bulk/undo.service';
import { customerKey } from '../../domain/customer/customer';
import { JobKicker } from '../../jobs/job-kicker.service';
import { CustomerReader } from '../../reading/customer-reader.service';
import { ApiError } from './api-error';
import { IdArgs } from './inputs';
import {
  OffboardArgs,
  PreviewOffboardArgs,
  ReassignArgs,
  type ReassignInput,
  selectionOf,
  UndoArgs,
} from './jobs.inputs';
import { MemberGuard } from '../auth/member.guard';
import { type Caller, CallersToken, CurrentCaller } from '../auth/request-context';
import { customerView, memberView, type OutcomeView, poolView, refusalView } from './views';

/** Refusals beyond these are counted, not listed. */
const mostRefusals = 1000;

@Resolver('Job')
@UseGuards(MemberGuard)
export class JobsResolver {
  constructor(
    private readonly reassigning: ReassignService,
    private readonly offboarding: OffboardService,
    private readonly undoing: UndoService,
    private readonly operations: Operations,
    private readonly reader: CustomerReader,
    private readonly kicker: JobKicker,
  ) {}

  @Query()
  async previewReassign(
    @CurrentCaller() caller: Caller,
    @CallersToken() token: string | null,
    @Args() { input }: ReassignArgs,
  ) {
    const { perMember, ...rest } = await told(() => this.reassigning.preview({ ...caller, token }, requestOf(input)));
    return { ...rest, perMember: perMember.map((share) => ({ ...share, member: memberView(share.member) })) };
  }

  @Query()
  async previewOffboard(@CurrentCaller() caller: Caller, @Args() { memberId }: PreviewOffboardArgs) {
    const { perPool, ...rest } = await told(() => this.offboarding.preview(caller, memberId.toLowerCase()));
    return { ...rest, perPool: perPool.map(({ pool, receives }) => ({ pool: poolView(pool), receives })) };
  }

  @Query()
  async job(@CurrentCaller() caller: Caller, @Args() { id }: IdArgs): Promise<OperationProgress | null> {
    return this.operations.find(caller, id.toLowerCase());
  }

  @Mutation()
  async reassign(
    @CurrentCaller() caller: Caller,
    @CallersToken() token: string | null,
    @Args() { input }: ReassignArgs,
  ): Promise<OperationProgress> {
    return this.started(await told(() => this.reassigning.reassign({ ...caller, token }, requestOf(input))));
  }

  @Mutation()
  async offboard(
    @CurrentCaller() caller: Caller,
    @Args() { memberId, reason, requestId }: OffboardArgs,
  ): Promise<OperationProgress> {
    const request = { memberId: memberId.toLowerCase(), reason: reason?.trim() || null, requestId: requestId ?? null };
    return this.started(await told(() => this.offboarding.offboard(caller, request)));
  }

  @Mutation()
  async undo(@CurrentCaller() caller: Caller, @Args() { batchId, requestId }: UndoArgs): Promise<OperationProgress> {
    return this.started(await told(() => this.undoing.undo(caller, batchId.toLowerCase(), requestId ?? null)));
  }

  @Mutation()
  async cancelJob(@CurrentCaller() caller: Caller, @Args() { id }: IdArgs): Promise<OperationProgress> {
    const job = await this.operations.cancel(caller, id.toLowerCase());
    if (!job) throw new ApiError('BAD_USER_INPUT', 'There is no such job of yours. 没有属于您的该任务。');
    return this.started(job);
  }

  @ResolveField()
  async refusals(@CurrentCaller() caller: Caller, @Parent() { id }: OperationProgress): Promise<OutcomeView[]> {
    const items = await this.operations.refusals(id, mostRefusals);
    const customers = await this.reader.byRefs(caller, items);
    return items.flatMap(({ object, recordId, headId, refusal }) => {
      const found = customers.get(customerKey({ object, recordId }));
      // Nobody named those who went along with their company.
      if (!found && headId !== null) return [];
      return {
        object,
        recordId,
        status: 'REFUSED',
        refusal: refusal && refusalView(refusal, caller.locale),
        customer: found ? customerView(found, caller.locale) : null,
      };
    });
  }

  private async started(job: OperationProgress): Promise<OperationProgress> {
    await this.kicker.kick('run-operations');
    return job;
  }
}

function requestOf(input: ReassignInput): ReassignRequest {
  return {
    selection: selectionOf(input.selection),
    toMemberIds: input.toMemberIds.map((id) => id.toLowerCase()),
    strategy: input.strategy ?? 'EVENLY',
    reason: input.reason?.trim() || null,
    overrideCapacity: input.overrideCapacity ?? false,
    withRelated: input.withRelated ?? true,
    requestId: input.requestId ?? null,
  };
}

async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AssignmentError) throw new ApiError(error.code, error.message);
    throw error;
  }
}
