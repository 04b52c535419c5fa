import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { GraphQLResolveInfo } from 'graphql';
import { ApiError } from '../graphql/api-error';
import { AuthenticationService } from './authentication.service';
import { Automations } from './automations.service';
import { requireRecordRights } from './record-rights';
import { bearerToken, type Caller, localeFromHeader, type RequestContext } from './request-context';

/** Far above what a person does, far below what hurts. */
const callsPerWindow = 600;
const windowSeconds = 60;

/** Lets members of the workspace in, each at a bearable pace. Every resolver stands behind it. */
@Injectable()
export class MemberGuard implements CanActivate {
  private readonly limiter = new RateLimiterMemory({ points: callsPerWindow, duration: windowSeconds });

  constructor(
    private readonly authentication: AuthenticationService,
    private readonly automations: Automations,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const graphql = GqlExecutionContext.create(context);
    const request = graphql.getContext<RequestContext>();
    const caller = (request.caller ??= await this.caller(request));
    const { parentType, fieldName } = graphql.getInfo<GraphQLResolveInfo>();
    requireRecordRights(caller, parentType.name, fieldName, graphql.getArgs());
    const { via } = caller;
    if (via && parentType.name === 'Mutation') await this.automations.requireAllowed(via, context.getHandler());
    return true;
  }

  private async caller({ req: { headers } }: RequestContext): Promise<Caller> {
    const member = await this.authentication.authenticate(bearerToken(headers.authorization), {
      member: single(headers['x-highseas-member']),
      via: single(headers['x-highseas-via']),
    });
    await this.pace(member.memberId);
    return { ...member, locale: localeFromHeader(headers['accept-language']) ?? member.locale };
  }

  private async pace(memberId: string): Promise<void> {
    try {
      await this.limiter.consume(memberId);
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection;
      throw new ApiError('RATE_LIMITED', 'Too many requests; please wait a moment. 请求过于频繁，请稍候。', {
        retryAfter: Math.ceil(rejection.msBeforeNext / 1000),
      });
    }
  }
}

function single(header: string | string[] | undefined): string | null {
  return typeof header === 'string' ? header : null;
}
