import type { CustomerObject } from '../domain/engine.types';
import { explainFault } from '../domain/fault';
import { toSelection } from '../domain/selection';
import type { Locale } from '../domain/strings';
import type { Message } from '../domain/summary';
import type { EngineClient } from '../engine/engine-client';

export interface OpenFormInput {
  object: CustomerObject;
  recordIds: string[];
  locale: Locale;
  engine: EngineClient;
  /** Opens the form beside the list; it finds the customers under this id. */
  open: (selectionId: string) => Promise<void>;
}

/**
 * Hands the selection over to a form. Twenty gives several selected records to headless components only, so
 * they wait in the engine. Returns a message when the form cannot be opened.
 */
export async function openForm({
  object,
  recordIds,
  locale,
  engine,
  open,
}: OpenFormInput): Promise<Message | undefined> {
  const selection = toSelection(object, recordIds, locale);
  if ('problem' in selection) return selection.problem;
  try {
    await open(await engine.stageSelection(selection.customers));
    return undefined;
  } catch (error) {
    return { variant: 'error', message: explainFault(error, locale) };
  }
}
