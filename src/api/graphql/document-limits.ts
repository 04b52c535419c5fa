import { Logger } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { GraphQLError, parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import { answerFault } from '../http/answer-fault';
import { ApiError } from './api-error';
import { tooLarge } from './document-size';

/** A thousand records written inline are about ten thousand tokens. */
export const mostTokens = 20_000;
const mostKnown = 1_000;

/**
 * Refuses what is too large before it is validated: GraphQL's own rules take far longer than in proportion, and nothing else runs
 * meanwhile. Programs ask the same few documents all the time, so those that passed are known by their hash.
 */
export function documentLimits(): (request: Request, response: Response, next: NextFunction) => void {
  const passed = new LRUCache<string, true>({ max: mostKnown });
  return ({ body }: Request, response, next) => {
    const query = textOf(body);
    if (query === null) return next();
    const key = createHash('sha256').update(query).digest('base64');
    if (passed.has(key)) return next();
    const problem = problemOf(query);
    if (problem !== null) return answerFault(response, new ApiError('BAD_USER_INPUT', problem), badRequest);
    passed.set(key, true);
    next();
  };
}

const badRequest = 400;

/** What is no request at all is told by Apollo. */
function textOf(body: unknown): string | null {
  const query = typeof body === 'object' && body !== null && 'query' in body ? body.query : null;
  return typeof query === 'string' ? query : null;
}

function problemOf(query: string): string | null {
  try {
    return tooLarge(parse(query, { maxTokens: mostTokens, noLocation: true }));
  } catch (error) {
    if (error instanceof GraphQLError) return error.message;
    // Nested so deeply that it does not fit on the stack.
    if (error instanceof RangeError) return 'The request is nested too deeply. 请求嵌套过深。';
    new Logger('GraphQL').error({ err: error }, 'A document could not be measured');
    throw error;
  }
}
