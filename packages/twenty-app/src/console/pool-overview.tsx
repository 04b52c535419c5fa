import { useState } from 'react';
import { say, type Locale } from '../domain/strings';
import { CONSOLE_POOL } from '../engine/documents';
import { archiveSpec, assignSpec, holdSpec, moveSpec, protectSpec, quietSpec, restoreSpec } from '../forms/form-specs';
import type { FormSpec } from '../forms/form-spec';
import type { PoolStatus } from '../pool-tab/pool-tab.types';
import { Card } from '../ui/parts';
import { Segments } from '../ui/segments';
import type { ConsolePool, Overview } from './console.types';
import { CustomerPages, useCustomerPages } from './customer-pages';
import type { Column } from './customer-table';
import { PoolOutlook } from './pool-outlook';
import { useSelection, type ListFilter } from './use-selection';

const STATUSES: PoolStatus[] = ['POOLED', 'OWNED', 'ARCHIVED'];
const COLUMNS: Record<PoolStatus, Column[]> = { POOLED: ['since'], OWNED: ['owner', 'due', 'why', 'followed'], ARCHIVED: [] };
const SPECS: Record<PoolStatus, FormSpec[]> = { POOLED: [assignSpec, quietSpec, moveSpec, archiveSpec], OWNED: [protectSpec, holdSpec, moveSpec, archiveSpec], ARCHIVED: [restoreSpec] };

/** One pool at a glance: what is in it and at risk, how it flows, and what it holds. */
export function PoolOverview({ pool, overview, locale, onChanged }: { pool: ConsolePool; overview: Overview; locale: Locale; onChanged: () => void }) {
  const [status, setStatus] = useState<PoolStatus>('POOLED');
  const filter: ListFilter = { poolId: pool.id, status };
  const selection = useSelection(locale);
  const pages = useCustomerPages(CONSOLE_POOL, 'content', filter, locale);
  const show = (next: PoolStatus) => {
    setStatus(next);
    selection.clear();
  };
  const done = () => {
    selection.clear();
    pages.question.again();
    onChanged();
  };
  return (
    <>
      <PoolOutlook pool={pool} today={overview.viewer.today} locale={locale} />
      <Card title={say(locale, 'contentTitle')} aside={<Segments label={say(locale, 'contentTitle')} options={STATUSES.map((id) => ({ id, name: say(locale, `content${id}`) }))} chosen={status} onChoose={show} />}>
        <CustomerPages key={status} label={say(locale, 'contentTitle')} pages={pages} filter={filter} columns={COLUMNS[status]} selection={selection} today={overview.viewer.today} empty={say(locale, `none${status}`)} locale={locale}
          actions={{
            specs: SPECS[status],
            pools: overview.pools.filter(({ id, active }) => active && id !== pool.id),
            mayReassign: status !== 'ARCHIVED',
            onDone: done,
            ...(status === 'POOLED' && { whole: { pooledIn: pool.id } }),
          }} />
      </Card>
    </>
  );
}
