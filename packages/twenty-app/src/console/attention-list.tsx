import { useState } from 'react';
import type { Attention } from '../domain/engine.types';
import { say, type Locale } from '../domain/strings';
import { CONSOLE_ATTENTION } from '../engine/documents';
import {
  archiveSpec,
  assignSpec,
  decideSpec,
  moveSpec,
  protectSpec,
  quietSpec,
  releaseSpec,
} from '../forms/form-specs';
import type { FormSpec } from '../forms/form-spec';
import { Card, Muted } from '../ui/parts';
import { Segments } from '../ui/segments';
import type { AttentionCount, ConsolePool, Overview } from './console.types';
import { CustomerPages, useCustomerPages } from './customer-pages';
import type { Column } from './customer-table';
import { useNarrowing } from './use-narrowing';
import { useSelection, type ListFilter } from './use-selection';

const KINDS: Attention[] = ['MORE_TIME', 'UNTOUCHED', 'UNCLAIMED', 'STALE'];
const COLUMNS: Record<Attention, Column[]> = {
  MORE_TIME: ['owner', 'asked', 'due'],
  UNTOUCHED: ['owner', 'owned', 'due'],
  UNCLAIMED: ['since'],
  STALE: ['since'],
};
const SPECS: Record<Attention, FormSpec[]> = {
  MORE_TIME: [decideSpec, protectSpec],
  UNTOUCHED: [protectSpec, releaseSpec, archiveSpec],
  UNCLAIMED: [assignSpec, quietSpec, moveSpec, archiveSpec],
  STALE: [archiveSpec, moveSpec, assignSpec, quietSpec],
};

/** What waits for a pool's managers: requests to decide, and customers that nobody does anything about. */
export function AttentionList({
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
  const [kind, setKind] = useState<Attention>('MORE_TIME');
  const [counts, setCounts] = useState<AttentionCount[]>([]);
  const selection = useSelection(locale);
  const narrowing = useNarrowing(selection.clear);
  const filter: ListFilter = { ...narrowing.filter, poolId: pool.id, attention: kind };
  const pages = useCustomerPages<{ attention: AttentionCount[] }>(CONSOLE_ATTENTION, filter, locale, {
    variables: () => ({}),
    take: ({ attention }) => setCounts(attention),
  });
  const show = (next: Attention) => {
    setKind(next);
    selection.clear();
  };
  const done = () => {
    selection.clear();
    pages.question.again();
    onChanged();
  };
  const name = (id: Attention) => {
    const count = counts.find((counted) => counted.kind === id)?.count ?? 0;
    return count > 0
      ? say(locale, 'counted', { name: say(locale, `attention${id}`), count })
      : say(locale, `attention${id}`);
  };
  return (
    <Card
      title={say(locale, 'manage_attention')}
      aside={
        <Segments
          label={say(locale, 'manage_attention')}
          options={KINDS.map((id) => ({ id, name: name(id) }))}
          chosen={kind}
          onChoose={show}
        />
      }
    >
      <Muted>{say(locale, `attentionMeans${kind}`)}</Muted>
      <CustomerPages
        key={kind}
        label={say(locale, `attention${kind}`)}
        pages={pages}
        filter={filter}
        columns={COLUMNS[kind]}
        selection={selection}
        today={overview.viewer.today}
        empty={say(locale, `attentionNone${kind}`)}
        narrowing={narrowing}
        locale={locale}
        actions={{
          specs: SPECS[kind],
          pools: overview.pools.filter(({ id, active }) => active && id !== pool.id),
          mayReassign: kind !== 'MORE_TIME',
          onDone: done,
        }}
      />
    </Card>
  );
}
