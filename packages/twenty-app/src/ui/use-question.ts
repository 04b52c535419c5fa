import { useCallback, useEffect, useState } from 'react';
import { explainFault } from '../domain/fault';
import type { Locale } from '../domain/strings';

const SLOW_MS = 4_000;

export interface Question<Answer> {
  answer: Answer | undefined;
  /** In plain words, when the last attempt failed. */
  fault: string | undefined;
  /** It has been waiting for longer than a person expects. */
  slow: boolean;
  waiting: boolean;
  again: () => void;
}

/** Asks once for each `key`, and again on demand; a later answer never gives way to an earlier one. Null asks nothing. */
export function useQuestion<Answer>(key: string | null, locale: Locale, ask: () => Promise<Answer>): Question<Answer> {
  const [state, setState] = useState<{ key: string; answer?: Answer; fault?: string }>();
  const [slow, setSlow] = useState(false);
  const [waiting, setWaiting] = useState(key !== null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (key === null) return undefined;
    let current = true;
    setWaiting(true);
    const timer = setTimeout(() => current && setSlow(true), SLOW_MS);
    ask()
      .then(
        (answer) => current && setState({ key, answer }),
        // What was there stays to be seen beside the fault.
        (error: unknown) =>
          current &&
          setState((before) => ({ ...(before?.key === key ? before : {}), key, fault: explainFault(error, locale) })),
      )
      .finally(() => {
        clearTimeout(timer);
        if (!current) return;
        setSlow(false);
        setWaiting(false);
      });
    return () => {
      current = false;
      clearTimeout(timer);
    };
    // `ask` is made anew at each rendering; `key` says when it asks something else.
  }, [key, locale, turn]);
  const known = state !== undefined && state.key === key ? state : undefined;
  return {
    answer: known?.answer,
    fault: known?.fault,
    slow,
    waiting,
    again: useCallback(() => setTurn((before) => before + 1), []),
  };
}
