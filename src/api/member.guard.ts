import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ApiError } from './api-error';
import { AuthenticationService } from './authentication.service';
import { localeFromHeader, type RequestContext } from './request-context';

/** Far above what a person does, far below what hurts. */
const callsPerWindow = 600;
const windowSeconds = 60;

/** Lets members of the workspace in, each at a bearable pace. Every resolver stands behind it. */
@Injectable()
export class MemberGuard implements CanActivate {
  private readonly limiter = new RateLimiterMemory({ points: callsPerWindow, duration: windowSeconds });

  constructor(private readonly authentication: AuthenticationService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = GqlExecutionContext.create(context).getContext<RequestContext>();
    if (request.caller) return true;
    const member = await this.authentication.authenticate(bearerToken(request.req.headers.authorization));
    await this.pace(member.memberId);
    request.caller = { ...member, locale: localeFromHeader(request.req.headers['accept-language']) ?? member.locale };
    return true;
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

function bearerToken(header: string | undefined): string | null {
  return /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1] ?? null;
}
