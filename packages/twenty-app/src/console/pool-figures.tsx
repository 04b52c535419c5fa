import { useState } from 'react';
import { sayDate } from '../domain/days';
import { sayHours, sayShare, type FiguresAnswer, type TenureFigures } from '../domain/figures';
import { sayReason } from '../domain/release-reasons';
import { say, type Locale } from '../domain/strings';
import { CONSOLE_FIGURES } from '../engine/documents';
import { readHost } from '../engine/host';
import { pageEngine } from '../engine/page-engine';
import { readReleaseReasons } from '../engine/release-reasons-source';
import { Card, Muted, Tiles } from '../ui/parts';
import { BarRows } from '../ui/plots';
import { QuestionState } from '../ui/question-state';
import { Segments } from '../ui/segments';
import { Stat } from '../ui/stat';
import { useQuestion } from '../ui/use-question';
import { FiguresTable } from './figures-table';
import { FlowPlot } from './flow-plot';

const PERIODS = [7, 30, 90, 365];

interface Answer {
  figures: FiguresAnswer;
  channels?: Pick<FiguresAnswer, 'byPool'>;
}

interface PoolFiguresProps {
  /** null: all pools that the viewer manages. */
  poolId: string | null;
  /** The viewer manages more than one, which can be compared. */
  several: boolean;
  today: string;
  locale: Locale;
}

/** How a pool did: how fast customers are taken and worked on, how many come back and how many are won, and with whom. */
export function PoolFigures({ poolId, several, today, locale }: PoolFiguresProps) {
  const [days, setDays] = useState(30);
  const compare = several && poolId !== null;
  const question = useQuestion(JSON.stringify([poolId, days]), locale, () =>
    pageEngine(locale).ask<Answer>(CONSOLE_FIGURES, { poolId, days, compare }),
  );
  const reasons = useQuestion('reasons', locale, () => readReleaseReasons(readHost(), locale));
  const figures = question.answer?.figures;
  const byPool = question.answer?.channels?.byPool ?? figures?.byPool ?? [];
  return (
    <>
      <div>
        <Segments
          label={say(locale, 'period')}
          options={PERIODS.map((id) => ({ id, name: say(locale, 'periodDays', { count: id }) }))}
          chosen={days}
          onChoose={setDays}
        />
      </div>
      <QuestionState question={question} locale={locale} />
      {figures && (
        <>
          <Headlines figures={figures.total} from={sayDate(figures.from, locale)} locale={locale} />
          <Tiles least={300}>
            <FlowPlot flow={figures.flow} today={today} locale={locale} />
            <Reasons
              reasons={figures.reasons}
              known={new Map((reasons.answer ?? []).map(({ code, label }) => [code, label]))}
              locale={locale}
            />
          </Tiles>
          <Card title={say(locale, 'perMember')}>
            <Muted>
              {say(locale, figures.byMember.length === 0 ? 'perMemberNone' : 'perMemberMeans', {
                date: sayDate(figures.from, locale),
              })}
            </Muted>
            {figures.byMember.length > 0 && (
              <FiguresTable
                label={say(locale, 'perMember')}
                first="column_member"
                rows={figures.byMember.map(({ member, ownsNow, figures: own }) => ({
                  id: member.id || member.name,
                  name: member.name,
                  ownsNow,
                  figures: own,
                }))}
                locale={locale}
              />
            )}
          </Card>
          {several && (
            <Card title={say(locale, 'perPool')}>
              <Muted>{say(locale, 'perPoolMeans')}</Muted>
              <FiguresTable
                label={say(locale, 'perPool')}
                first="pool"
                rows={byPool.map(({ pool, figures: own }) => ({ id: pool.id, name: pool.name, figures: own }))}
                locale={locale}
              />
            </Card>
          )}
        </>
      )}
    </>
  );
}

function Headlines({ figures, from, locale }: { figures: TenureFigures; from: string; locale: Locale }) {
  const { taken, reclaimed, won, medianHoursToClaim, medianHoursToFirstActivity, reclaimRate, conversionRate } =
    figures;
  const none = taken === 0 ? say(locale, 'noneTaken', { date: from }) : undefined;
  return (
    <Tiles least={170}>
      <Stat name={say(locale, 'column_taken')} value={taken.toLocaleString(locale)}>
        {none ?? say(locale, 'takenMeans', { date: from })}
      </Stat>
      <Stat name={say(locale, 'column_medianHoursToClaim')} value={sayHours(medianHoursToClaim, locale)}>
        {none ?? say(locale, 'toClaimMeans')}
      </Stat>
      <Stat
        name={say(locale, 'column_medianHoursToFirstActivity')}
        value={sayHours(medianHoursToFirstActivity, locale)}
      >
        {none ?? say(locale, medianHoursToFirstActivity === null ? 'toFirstNone' : 'toFirstMeans')}
      </Stat>
      <Stat name={say(locale, 'column_reclaimRate')} value={sayShare(reclaimRate, locale)}>
        {none ?? say(locale, 'reclaimMeans', { taken, date: from, count: reclaimed })}
      </Stat>
      <Stat name={say(locale, 'column_conversionRate')} value={sayShare(conversionRate, locale)}>
        {none ?? say(locale, 'conversionMeans', { taken, count: won })}
      </Stat>
    </Tiles>
  );
}

function Reasons({
  reasons,
  known,
  locale,
}: {
  reasons: FiguresAnswer['reasons'];
  known: Map<string, string>;
  locale: Locale;
}) {
  return (
    <Card title={say(locale, 'reasonsTitle')}>
      <Muted>{say(locale, reasons.length === 0 ? 'reasonsNone' : 'reasonsMeans')}</Muted>
      {reasons.length > 0 && (
        <BarRows
          label={say(locale, 'reasonsTitle')}
          rows={reasons.map(({ type, reason, count }) => ({
            id: `${type} ${reason ?? ''}`,
            name: reason === null ? say(locale, 'noReason') : sayReason(reason, known, locale),
            value: count,
            text: count.toLocaleString(locale),
            beside: say(locale, `event${type}`),
            tone: type === 'RELEASED' ? 'info' : 'neutral',
          }))}
        />
      )}
    </Card>
  );
}
