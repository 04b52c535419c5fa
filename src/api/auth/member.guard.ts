import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { ActingMember } from '../../domain/customer/acting-member';
import { ApiError } from '../graphql/api-error';
import { AuthenticationService } from './authentication.service';
import { Automations } from './automations.service';
import { freshForMs, needsFreshRights } from './fresh-rights';
import { MemberPace } from './member-pace.service';
import { requireRecordRights } from './record-rights';
import { costOf } from './request-cost';
import { type AuthenticatedRequest, type Caller, localeFromHeader, type RequestContext } from './request-context';

/** Lets members of the workspace, whom CallerGate knows, do what they may, each at a bearable pace. Every resolver stands behind it. */
@Injectable()
export class MemberGuard implements CanActivate {
  constructor(
    private readonly authentication: AuthenticationService,
    private readonly automations: Automations,
    private readonly pace: MemberPace,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const graphql = GqlExecutionContext.create(context);
    const request = graphql.getContext<RequestContext>();
    const info = graphql.getInfo<GraphQLResolveInfo>();
    const operation = info.parentType.name;
    const args: unknown = graphql.getArgs();
    request.caller ??= callerOf(request.req);
    if (operation === 'Query' || operation === 'Mutation')
      await this.pace.spend(request.caller.memberId, costOf(info, args));
    const caller = needsFreshRights(operation, info.fieldName) ? await this.refreshed(request) : request.caller;
    requireRecordRights(caller, operation, info.fieldName, args);
    const { via } = caller;
    if (via && operation === 'Mutation') await this.automations.requireAllowed(via, context.getHandler());
    return true;
  }

  private async refreshed(request: RequestContext): Promise<Caller> {
    const { req } = request;
    const member = req.credentials && (await this.authentication.authenticate(req.credentials, freshForMs));
    return (request.caller = callerOf(req, member));
  }
}

function callerOf({ member: known, headers }: AuthenticatedRequest, member: ActingMember | undefined = known): Caller {
  if (!member) throw new ApiError('UNAUTHENTICATED', 'A Twenty token is needed. 需要 Twenty 令牌。');
  return { ...member, locale: localeFromHeader(headers['accept-language']) ?? member.locale };
}
