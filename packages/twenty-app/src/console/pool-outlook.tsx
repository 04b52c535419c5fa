import { useState } from 'react';
import { sayDate } from '../domain/days';
import { say, type Locale } from '../domain/strings';
import type { Named } from '../pool-tab/pool-tab.types';
import { Badge, Button, Card, Muted, Row, Tiles } from '../ui/parts';
import { DayPlot } from '../ui/day-plot';
import { BarRows } from '../ui/plots';
import { Stat } from '../ui/stat';
import type { ConsolePool, Outlook } from './console.types';
import { FlowPlot } from './flow-plot';

export const FLOW_DAYS = 30;
const MOST_OWNERS = 6;

interface PoolOutlookProps {
  pool: ConsolePool;
  /** Undefined while it is on its way. */
  outlook: Outlook | undefined;
  today: string;
  locale: Locale;
  /** Somebody wants to see what is at risk with this owner. */
  onOwner: (owner: Named) => void;
}

/** What is in a pool, what will fall back to it, whose it is and by which rule, and how customers came and went. */
export function PoolOutlook({ pool, outlook, today, locale, onOwner }: PoolOutlookProps) {
  const number = (value: number | undefined) => value?.toLocaleString(locale) ?? '…';
  const simulation = outlook?.simulatePolicy;
  return (
    <>
      <Tiles least={150}>
        <Stat name={say(locale, 'pooledCount')} value={number(pool.pooledCount)}>
          {say(locale, 'pooledMeans')}
        </Stat>
        <Stat name={say(locale, 'ownedCount')} value={number(pool.ownedCount)}>
          {say(locale, 'ownedMeans')}
        </Stat>
        <Stat name={say(locale, 'dueIn90')} value={number(simulation?.affected)}>
          {say(locale, 'dueMeans')}
        </Stat>
      </Tiles>
      {outlook && (
        <Tiles least={280}>
          <FallingBack simulation={outlook.simulatePolicy} today={today} locale={locale} />
          <AtRisk byOwner={outlook.simulatePolicy.byOwner} locale={locale} onOwner={onOwner} />
          <FlowPlot flow={outlook.figures.flow} today={today} locale={locale} />
        </Tiles>
      )}
    </>
  );
}

function FallingBack({
  simulation: { affected, byDay, byRule },
  today,
  locale,
}: {
  simulation: Outlook['simulatePolicy'];
  today: string;
  locale: Locale;
}) {
  const worst = byDay.reduce((most, day) => (day.count > most.count ? day : most), { on: today, count: 0 });
  return (
    <Card title={say(locale, 'outlookTitle')}>
      <Muted>
        {affected === 0
          ? say(locale, 'noneFalling', { days: 90 })
          : say(locale, 'outlookText', { count: affected, date: sayDate(worst.on, locale) })}
      </Muted>
      {affected > 0 && (
        <>
          <DayPlot
            label={say(locale, 'outlookPlot', { count: affected, date: sayDate(worst.on, locale) })}
            days={byDay.map(({ on, count }) => ({ on, up: count }))}
            today={today}
            locale={locale}
            upTone="warn"
            sayBar={({ up }) => say(locale, 'fallingBar', { count: up })}
          />
          <Row>
            {byRule.map(({ rule, count }) => (
              <Badge key={rule}>{`${say(locale, `rule${rule}`)} ${count.toLocaleString(locale)}`}</Badge>
            ))}
          </Row>
        </>
      )}
    </Card>
  );
}

function AtRisk({
  byOwner,
  locale,
  onOwner,
}: {
  byOwner: Outlook['simulatePolicy']['byOwner'];
  locale: Locale;
  onOwner: (owner: Named) => void;
}) {
  const [all, setAll] = useState(false);
  const shown = all ? byOwner : byOwner.slice(0, MOST_OWNERS);
  return (
    <Card title={say(locale, 'atRiskTitle')}>
      <Muted>{say(locale, byOwner.length === 0 ? 'nobodyAtRisk' : 'atRiskText')}</Muted>
      {byOwner.length > 0 && (
        <BarRows
          label={say(locale, 'atRiskTitle')}
          onChoose={{
            label: (name) => say(locale, 'showOf', { name }),
            choose: ({ id, name }) => onOwner({ id, name }),
          }}
          rows={shown.map(({ member, count }) => ({
            id: member.id,
            name: member.name,
            value: count,
            text: count.toLocaleString(locale),
            tone: 'warn',
          }))}
        />
      )}
      {byOwner.length > shown.length && (
        <Row>
          <Button look="plain" onClick={() => setAll(true)}>
            {say(locale, 'more', { count: byOwner.length - shown.length })}
          </Button>
        </Row>
      )}
    </Card>
  );
}
