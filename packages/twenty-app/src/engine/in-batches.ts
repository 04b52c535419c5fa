import { EngineFault } from '../domain/fault';
import { NOT_REACHED, type CustomerRef, type Outcome, type Result } from '../domain/engine.types';
import type { Engine } from './engine-client';

/** So many the engine answers well within the time a person waits, and Twenty writes at once. */
export const BATCH = 200;

const unanswered = (customer: CustomerRef, mayHappen: boolean): Outcome =>
  mayHappen
    ? { ...customer, status: 'PENDING', refusal: null, customer: null }
    : { ...customer, status: 'REFUSED', refusal: { code: NOT_REACHED, message: '' }, customer: null };

/**
 * Gives a command on many customers to the engine part by part, in order. When a later part fails, what was done before is told
 * beside what was not; when the first does, nothing was done and its fault is thrown.
 *
 * @param run the command on one part
 * @param onProgress how many customers are through
 * @throws EngineFault
 */
export async function inBatches(
  customers: CustomerRef[],
  run: (part: CustomerRef[]) => Promise<Result>,
  onProgress?: (done: number) => void,
  size = BATCH,
): Promise<Result> {
  const outcomes: Outcome[] = [];
  for (let at = 0; at < customers.length; at += size) {
    const part = customers.slice(at, at + size);
    try {
      outcomes.push(...(await run(part)).outcomes);
    } catch (error) {
      if (at === 0) throw error;
      const mayHappen = error instanceof EngineFault && error.code === 'TIMEOUT';
      const rest = customers.slice(at + size);
      return {
        outcomes: [
          ...outcomes,
          ...part.map((customer) => unanswered(customer, mayHappen)),
          ...rest.map((customer) => unanswered(customer, false)),
        ],
      };
    }
    onProgress?.(outcomes.length);
  }
  return { outcomes };
}

/** `inBatches` for a mutation that takes customers beside its other variables and answers under its own name. */
export function askInParts<Name extends string>(
  engine: Engine,
  mutation: string,
  name: Name,
  customers: CustomerRef[],
  variables: Record<string, unknown>,
  onProgress?: (done: number) => void,
): Promise<Result> {
  return inBatches(
    customers,
    async (part) => (await engine.command<Record<Name, Result>>(mutation, { customers: part, ...variables }))[name],
    onProgress,
  );
}
