import { useState } from 'react';
import { say, type Locale } from '../domain/strings';
import { controlStyle, Row } from '../ui/parts';
import { Tabs } from '../ui/tabs';
import { useTheme } from '../ui/theme';
import { AssignmentLedger } from './assignment-ledger';
import { AttentionList } from './attention-list';
import { BulkMove } from './bulk-move';
import type { Overview } from './console.types';
import { Duplicates } from './duplicates';
import { PoolFigures } from './pool-figures';
import { PoolOverview } from './pool-overview';

const PARTS = ['overview', 'attention', 'figures', 'ledger', 'duplicates', 'move'] as const;
type Part = (typeof PARTS)[number];

/** Everything a manager sees of a pool and does in it, in parts; the pool stays chosen from one to the other. */
export function ManagePools({
  overview,
  locale,
  onChanged,
}: {
  overview: Overview;
  locale: Locale;
  onChanged: () => void;
}) {
  const theme = useTheme();
  const { managedPools } = overview.viewer;
  const [part, setPart] = useState<Part>('overview');
  const [poolId, setPoolId] = useState(managedPools[0]?.id ?? '');
  // Figures only: the other parts are of one pool, and come back to the one that was chosen.
  const [allPools, setAllPools] = useState(false);
  const pool = overview.pools.find(({ id }) => id === poolId);
  const offerAll = part === 'figures' && managedPools.length > 1;
  const choose = (id: string) => {
    setAllPools(id === '');
    if (id !== '') setPoolId(id);
  };
  if (!pool) return null;
  return (
    <>
      <div
        style={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', alignItems: 'center', gap: 12 }}
      >
        <Tabs
          look="pill"
          label={say(locale, 'manageParts')}
          tabs={PARTS.map((id) => ({ id, name: say(locale, `manage_${id}`) }))}
          chosen={part}
          onChoose={setPart}
        />
        <Row>
          <label style={{ display: 'flex', gap: 8, alignItems: 'center', color: theme.muted, minWidth: 0 }}>
            {say(locale, 'pool')}
            <select
              style={{ ...controlStyle(theme), width: 'auto', maxWidth: 260, padding: '4px 6px' }}
              value={offerAll && allPools ? '' : poolId}
              onChange={(event) => choose(event.target.value)}
            >
              {offerAll && <option value="">{say(locale, 'allMyPools')}</option>}
              {managedPools.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        </Row>
      </div>
      <div
        role="tabpanel"
        aria-label={say(locale, `manage_${part}`)}
        style={{ display: 'flex', flexDirection: 'column', gap: 12, minWidth: 0 }}
      >
        {part === 'overview' && (
          <PoolOverview key={poolId} pool={pool} overview={overview} locale={locale} onChanged={onChanged} />
        )}
        {part === 'attention' && (
          <AttentionList key={poolId} pool={pool} overview={overview} locale={locale} onChanged={onChanged} />
        )}
        {part === 'figures' && (
          <PoolFigures
            poolId={offerAll && allPools ? null : poolId}
            several={managedPools.length > 1}
            today={overview.viewer.today}
            locale={locale}
          />
        )}
        {part === 'ledger' && <AssignmentLedger key={poolId} pool={pool} locale={locale} />}
        {part === 'duplicates' && (
          <Duplicates key={poolId} pool={pool} overview={overview} locale={locale} onChanged={onChanged} />
        )}
        {part === 'move' && <BulkMove key={poolId} pool={pool} locale={locale} onOver={onChanged} />}
      </div>
    </>
  );
}
