import { sayDate, addDays } from '../domain/days';
import { say, type Locale } from '../domain/strings';
import { CONSOLE_OUTLOOK } from '../engine/documents';
import { pageEngine } from '../engine/page-engine';
import { Badge, Card, Columns, Muted, Row } from '../ui/parts';
import { BarRows, DayPlot } from '../ui/plots';
import { QuestionState } from '../ui/question-state';
import { useQuestion } from '../ui/use-question';
import type { Outlook } from './console.types';
import { flowOf } from './flow';

const FLOW_DAYS = 30;
const MOST_OWNERS = 8;

/** What will fall back to a pool, whose it is and by which rule, and how customers came and went. */
export function PoolOutlook({ poolId, today, locale }: { poolId: string; today: string; locale: Locale }) {
  const question = useQuestion(poolId, locale, () => pageEngine(locale).ask<Outlook>(CONSOLE_OUTLOOK, { poolId }));
  const { answer } = question;
  if (!answer) return <Card title={say(locale, 'outlookTitle')}><QuestionState question={question} locale={locale} /></Card>;
  const { affected, byDay, byOwner, byRule } = answer.simulatePolicy;
  const worst = byDay.reduce((most, day) => (day.count > most.count ? day : most), { on: today, count: 0 });
  const flow = flowOf(answer.ownershipEvents, poolId, today, FLOW_DAYS);
  const last = byDay.at(-1)?.on ?? today;
  return (
    <>
      <QuestionState question={question} locale={locale} />
      <Columns least={280}>
        <Card title={say(locale, 'outlookTitle')} aside={<Badge tone={affected > 0 ? 'warn' : 'good'}>{`${say(locale, 'dueIn90')}: ${affected.toLocaleString(locale)}`}</Badge>}>
          {affected === 0
            ? <Muted>{say(locale, 'noneFalling', { days: 90 })}</Muted>
            : <DayPlot label={say(locale, 'outlookPlot', { count: affected, date: sayDate(worst.on, locale) })} days={byDay.map(({ count }) => ({ up: count }))} first={sayDate(byDay[0]?.on ?? today, locale)} last={sayDate(last, locale)} upTone="warn" />}
          <Row>{byRule.map(({ rule, count }) => <Badge key={rule}>{`${say(locale, `rule${rule}`)}: ${count.toLocaleString(locale)}`}</Badge>)}</Row>
        </Card>
        <Card title={say(locale, 'atRiskTitle')}>
          {byOwner.length === 0
            ? <Muted>{say(locale, 'empty')}</Muted>
            : <BarRows label={say(locale, 'atRiskTitle')} rows={byOwner.slice(0, MOST_OWNERS).map(({ member, count }) => ({ id: member.id, name: member.name, value: count, text: count.toLocaleString(locale), tone: 'warn' }))} />}
          {byOwner.length > MOST_OWNERS && <Muted>{say(locale, 'more', { count: byOwner.length - MOST_OWNERS })}</Muted>}
        </Card>
        <Card title={say(locale, 'flowTitle', { days: FLOW_DAYS })}>
          <DayPlot label={say(locale, 'flowPlot', { into: flow.into, out: flow.out })} days={flow.days} first={sayDate(addDays(today, 1 - FLOW_DAYS), locale)} last={sayDate(today, locale)} />
          <Row><Badge tone="info">{say(locale, 'flowIn', { count: flow.into })}</Badge><Badge tone="good">{say(locale, 'flowOut', { count: flow.out })}</Badge></Row>
          {answer.ownershipEvents.hasNextPage && <Muted>{say(locale, 'flowPart')}</Muted>}
        </Card>
      </Columns>
    </>
  );
}
