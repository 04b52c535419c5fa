import type { CustomerRef } from '../domain/engine.types';
import { explainFault } from '../domain/fault';
import { say, type Locale } from '../domain/strings';
import { summarize, type Message } from '../domain/summary';
import type { EngineClient } from '../engine/engine-client';

export interface SubmitReleaseInput {
  customers: CustomerRef[];
  /** '' = each customer's home pool. */
  poolId: string;
  /** A code of RELEASE_REASONS, '' = none. */
  reason: string;
  note: string;
  locale: Locale;
  engine: EngineClient;
}

export type SubmitReleaseAnswer =
  | { state: 'finished'; message: Message }
  /** The form stays open for another try with these. */
  | { state: 'open'; remaining: CustomerRef[]; message: Message };

/** Releases the staged customers; those refused only for want of a reason stay in the form. */
export async function submitRelease({ customers, poolId, reason, note, locale, engine }: SubmitReleaseInput): Promise<SubmitReleaseAnswer> {
  try {
    const result = await engine.release({ customers, poolId: poolId || null, reason: reason || null, note: note.trim() || null });
    const wantReason = result.outcomes.filter(({ refusal }) => refusal?.code === 'REASON_REQUIRED');
    if (wantReason.length === 0) return { state: 'finished', message: summarize('release', result, locale) };
    const allWantReason = wantReason.length === result.outcomes.length;
    return {
      state: 'open',
      remaining: wantReason.map(({ object, recordId }) => ({ object, recordId })),
      message: allWantReason ? { variant: 'warning', message: say(locale, 'releaseReasonMissing') } : summarize('release', result, locale),
    };
  } catch (error) {
    return { state: 'open', remaining: customers, message: { variant: 'error', message: explainFault(error, locale) } };
  }
}
