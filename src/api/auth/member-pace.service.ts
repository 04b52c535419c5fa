import { Injectable } from '@nestjs/common';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ApiError } from '../graphql/api-error';

/** Far above what a person does, far below what hurts. */
const pointsPerWindow = 1_200;
const windowSeconds = 60;

/** What each member may ask for in a minute, in points: see request-cost.ts. */
@Injectable()
export class MemberPace {
  private readonly limiter = new RateLimiterMemory({ points: pointsPerWindow, duration: windowSeconds });

  /** @throws ApiError RATE_LIMITED */
  async spend(memberId: string, points: number): Promise<void> {
    try {
      await this.limiter.consume(memberId, points);
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection;
      throw new ApiError('RATE_LIMITED', 'Too many requests; please wait a moment. 请求过于频繁，请稍候。', {
        retryAfter: Math.max(1, Math.ceil(rejection.msBeforeNext / 1000)),
      });
    }
  }
}
