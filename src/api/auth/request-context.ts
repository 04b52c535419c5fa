import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type DataLoader from 'dataloader';
import type { Request } from 'express';
import type { CustomerRef, Locale } from '../../domain/customer/customer';
import { bounded, longest } from '../../domain/text/bounded-text';
import type { ClockExplanation } from '../../domain/idle-clock/clock.types';
import type { ActingMember } from '../../domain/customer/acting-member';
import type { WaitingRequest } from '../../reading/attention.queries';
import { ApiError } from '../graphql/api-error';
import type { Credentials } from './authentication.service';

export interface Caller extends ActingMember {
  /** Of the answer: the request's Accept-Language, else the member's own language. */
  locale: Locale;
}

/** A request that CallerGate has let through. */
export interface AuthenticatedRequest extends Request {
  credentials?: Credentials;
  member?: ActingMember;
}

/** What lives as long as one request. */
export interface RequestContext {
  req: AuthenticatedRequest;
  caller?: Caller;
  /** Pool counts are asked for once, however many pools the answer names. */
  counts?: Promise<Map<string, { pooled: number; owned: number }>>;
  clocks?: DataLoader<CustomerRef, ClockExplanation | null>;
  moreTimes?: DataLoader<CustomerRef, WaitingRequest | null>;
}

/** The authenticated member; MemberGuard has put it there. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const { caller } = GqlExecutionContext.create(context).getContext<RequestContext>();
  if (!caller) throw new ApiError('UNAUTHENTICATED', 'A Twenty token is needed. 需要 Twenty 令牌。');
  return caller;
});

/** With which Twenty says what the caller themselves may read; null for an automation, whose token is the app's and no person's. */
export const CallersToken = createParamDecorator((_data: unknown, context: ExecutionContext): string | null => {
  const { req, caller } = GqlExecutionContext.create(context).getContext<RequestContext>();
  return !caller || caller.via ? null : bearerToken(req.headers.authorization);
});

export function bearerToken(header: string | undefined): string | null {
  return /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1] ?? null;
}

/** The first supported language that the header asks for, in the order of its weights. */
export function localeFromHeader(header: string | undefined): Locale | null {
  const wanted = bounded(header ?? '', longest.acceptLanguage)
    .split(',')
    .map((part) => {
      const [tag = '', ...params] = part.trim().toLowerCase().split(';');
      const weight = params.map((param) => /^\s*q=([\d.]+)\s*$/.exec(param)?.[1]).find((value) => value !== undefined);
      return { tag: tag.trim(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { tag } of wanted) {
    if (tag.startsWith('zh')) return 'zh-CN';
    if (tag.startsWith('en')) return 'en';
  }
  return null;
}
