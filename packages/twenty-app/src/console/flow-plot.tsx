import { say, type Locale } from '../domain/strings';
import { Badge, Card, Muted, Row } from '../ui/parts';
import { DayPlot } from '../ui/day-plot';

/** How many customers came to wait in a pool each day, and how many of those who waited left it. */
export function FlowPlot({
  flow,
  today,
  locale,
}: {
  flow: { on: string; into: number; out: number }[];
  today: string;
  locale: Locale;
}) {
  const into = flow.reduce((sum, day) => sum + day.into, 0);
  const out = flow.reduce((sum, day) => sum + day.out, 0);
  return (
    <Card
      title={say(locale, 'flowTitle', { days: flow.length })}
      aside={
        <Row gap={4}>
          <Badge tone="info">{say(locale, 'flowIn', { count: into })}</Badge>
          <Badge tone="good">{say(locale, 'flowOut', { count: out })}</Badge>
        </Row>
      }
    >
      <Muted>{say(locale, 'flowMeans')}</Muted>
      <DayPlot
        label={say(locale, 'flowPlot', { into, out })}
        days={flow.map((day) => ({ on: day.on, up: day.into, down: day.out }))}
        today={today}
        locale={locale}
        sayBar={({ up, down = 0 }) => say(locale, 'flowBar', { into: up, out: down })}
      />
    </Card>
  );
}
