import { useState } from 'react';
import { explainFault } from '../domain/fault';
import { say, type Locale } from '../domain/strings';
import { TwentyRefusal } from './twenty-records';

/** What went wrong with a change in Twenty, in plain words and, where Twenty refused, in its own. */
export const explainSaving = (error: unknown, locale: Locale): string =>
  error instanceof TwentyRefusal ? say(locale, 'saveRefused', { reason: error.message }) : explainFault(error, locale);

export interface Saving {
  busy: boolean;
  fault: string | undefined;
  run: (change: () => Promise<void>) => Promise<void>;
}

/** One change in Twenty at a time, and what became of the last. */
export function useSaving(locale: Locale): Saving {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const run = async (change: () => Promise<void>) => {
    setBusy(true);
    setFault(undefined);
    try {
      await change();
    } catch (error) {
      setFault(explainSaving(error, locale));
    } finally {
      setBusy(false);
    }
  };
  return { busy, fault, run };
}
