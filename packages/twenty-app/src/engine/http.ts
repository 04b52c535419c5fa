import { EngineFault } from '../domain/fault';
import type { Host } from './host';

const TIMEOUT_MS = 15_000;

export interface JsonAnswer {
  status: number;
  body: unknown;
}

async function send(host: Host, token: string, url: string, init: RequestInit, timeoutMs: number): Promise<JsonAnswer> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  try {
    const response = await host.fetch(url, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${token}` },
      credentials: 'omit',
      signal: controller.signal,
    });
    const text = await response.text();
    return { status: response.status, body: parseJson(text) };
  } catch {
    // The browser tells no more than that it failed; the clock says whether it was ours.
    throw new EngineFault(controller.signal.aborted ? 'TIMEOUT' : 'UNREACHABLE');
  } finally {
    clearTimeout(timer);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * One authenticated request for JSON. A token that has run out is renewed through the host once, where the host can.
 *
 * @throws EngineFault TIMEOUT, UNREACHABLE or SESSION_EXPIRED
 */
export async function requestJson(
  host: Host,
  url: string,
  init: RequestInit = {},
  timeoutMs = TIMEOUT_MS,
): Promise<JsonAnswer> {
  const answer = await send(host, host.token, url, init, timeoutMs);
  if (answer.status !== 401) return answer;
  const fresh = await host.refreshToken?.().catch(() => undefined);
  if (!fresh || fresh === host.token) throw new EngineFault('SESSION_EXPIRED');
  const second = await send(host, fresh, url, init, timeoutMs);
  if (second.status === 401) throw new EngineFault('SESSION_EXPIRED');
  return second;
}
