import { Injectable, Logger } from '@nestjs/common';
import { bulkhead, BulkheadRejectedError, type IPolicy } from 'cockatiel';
import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource, IsNull } from 'typeorm';
import { MemberEntity } from '../../storage/entities/member.entity';
import type { TokenClaims } from '../../twenty/client/token-claims';
import { ApiError } from '../graphql/api-error';

const windowSeconds = 60;
const usersKnownForMs = 10_000;

/** One kind of callers: how many of their tokens Twenty is asked about in a minute, and how many at a time. */
class Lane {
  private readonly limiter: RateLimiterMemory;
  private readonly crowd: IPolicy;

  constructor(perMinute: number, atATime: number) {
    this.limiter = new RateLimiterMemory({ points: perMinute, duration: windowSeconds });
    this.crowd = bulkhead(atATime, perMinute);
  }

  async run<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
    await spend(this.limiter, 'all');
    try {
      return await this.crowd.execute(ask, signal);
    } catch (error) {
      if (error instanceof BulkheadRejectedError) throw tooMany(1);
      throw error;
    }
  }
}

/**
 * Asking Twenty about a token that was never seen costs whoever sends it nothing, so it may cost the engine little: it has a budget of
 * its own, apart from that of claims and readings. Whoever the token says it is decides which one, so that a flood of strangers keeps no
 * member out, nor one of tokens in one member's name another member.
 */
@Injectable()
export class UnseenTokens {
  private readonly logger = new Logger(UnseenTokens.name);
  private readonly members = new Lane(300, 4);
  private readonly strangers = new Lane(60, 2);
  private readonly automations = new Lane(120, 4);
  private readonly perUser = new RateLimiterMemory({ points: 60, duration: windowSeconds });
  /** Refusals by remote address. */
  private readonly refusals = new RateLimiterMemory({ points: 120, duration: windowSeconds });
  private readonly users = new LRUCache<'all', ReadonlySet<string>>({
    max: 1,
    ttl: usersKnownForMs,
    fetchMethod: () => this.readUsers(),
  });

  constructor(private readonly dataSource: DataSource) {}

  /**
   * @param address of whoever sent it
   * @param signal of those who wait for it
   * @throws ApiError RATE_LIMITED; nothing was asked then
   */
  async ask<T>(claims: TokenClaims, address: string, signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
    if (claims.userId !== null && (await this.isKnown(claims.userId))) {
      await spend(this.perUser, claims.userId);
      return this.members.run(ask, signal);
    }
    const refusals = await this.refusals.get(address);
    if (refusals && refusals.remainingPoints <= 0) throw tooMany(secondsOf(refusals));
    return (claims.isOfApplicationAlone ? this.automations : this.strangers).run(ask, signal);
  }

  /** Whoever is refused again and again has no more tokens looked at for a while, unless they are in the name of a member. */
  async refused(address: string): Promise<void> {
    const { consumedPoints } = await this.refusals.penalty(address);
    if (consumedPoints === this.refusals.points)
      this.logger.warn(
        { address },
        'An address is refused again and again; its unknown tokens are not looked at for a minute',
      );
  }

  private async isKnown(userId: string): Promise<boolean> {
    return (await this.users.fetch('all'))?.has(userId) ?? false;
  }

  private async readUsers(): Promise<ReadonlySet<string>> {
    const members = await this.dataSource.manager.find(MemberEntity, {
      where: { removedAt: IsNull() },
      select: { userId: true },
    });
    return new Set(members.flatMap(({ userId }) => userId ?? []));
  }
}

async function spend(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (rejection) {
    if (!(rejection instanceof RateLimiterRes)) throw rejection;
    throw tooMany(secondsOf(rejection));
  }
}

function secondsOf({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1000));
}

function tooMany(retryAfter: number): ApiError {
  return new ApiError('RATE_LIMITED', 'Too many sign-ins at once; please wait a moment. 登录请求过多，请稍候。', {
    retryAfter,
  });
}
