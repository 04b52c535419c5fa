import { useEffect, useState } from 'react';
import { addDays, sayDate } from '../domain/days';
import { say, type Locale } from '../domain/strings';
import { SIMULATE_POLICY } from '../engine/documents';
import { pageEngine } from '../engine/page-engine';
import type { Outlook } from '../console/console.types';
import { Card, Muted } from '../ui/parts';
import { DayPlot } from '../ui/plots';
import { QuestionState } from '../ui/question-state';
import { useQuestion } from '../ui/use-question';

const TYPING_MS = 500;

interface SimulationBoxProps {
  poolId: string;
  /** What would be saved; null while a value is wrong. */
  changes: Record<string, unknown> | null;
  today: string;
  locale: Locale;
}

/** What a change would do before it is saved: tonight, within a week, within 90 days, and whose they are. */
export function SimulationBox({ poolId, changes, today, locale }: SimulationBoxProps) {
  const wanted = changes === null ? null : JSON.stringify(changes);
  const [settled, setSettled] = useState(wanted);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(wanted), TYPING_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const question = useQuestion(settled === null ? null : `${poolId} ${settled}`, locale, () =>
    pageEngine(locale).ask<Pick<Outlook, 'simulatePolicy'>>(SIMULATE_POLICY, { poolId, changes: JSON.parse(settled ?? '{}') as unknown }),
  );
  const simulation = question.answer?.simulatePolicy;
  const within = (days: number) => simulation?.byDay.filter(({ on }) => on <= addDays(today, days)).reduce((sum, { count }) => sum + count, 0) ?? 0;
  const [most] = simulation?.byOwner ?? [];
  return (
    <Card title={say(locale, 'simulation')}>
      <Muted>{say(locale, settled === '{}' ? 'simulationNow' : 'simulationChanged')}</Muted>
      {changes === null ? <Muted>{say(locale, 'simulationFix')}</Muted> : <QuestionState question={question} locale={locale} />}
      {changes !== null && simulation && simulation.affected === 0 && <strong>{say(locale, 'simulationNone')}</strong>}
      {changes !== null && simulation && simulation.affected > 0 && (
        <>
          <strong role="status">{say(locale, 'simulationText', { tonight: within(0), week: within(7), all: simulation.affected })}</strong>
          {most && <span>{say(locale, 'simulationMost', { name: most.member.name, count: most.count })}</span>}
          <DayPlot label={say(locale, 'simulationText', { tonight: within(0), week: within(7), all: simulation.affected })} days={simulation.byDay.map(({ count }) => ({ up: count }))} first={sayDate(simulation.byDay[0]?.on ?? today, locale)} last={sayDate(simulation.byDay.at(-1)?.on ?? today, locale)} upTone="warn" />
        </>
      )}
    </Card>
  );
}
