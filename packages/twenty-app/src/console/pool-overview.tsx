import { useRef, useState } from 'react';
import { say, type Locale } from '../domain/strings';
import { CONSOLE_POOL } from '../engine/documents';
import {
  archiveSpec,
  assignSpec,
  holdSpec,
  moveSpec,
  protectSpec,
  quietSpec,
  releaseSpec,
  restoreSpec,
} from '../forms/form-specs';
import type { FormSpec } from '../forms/form-spec';
import type { Named, PoolStatus } from '../pool-tab/pool-tab.types';
import { Card } from '../ui/parts';
import { Segments } from '../ui/segments';
import type { ConsolePool, Outlook, Overview } from './console.types';
import { CustomerPages, useCustomerPages } from './customer-pages';
import type { Column } from './customer-table';
import { FLOW_DAYS, PoolOutlook } from './pool-outlook';
import { useNarrowing } from './use-narrowing';
import { useSelection, type ListFilter } from './use-selection';

const STATUSES: PoolStatus[] = ['POOLED', 'OWNED', 'ARCHIVED'];
const COLUMNS: Record<PoolStatus, Column[]> = {
  POOLED: ['since'],
  OWNED: ['owner', 'due', 'why', 'followed'],
  ARCHIVED: [],
};
const SPECS: Record<PoolStatus, FormSpec[]> = {
  POOLED: [assignSpec, quietSpec, moveSpec, archiveSpec],
  OWNED: [protectSpec, holdSpec, moveSpec, releaseSpec, archiveSpec],
  ARCHIVED: [restoreSpec],
};

/** One pool at a glance: what is in it and at risk, how it flows, and what it holds. */
export function PoolOverview({
  pool,
  overview,
  locale,
  onChanged,
}: {
  pool: ConsolePool;
  overview: Overview;
  locale: Locale;
  onChanged: () => void;
}) {
  const [status, setStatus] = useState<PoolStatus>('POOLED');
  const [outlook, setOutlook] = useState<Outlook>();
  // Asked for with the list, at first and after each change; not when a page is turned.
  const wantsOutlook = useRef(true);
  const selection = useSelection(locale);
  const narrowing = useNarrowing(selection.clear);
  const filter: ListFilter = { ...narrowing.filter, poolId: pool.id, status };
  const pages = useCustomerPages<Partial<Outlook>>(CONSOLE_POOL, filter, locale, {
    variables: () => ({ pool: pool.id, days: FLOW_DAYS, outlook: wantsOutlook.current }),
    take: ({ simulatePolicy, figures }) => {
      if (!simulatePolicy || !figures) return;
      wantsOutlook.current = false;
      setOutlook({ simulatePolicy, figures });
    },
  });
  const show = (next: PoolStatus) => {
    setStatus(next);
    selection.clear();
    // Nobody owns what waits or is archived.
    if (next !== 'OWNED') narrowing.set({ owner: null });
  };
  const showOwner = (owner: Named) => {
    show('OWNED');
    narrowing.set({ owner });
  };
  const done = () => {
    wantsOutlook.current = true;
    selection.clear();
    pages.question.again();
    onChanged();
  };
  return (
    <>
      <PoolOutlook pool={pool} outlook={outlook} today={overview.viewer.today} locale={locale} onOwner={showOwner} />
      <Card
        title={say(locale, 'contentTitle')}
        aside={
          <Segments
            label={say(locale, 'contentTitle')}
            options={STATUSES.map((id) => ({ id, name: say(locale, `content${id}`) }))}
            chosen={status}
            onChoose={show}
          />
        }
      >
        <CustomerPages
          key={status}
          label={say(locale, 'contentTitle')}
          pages={pages}
          filter={filter}
          columns={COLUMNS[status]}
          selection={selection}
          today={overview.viewer.today}
          empty={say(locale, `none${status}`)}
          narrowing={narrowing}
          locale={locale}
          actions={{
            specs: SPECS[status],
            pools: overview.pools.filter(({ id, active }) => active && id !== pool.id),
            mayReassign: status !== 'ARCHIVED',
            onDone: done,
            ...(status === 'POOLED' && { whole: { pooledIn: pool.id } }),
          }}
        />
      </Card>
    </>
  );
}
