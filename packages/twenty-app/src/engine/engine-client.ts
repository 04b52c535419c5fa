import { EngineFault, leavesOpen, toFault } from '../domain/fault';
import type { Allowance, CustomerRef, Pool, Result } from '../domain/engine.types';
import type { Locale } from '../domain/strings';
import type { Host } from './host';
import { requestJson } from './http';
import { ALLOWANCE, CLAIM, POOLS, STAGED_SELECTION, STAGE_SELECTION } from './documents';
import { askInParts } from './in-batches';

/** The engine as a front component uses it. Every call throws EngineFault and nothing else. */
export interface EngineClient {
  /** In parts; `onProgress` gets how many are through. */
  claim(customers: CustomerRef[], onProgress?: (done: number) => void): Promise<Result>;
  allowance(): Promise<Allowance>;
  pools(): Promise<Pool[]>;
  stageSelection(customers: CustomerRef[]): Promise<string>;
  stagedSelection(id: string): Promise<CustomerRef[]>;
}

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

/** The address that the app's own route gives to every member. */
export async function findEngineUrl(host: Host): Promise<string> {
  const { status, body } = await requestJson(host, `${host.functionsUrl}/highseas/engine`);
  if (status >= 500) throw new EngineFault('UNAVAILABLE');
  const url = isObject(body) && typeof body.engineUrl === 'string' ? body.engineUrl.trim().replace(/\/+$/, '') : '';
  if (url === '') throw new EngineFault('NOT_SET_UP');
  return url;
}

/** A UUID; `crypto.randomUUID` exists on https and localhost only. */
export function newRequestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

async function post<Data>(
  host: Host,
  engineUrl: string,
  locale: Locale,
  query: string,
  variables: Json,
  timeoutMs: number,
): Promise<Data> {
  const { status, body } = await requestJson(
    host,
    `${engineUrl}/graphql`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-language': locale },
      body: JSON.stringify({ query, variables }),
    },
    timeoutMs,
  );
  if (!isObject(body)) throw new EngineFault(status === 429 ? 'RATE_LIMITED' : 'UNAVAILABLE');
  const [error] = Array.isArray(body.errors) ? (body.errors as unknown[]) : [];
  if (error !== undefined) {
    const extensions = isObject(error) && isObject(error.extensions) ? error.extensions : {};
    throw toFault(extensions.code, extensions.retryAfter);
  }
  if (!isObject(body.data)) throw new EngineFault(status === 429 ? 'RATE_LIMITED' : 'UNAVAILABLE');
  // The documents ask for exactly the shapes of engine.types.ts, and a contract test holds them to the engine's schema.
  return body.data as Data;
}

/** A command lost on its way is sent once more: with the same request id the engine does it only once. */
async function commandOnce<Data>(send: () => Promise<Data>): Promise<Data> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof EngineFault && error.code === 'UNREACHABLE') return send();
    throw error;
  }
}

/** Asks the engine anything; both throw EngineFault and nothing else. */
export interface Engine {
  ask: <Data>(query: string, variables?: Json) => Promise<Data>;
  /** A change. Where the document takes a request id, one that was lost on its way is sent again and still done once. */
  command: <Data>(mutation: string, variables: Json) => Promise<Data>;
}

/** What one component knows of the engine from one call to the next. */
export interface EngineMemory {
  /** Where the engine is, once asked. */
  url?: Promise<string>;
  /** Request ids of commands whose outcome is not known: asking for the very same again repeats it, and does nothing twice. */
  open?: Map<string, string>;
}

// A command waits for Twenty as well; a page that shows nothing for that long looks dead.
const QUESTION_MS = 15_000;
const COMMAND_MS = 30_000;

export function createEngine(host: Host, locale: Locale, memory: EngineMemory = {}): Engine {
  const open = (memory.open ??= new Map<string, string>());
  const attempt = async <Data>(query: string, variables: Json, timeoutMs: number): Promise<Data> => {
    memory.url ??= findEngineUrl(host).catch((error: unknown) => {
      // The next call looks again.
      delete memory.url;
      throw error;
    });
    return post<Data>(host, await memory.url, locale, query, variables, timeoutMs);
  };
  const lookingAgain = async <Data>(run: () => Promise<Data>): Promise<Data> => {
    try {
      return await run();
    } catch (error) {
      // It may have moved.
      if (error instanceof EngineFault && error.code === 'UNREACHABLE') delete memory.url;
      throw error;
    }
  };
  return {
    ask: async <Data>(query: string, variables: Json = {}) => {
      try {
        return await lookingAgain(() => attempt<Data>(query, variables, QUESTION_MS));
      } catch (error) {
        throw error instanceof EngineFault && error.code === 'TIMEOUT' ? new EngineFault('NO_ANSWER') : error;
      }
    },
    command: async <Data>(mutation: string, variables: Json) => {
      if (!mutation.includes('$requestId')) return lookingAgain(() => attempt<Data>(mutation, variables, COMMAND_MS));
      const wish = JSON.stringify([mutation, variables]);
      const withId = { ...variables, requestId: open.get(wish) ?? newRequestId() };
      open.set(wish, withId.requestId);
      try {
        const answer = await lookingAgain(() => commandOnce(() => attempt<Data>(mutation, withId, COMMAND_MS)));
        open.delete(wish);
        return answer;
      } catch (error) {
        if (!leavesOpen(error)) open.delete(wish);
        throw error;
      }
    },
  };
}

export function createEngineClient(host: Host, locale: Locale, memory: EngineMemory = {}): EngineClient {
  const { ask, command } = createEngine(host, locale, memory);
  return {
    claim(customers, onProgress) {
      return askInParts({ ask, command }, CLAIM, 'claim', customers, {}, onProgress);
    },
    async allowance() {
      const { viewer } = await ask<{ viewer: Allowance }>(ALLOWANCE);
      return viewer;
    },
    async pools() {
      const { pools } = await ask<{ pools: Pool[] }>(POOLS);
      return pools;
    },
    async stageSelection(customers) {
      const { stageSelection } = await ask<{ stageSelection: string }>(STAGE_SELECTION, { customers });
      return stageSelection;
    },
    async stagedSelection(id) {
      const { stagedSelection } = await ask<{ stagedSelection: CustomerRef[] }>(STAGED_SELECTION, { id });
      return stagedSelection;
    },
  };
}
