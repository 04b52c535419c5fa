import type { Allowance, CustomerObject } from '../domain/engine.types';
import { explainFault } from '../domain/fault';
import { toSelection } from '../domain/selection';
import type { Locale } from '../domain/strings';
import { summarize, type Message } from '../domain/summary';
import type { EngineClient } from '../engine/engine-client';

export interface ClaimInput {
  object: CustomerObject;
  recordIds: string[];
  locale: Locale;
  engine: EngineClient;
}

/** Claims the selected customers and says what became of each. Never throws: what goes wrong is a message too. */
export async function claimSelection({ object, recordIds, locale, engine }: ClaimInput): Promise<Message> {
  const selection = toSelection(object, recordIds, locale);
  if ('problem' in selection) return selection.problem;
  try {
    const result = await engine.claim(selection.customers);
    return summarize('claim', result, locale, await allowanceIfKnown(engine));
  } catch (error) {
    return { variant: 'error', message: explainFault(error, locale) };
  }
}

// The claim is decided by now; the numbers only make its message better.
async function allowanceIfKnown(engine: EngineClient): Promise<Allowance | undefined> {
  try {
    return await engine.allowance();
  } catch {
    return undefined;
  }
}
