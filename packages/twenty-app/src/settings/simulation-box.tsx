import { useEffect, useState } from 'react';
import { say, type Locale } from '../domain/strings';
import { simulationWords } from '../domain/simulation-words';
import { SIMULATE_POLICY } from '../engine/documents';
import { pageEngine } from '../engine/page-engine';
import type { Outlook } from '../console/console.types';
import { Button, Card, Muted, Row } from '../ui/parts';
import { DayPlot } from '../ui/day-plot';
import { QuestionState } from '../ui/question-state';
import { useQuestion } from '../ui/use-question';

const TYPING_MS = 500;
const NO_CHANGE = '{}';

interface SimulationBoxProps {
  poolId: string;
  /** What would be saved; null while a value is wrong. */
  changes: Record<string, unknown> | null;
  today: string;
  locale: Locale;
}

/**
 * What a change would do before it is saved: tonight, when most of it, within 90 days, and whose they are. What the rules do as they
 * are is shown when somebody asks, so that the page shows itself without waiting for it.
 */
export function SimulationBox({ poolId, changes, today, locale }: SimulationBoxProps) {
  const wanted = changes === null ? null : JSON.stringify(changes);
  const [settled, setSettled] = useState(wanted);
  const [asIs, setAsIs] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(wanted), TYPING_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const idle = !asIs && wanted === NO_CHANGE;
  const question = useQuestion(settled === null || (!asIs && settled === NO_CHANGE) ? null : `${poolId} ${settled}`, locale, () =>
    pageEngine(locale).ask<Pick<Outlook, 'simulatePolicy'>>(SIMULATE_POLICY, { poolId, changes: JSON.parse(settled ?? NO_CHANGE) as unknown }),
  );
  const simulation = changes === null || idle ? undefined : question.answer?.simulatePolicy;
  const words = simulation && simulationWords(simulation, today, locale);
  return (
    <Card title={say(locale, 'simulation')}>
      {idle && <Muted>{say(locale, 'simulationStart')}</Muted>}
      {idle && <Row><Button onClick={() => setAsIs(true)}>{say(locale, 'simulationShow')}</Button></Row>}
      {changes === null && <Muted>{say(locale, 'simulationFix')}</Muted>}
      {!idle && changes !== null && (
        <>
          <Muted>{say(locale, settled === NO_CHANGE ? 'simulationNow' : 'simulationChanged')}</Muted>
          <QuestionState question={question} locale={locale} />
        </>
      )}
      {words !== undefined && <strong role="status">{words}</strong>}
      {simulation && words !== undefined && simulation.affected > 0 && (
        <DayPlot label={words} days={simulation.byDay.map(({ on, count }) => ({ on, up: count }))} today={today} locale={locale} upTone="warn" sayBar={({ up }) => say(locale, 'fallingBar', { count: up })} />
      )}
    </Card>
  );
}
