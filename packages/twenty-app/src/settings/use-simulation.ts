import { useEffect, useState } from 'react';
import type { Outlook } from '../console/console.types';
import type { Locale } from '../domain/strings';
import { simulationWords } from '../domain/simulation-words';
import { SIMULATE_POLICY } from '../engine/documents';
import { pageEngine } from '../engine/page-engine';
import { useQuestion, type Question } from '../ui/use-question';

const TYPING_MS = 500;
const NO_CHANGE = '{}';

export interface PolicySimulation {
  /** Nothing is changed, and nobody has asked what the rules do as they are. */
  idle: boolean;
  /** A value is wrong, so there is nothing to try. */
  isBlocked: boolean;
  /** What is shown is of the rules as they are. */
  isOfRules: boolean;
  question: Question<Pick<Outlook, 'simulatePolicy'>>;
  simulation: Outlook['simulatePolicy'] | undefined;
  /** In one sentence; undefined while it is on its way. */
  words: string | undefined;
  showRules: () => void;
}

/**
 * What a change would do before it is saved. What the rules do as they are is asked when somebody wants to know, so that the page shows
 * itself without waiting for it.
 *
 * @param changes what would be saved; null while a value is wrong
 */
export function useSimulation(
  poolId: string,
  changes: Record<string, unknown> | null,
  today: string,
  locale: Locale,
): PolicySimulation {
  const wanted = changes === null ? null : JSON.stringify(changes);
  const [settled, setSettled] = useState(wanted);
  const [asIs, setAsIs] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(wanted), TYPING_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const idle = !asIs && wanted === NO_CHANGE;
  const question = useQuestion(
    settled === null || (!asIs && settled === NO_CHANGE) ? null : `${poolId} ${settled}`,
    locale,
    () =>
      pageEngine(locale).ask<Pick<Outlook, 'simulatePolicy'>>(SIMULATE_POLICY, {
        poolId,
        changes: JSON.parse(settled ?? NO_CHANGE) as unknown,
      }),
  );
  const simulation = changes === null || idle ? undefined : question.answer?.simulatePolicy;
  return {
    idle,
    isBlocked: changes === null,
    isOfRules: settled === NO_CHANGE,
    question,
    simulation,
    words: simulation && simulationWords(simulation, today, locale),
    showRules: () => setAsIs(true),
  };
}
