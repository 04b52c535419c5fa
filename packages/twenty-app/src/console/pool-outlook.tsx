import { sayDate } from '../domain/days';
import { say, type Locale } from '../domain/strings';
import { CONSOLE_OUTLOOK } from '../engine/documents';
import { pageEngine } from '../engine/page-engine';
import { Badge, Card, Muted, Row, Tiles } from '../ui/parts';
import { DayPlot } from '../ui/day-plot';
import { BarRows } from '../ui/plots';
import { QuestionState } from '../ui/question-state';
import { Stat } from '../ui/stat';
import { useQuestion } from '../ui/use-question';
import type { ConsolePool, Outlook } from './console.types';
import { FlowPlot } from './flow-plot';

const FLOW_DAYS = 30;
const MOST_OWNERS = 6;

/** What is in a pool, what will fall back to it, whose it is and by which rule, and how customers came and went. */
export function PoolOutlook({ pool, today, locale }: { pool: ConsolePool; today: string; locale: Locale }) {
  const question = useQuestion(pool.id, locale, () => pageEngine(locale).ask<Outlook>(CONSOLE_OUTLOOK, { poolId: pool.id, days: FLOW_DAYS }));
  const { answer } = question;
  const number = (value: number | undefined) => value?.toLocaleString(locale) ?? '…';
  const simulation = answer?.simulatePolicy;
  return (
    <>
      <Tiles least={150}>
        <Stat name={say(locale, 'pooledCount')} value={number(pool.pooledCount)}>{say(locale, 'pooledMeans')}</Stat>
        <Stat name={say(locale, 'ownedCount')} value={number(pool.ownedCount)}>{say(locale, 'ownedMeans')}</Stat>
        <Stat name={say(locale, 'dueIn90')} value={number(simulation?.affected)}>{say(locale, 'dueMeans')}</Stat>
      </Tiles>
      <QuestionState question={question} locale={locale} />
      {answer && (
        <Tiles least={280}>
          <FallingBack simulation={answer.simulatePolicy} today={today} locale={locale} />
          <AtRisk byOwner={answer.simulatePolicy.byOwner} locale={locale} />
          <FlowPlot flow={answer.figures.flow} today={today} locale={locale} />
        </Tiles>
      )}
    </>
  );
}

function FallingBack({ simulation: { affected, byDay, byRule }, today, locale }: { simulation: Outlook['simulatePolicy']; today: string; locale: Locale }) {
  const worst = byDay.reduce((most, day) => (day.count > most.count ? day : most), { on: today, count: 0 });
  return (
    <Card title={say(locale, 'outlookTitle')}>
      <Muted>{affected === 0 ? say(locale, 'noneFalling', { days: 90 }) : say(locale, 'outlookText', { count: affected, date: sayDate(worst.on, locale) })}</Muted>
      {affected > 0 && (
        <>
          <DayPlot label={say(locale, 'outlookPlot', { count: affected, date: sayDate(worst.on, locale) })} days={byDay.map(({ on, count }) => ({ on, up: count }))} today={today} locale={locale} upTone="warn"
            sayBar={({ up }) => say(locale, 'fallingBar', { count: up })} />
          <Row>{byRule.map(({ rule, count }) => <Badge key={rule}>{`${say(locale, `rule${rule}`)} ${count.toLocaleString(locale)}`}</Badge>)}</Row>
        </>
      )}
    </Card>
  );
}

function AtRisk({ byOwner, locale }: { byOwner: Outlook['simulatePolicy']['byOwner']; locale: Locale }) {
  return (
    <Card title={say(locale, 'atRiskTitle')}>
      <Muted>{say(locale, byOwner.length === 0 ? 'nobodyAtRisk' : 'atRiskText')}</Muted>
      {byOwner.length > 0 && <BarRows label={say(locale, 'atRiskTitle')} rows={byOwner.slice(0, MOST_OWNERS).map(({ member, count }) => ({ id: member.id, name: member.name, value: count, text: count.toLocaleString(locale), tone: 'warn' }))} />}
      {byOwner.length > MOST_OWNERS && <Muted>{say(locale, 'more', { count: byOwner.length - MOST_OWNERS })}</Muted>}
    </Card>
  );
}
