import { useEffect, useState } from 'react';
import type { RecordsApi } from './api';
import type { Locale, Say } from './strings';
import type { ChartDescription, ObjectDescription, WorkspaceDescription } from './workspace.types';

interface Bar {
  label: string;
  count: number;
}

const MOST_BARS = 12;

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function labelOf(value: unknown, field: string | undefined, object: ObjectDescription, say: Say): string {
  if (value === null || value === undefined || value === '') return say('noValue');
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);
  const { options, type } = object.fields[field ?? ''] ?? {};
  if (type === 'DATE' || type === 'DATE_TIME') return text.slice(0, 10);
  return options?.find((option) => option.value === text)?.label ?? text;
}

async function readBars(api: RecordsApi, chart: ChartDescription, object: ObjectDescription, say: Say): Promise<Bar[]> {
  const type = pascal(chart.object);
  if (chart.groupBy.length === 0) {
    const data = await api.ask<Record<string, { totalCount: number }>>(
      `query Count($filter: ${type}FilterInput) { ${chart.objects}(filter: $filter, first: 0) { totalCount } }`,
      { filter: chart.filter },
    );
    return [{ label: '', count: data[chart.objects]?.totalCount ?? 0 }];
  }
  const data = await api.ask<Record<string, { groupByDimensionValues: unknown[]; totalCount: number }[]>>(
    `query Groups($filter: ${type}FilterInput, $groupBy: [${type}GroupByInput!]!) { ${chart.objects}GroupBy(filter: $filter, groupBy: $groupBy) { groupByDimensionValues totalCount } }`,
    { filter: chart.filter, groupBy: chart.groupBy },
  );
  const bars = (data[`${chart.objects}GroupBy`] ?? []).map(({ groupByDimensionValues, totalCount }) => ({
    label: groupByDimensionValues.map((value, index) => labelOf(value, chart.fields[index], object, say)).join(' · '),
    count: totalCount,
  }));
  // Over time in the order of time, else the largest first.
  const isOverTime = ['DATE', 'DATE_TIME'].includes(object.fields[chart.fields[0] ?? '']?.type ?? '');
  return isOverTime
    ? bars.sort((a, b) => a.label.localeCompare(b.label)).slice(-MOST_BARS)
    : bars.sort((a, b) => b.count - a.count).slice(0, MOST_BARS);
}

interface ChartProps {
  chart: ChartDescription;
  object: ObjectDescription;
  api: RecordsApi;
  say: Say;
}

function Chart({ chart, object, api, say }: ChartProps) {
  const [bars, setBars] = useState<Bar[]>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let current = true;
    readBars(api, chart, object, say).then(
      (read) => current && setBars(read),
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
    // A chart is drawn once; the page is drawn anew when a day has passed.
  }, [chart.title]);
  const most = Math.max(1, ...(bars ?? []).map(({ count }) => count));
  return (
    <section className={chart.groupBy.length === 0 ? 'chart figure' : 'chart'} aria-label={chart.title}>
      <h2>{chart.title}</h2>
      {!bars && (
        <p className="state" role="status">
          {say(failed ? 'unreachable' : 'loading')}
        </p>
      )}
      {bars?.length === 0 && <p className="state">{say('empty')}</p>}
      {bars && chart.groupBy.length === 0 && <strong>{bars[0]?.count}</strong>}
      {bars && chart.groupBy.length > 0 && (
        <dl>
          {bars.map(({ label, count }) => (
            <div key={label}>
              <dt title={label}>{label}</dt>
              <dd>
                <span aria-hidden="true" style={{ width: `${Math.round((count / most) * 100)}%` }} />
                {count}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

/** Twenty draws these as its own charts; here their numbers are shown, from the same questions to the record API. */
export function Charts({
  charts,
  workspace,
  api,
  say,
  locale,
}: {
  charts: ChartDescription[];
  workspace: WorkspaceDescription;
  api: RecordsApi;
  say: Say;
  locale: Locale;
}) {
  return (
    <div className="charts" lang={locale}>
      <p className="state">{say('chartsHint')}</p>
      {charts.map((chart) => {
        const object = workspace.objects[chart.object];
        return object && <Chart key={chart.title} chart={chart} object={object} api={api} say={say} />;
      })}
    </div>
  );
}
