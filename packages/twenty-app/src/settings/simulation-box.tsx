import { say, type Locale } from '../domain/strings';
import { Button, Card, Muted, Row } from '../ui/parts';
import { DayPlot } from '../ui/day-plot';
import { QuestionState } from '../ui/question-state';
import type { PolicySimulation } from './use-simulation';

interface SimulationBoxProps {
  policy: PolicySimulation;
  today: string;
  locale: Locale;
}

/** What a change would do before it is saved: tonight, when most of it, within 90 days, and whose they are. */
export function SimulationBox({
  policy: { idle, isBlocked, isOfRules, question, simulation, words, showRules },
  today,
  locale,
}: SimulationBoxProps) {
  return (
    <Card title={say(locale, 'simulation')}>
      {idle && <Muted>{say(locale, 'simulationStart')}</Muted>}
      {idle && (
        <Row>
          <Button onClick={showRules}>{say(locale, 'simulationShow')}</Button>
        </Row>
      )}
      {isBlocked && <Muted>{say(locale, 'simulationFix')}</Muted>}
      {!idle && !isBlocked && (
        <>
          <Muted>{say(locale, isOfRules ? 'simulationNow' : 'simulationChanged')}</Muted>
          <QuestionState question={question} locale={locale} />
        </>
      )}
      {words !== undefined && <strong role="status">{words}</strong>}
      {simulation && words !== undefined && simulation.affected > 0 && (
        <DayPlot
          label={words}
          days={simulation.byDay.map(({ on, count }) => ({ on, up: count }))}
          today={today}
          locale={locale}
          upTone="warn"
          sayBar={({ up }) => say(locale, 'fallingBar', { count: up })}
        />
      )}
    </Card>
  );
}
