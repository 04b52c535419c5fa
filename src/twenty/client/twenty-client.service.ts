import { Injectable } from '@nestjs/common';
import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  type IPolicy,
  retry,
  TaskCancelledError,
  wrap,
} from 'cockatiel';
import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
  type TypedQueryDocumentNode,
} from 'graphql';
import { RateBudget } from './rate-budget';
import { TwentyAuth } from './twenty-auth.service';
import { isTwentyError, TwentyError } from './twenty-error';
import { graphqlData, jsonBody } from './twenty-response';
import { type HttpAnswer, type HttpCall, TwentyTransport } from './twenty-transport';
import type { CallOptions, Instant } from '../records/twenty.types';

export interface RequestOptions extends CallOptions {
  /** Twenty's record API or its metadata API; `graphql` when absent. */
  endpoint?: 'graphql' | 'metadata';
  /** Somebody else's token instead of the engine's own. */
  token?: string;
  /** Told of Twenty's clock by the second, when an answer brings it. */
  onAnswer?: (twentyTime: Instant) => void;
  /**
   * On behalf of somebody who may be anybody: counted by whoever asks, so it takes nothing from the engine's own calls, is tried once, and
   * what becomes of it says nothing about theirs.
   */
  apart?: boolean;
}

interface PreparedDocument {
  text: string;
  isRead: boolean;
  /** Root fields: what the request costs of Twenty's limit. */
  cost: number;
}

const READ_RETRIES = 2;
const FIRST_RETRY_MS = 150;
const LONGEST_RETRY_MS = 2_000;
const FAILURES_TO_OPEN = 5;
const CIRCUIT_OPEN_MS = 2_000;
const CIRCUIT_OPEN = 'CIRCUIT_OPEN';

/**
 * Every call to Twenty's GraphQL. Reads are tried again; writes never are, because only the caller knows whether the work was done.
 * While Twenty is down reads fail at once, and one of them tries it again every two seconds.
 */
@Injectable()
export class TwentyClient {
  private readonly prepared = new WeakMap<DocumentNode, PreparedDocument>();
  private readonly readPolicy: IPolicy = readPolicy();

  constructor(
    private readonly transport: TwentyTransport,
    private readonly auth: TwentyAuth,
    private readonly budget: RateBudget,
  ) {}

  /** @throws TwentyError */
  async request<TData, TVariables extends object>(
    document: TypedQueryDocumentNode<TData, TVariables>,
    variables: TVariables,
    options: RequestOptions,
  ): Promise<TData> {
    const { text, isRead, cost } = this.prepare(document);
    const attempt = async (): Promise<TData> => {
      if (!options.apart) await this.budget.take(cost, options.priority, options.signal);
      const answer = await this.send(
        { method: 'POST', path: `/${options.endpoint ?? 'graphql'}`, body: { query: text, variables } },
        options,
        graphqlData,
      );
      return answer as TData;
    };
    return isRead && !options.apart ? this.read(attempt, options.signal) : attempt();
  }

  /**
   * Reads a route that the app serves, e.g. `/s/highseas/settings`.
   * @throws TwentyError
   */
  async get(path: string, options: Omit<RequestOptions, 'endpoint'>): Promise<Record<string, unknown>> {
    return this.read(async () => {
      await this.budget.take(1, options.priority, options.signal);
      return this.send({ method: 'GET', path }, options, jsonBody);
    }, options.signal);
  }

  private async send<T>(
    call: HttpCall,
    options: RequestOptions,
    interpret: (answer: HttpAnswer) => T,
    lastTry = false,
  ): Promise<T> {
    const token = options.token ?? (await unlessAborted(this.auth.token(), options.signal));
    try {
      const answer = await this.transport.call({
        ...call,
        token,
        signal: options.signal,
        timeoutMs: options.timeoutMs,
      });
      const result = interpret(answer);
      if (!options.apart) this.budget.succeeded();
      if (answer.sentAt) options.onAnswer?.(answer.sentAt);
      return result;
    } catch (error) {
      if (options.apart) throw error;
      if (isTwentyError(error, 'RATE_LIMITED')) throw this.limited(error);
      // An expired token did nothing, so even a write may go again with a new one.
      if (
        isTwentyError(error, 'UNAUTHENTICATED') &&
        options.token === undefined &&
        !lastTry &&
        this.auth.invalidate(token)
      ) {
        return this.send(call, options, interpret, true);
      }
      throw error;
    }
  }

  private limited(error: TwentyError): TwentyError {
    const retryAfterMs = this.budget.limitReached(error.retryAfterMs);
    return new TwentyError({
      kind: 'RATE_LIMITED',
      code: error.code,
      subCode: error.subCode,
      message: error.message,
      mayHaveHappened: false,
      retryAfterMs,
    });
  }

  private async read<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    try {
      return await this.readPolicy.execute(attempt, signal);
    } catch (error) {
      if (error instanceof TaskCancelledError) throw gaveUp('Gave up while Twenty was not answering; nothing was sent');
      if (!(error instanceof BrokenCircuitError)) throw error;
      throw new TwentyError({
        kind: 'UNREACHABLE',
        code: CIRCUIT_OPEN,
        message: 'Twenty has not been answering',
        mayHaveHappened: false,
        retryAfterMs: CIRCUIT_OPEN_MS,
      });
    }
  }

  private prepare(document: DocumentNode): PreparedDocument {
    const known = this.prepared.get(document);
    if (known) return known;
    const operation = document.definitions.find(
      (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
    );
    if (!operation) throw new TypeError('A document needs an operation');
    const prepared = {
      text: print(document),
      isRead: operation.operation === OperationTypeNode.QUERY,
      cost: operation.selectionSet.selections.length,
    };
    this.prepared.set(document, prepared);
    return prepared;
  }
}

/** The sign-in is shared and goes on; only this caller stops waiting for it. */
async function unlessAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return work;
  let stop: () => void = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(gaveUp('Gave up while signing in to Twenty; nothing was sent'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function gaveUp(message: string): TwentyError {
  return new TwentyError({ kind: 'TIMEOUT', code: 'ABORTED', message, mayHaveHappened: false });
}

function readPolicy(): IPolicy {
  const again = retry(
    handleWhen((error) => isTwentyError(error) && error.retryable && error.code !== 'ABORTED'),
    {
      maxAttempts: READ_RETRIES,
      backoff: new ExponentialBackoff({ initialDelay: FIRST_RETRY_MS, maxDelay: LONGEST_RETRY_MS }),
    },
  );
  const isDown = (error: Error): boolean =>
    (isTwentyError(error, 'UNREACHABLE') || isTwentyError(error, 'TIMEOUT')) && error.code !== 'ABORTED';
  const breaker = circuitBreaker(handleWhen(isDown), {
    halfOpenAfter: CIRCUIT_OPEN_MS,
    breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
  });
  return wrap(again, breaker);
}
