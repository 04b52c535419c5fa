import { useState } from 'react';
import { say, type Locale } from '../domain/strings';
import { CONSOLE_POOL } from '../engine/documents';
import { archiveSpec, holdSpec, moveSpec, protectSpec, quietSpec, restoreSpec } from '../forms/form-specs';
import type { FormSpec } from '../forms/form-spec';
import type { PoolStatus } from '../pool-tab/pool-tab.types';
import { Button, Card, Columns, controlStyle, Fact, Labelled, Row } from '../ui/parts';
import { QuestionState } from '../ui/question-state';
import { useTheme } from '../ui/theme';
import { BulkMove } from './bulk-move';
import { keyOf, type Overview } from './console.types';
import { CustomerTable, type Column } from './customer-table';
import { PoolOutlook } from './pool-outlook';
import { SelectionActions } from './selection-actions';
import { useCustomerPages } from './use-customer-pages';

const NONE: ReadonlySet<string> = new Set();
const STATUSES: PoolStatus[] = ['POOLED', 'OWNED', 'ARCHIVED'];
const COLUMNS: Record<PoolStatus, Column[]> = { POOLED: ['since'], OWNED: ['owner', 'due', 'why'], ARCHIVED: [] };
const SPECS: Record<PoolStatus, FormSpec[]> = { POOLED: [quietSpec, moveSpec, archiveSpec], OWNED: [protectSpec, holdSpec, moveSpec, archiveSpec], ARCHIVED: [restoreSpec] };

/** A manager's view of one pool: what is in it and at risk, how it flows, and giving customers to others. */
export function ManagePool({ overview, locale, onChanged }: { overview: Overview; locale: Locale; onChanged: () => void }) {
  const theme = useTheme();
  const { managedPools, today } = overview.viewer;
  const [poolId, setPoolId] = useState(managedPools[0]?.id ?? '');
  const [status, setStatus] = useState<PoolStatus>('POOLED');
  const [selected, setSelected] = useState(NONE);
  const pool = overview.pools.find(({ id }) => id === poolId);
  const pages = useCustomerPages(CONSOLE_POOL, 'content', { poolId, status }, locale);
  const { list, question } = pages;
  const chosen = list?.customers.filter((customer) => selected.has(keyOf(customer))) ?? [];
  const show = (next: PoolStatus) => {
    setStatus(next);
    setSelected(NONE);
  };
  const done = () => {
    setSelected(NONE);
    question.again();
    onChanged();
  };

  return (
    <>
      <Row gap={24}>
        <div style={{ minWidth: 240 }}>
          <Labelled caption={say(locale, 'choosePoolToManage')}>
            <select style={controlStyle(theme)} value={poolId} onChange={(event) => { setPoolId(event.target.value); show('POOLED'); }}>
              {managedPools.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
            </select>
          </Labelled>
        </div>
        <Fact name={say(locale, 'pooledCount')}>{pool?.pooledCount.toLocaleString(locale)}</Fact>
        <Fact name={say(locale, 'ownedCount')}>{pool?.ownedCount.toLocaleString(locale)}</Fact>
      </Row>
      <PoolOutlook poolId={poolId} today={today} locale={locale} />
      <Card title={say(locale, 'contentTitle')} aside={<Row>{STATUSES.map((name) => <Button key={name} pressed={status === name} onClick={() => show(name)}>{say(locale, `content${name}`)}</Button>)}</Row>}>
        <QuestionState question={question} locale={locale} />
        {list && (
          <>
            <SelectionActions key={`${poolId} ${status}`} customers={chosen.map(({ object, recordId }) => ({ object, recordId }))} specs={SPECS[status]} mayReassign={status !== 'ARCHIVED'}
              pools={overview.pools.filter(({ id, active }) => active && id !== poolId)} locale={locale} onDone={done} />
            <CustomerTable label={say(locale, 'contentTitle')} list={list} columns={COLUMNS[status]} today={today} locale={locale} selected={selected} onSelect={setSelected}
              pages={pages} empty={say(locale, 'empty')} />
          </>
        )}
      </Card>
      <Columns least={320}>{pool && <BulkMove key={pool.id} pool={pool} locale={locale} onOver={done} />}</Columns>
    </>
  );
}
