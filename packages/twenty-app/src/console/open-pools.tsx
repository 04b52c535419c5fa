import { useState } from 'react';
import { summarize } from '../domain/summary';
import { explainFault } from '../domain/fault';
import { say, type Locale } from '../domain/strings';
import { CONSOLE_OPEN } from '../engine/documents';
import { pageEngineClient } from '../engine/page-engine';
import { tell } from '../engine/tell';
import { Button, Card, controlStyle, Labelled, Row } from '../ui/parts';
import { useTheme } from '../ui/theme';
import type { Overview } from './console.types';
import { CustomerPages, useCustomerPages } from './customer-pages';
import { useNarrowing } from './use-narrowing';
import { useSelection, type ListFilter } from './use-selection';

/** What lies in the pools that the viewer sees, whether it may be claimed, and if not why and until when. */
export function OpenPools({
  overview,
  locale,
  onChanged,
}: {
  overview: Overview;
  locale: Locale;
  onChanged: () => void;
}) {
  const theme = useTheme();
  const [poolId, setPoolId] = useState('');
  const [progress, setProgress] = useState<number>();
  const selection = useSelection(locale);
  const narrowing = useNarrowing(selection.clear);
  const filter: ListFilter = { ...narrowing.filter, poolId: poolId || null, status: 'POOLED' };
  const pages = useCustomerPages(CONSOLE_OPEN, filter, locale);
  const count = selection.customers.length;
  const busy = progress !== undefined;

  const claim = async () => {
    setProgress(0);
    const engine = pageEngineClient(locale);
    try {
      const result = await engine.claim(selection.customers, setProgress);
      await tell(summarize('claim', result, locale, await engine.allowance().catch(() => undefined)));
      selection.clear();
      pages.question.again();
      onChanged();
    } catch (error) {
      await tell({ variant: 'error', message: explainFault(error, locale) });
    } finally {
      setProgress(undefined);
    }
  };
  const caption = () => {
    if (busy)
      return progress > 0 ? say(locale, 'workingOn', { done: progress, total: count }) : say(locale, 'claiming');
    return count === 0 ? say(locale, 'claimNow') : say(locale, 'claimSelected', { count });
  };

  return (
    <Card title={say(locale, 'openTitle')}>
      <Row gap={12}>
        <div style={{ minWidth: 220 }}>
          <Labelled caption={say(locale, 'pool')}>
            <select
              style={controlStyle(theme)}
              value={poolId}
              disabled={busy}
              onChange={(event) => {
                setPoolId(event.target.value);
                selection.clear();
              }}
            >
              <option value="">{say(locale, 'allPools')}</option>
              {overview.pools.map(({ id, name, pooledCount }) => (
                <option key={id} value={id}>{`${name} (${pooledCount.toLocaleString(locale)})`}</option>
              ))}
            </select>
          </Labelled>
        </div>
        <div style={{ alignSelf: 'flex-end' }}>
          <Button look="primary" disabled={busy || count === 0} onClick={() => void claim()}>
            {caption()}
          </Button>
        </div>
      </Row>
      <CustomerPages
        label={say(locale, 'openTitle')}
        pages={pages}
        filter={filter}
        columns={['since', 'claim', ...(overview.pools.length > 1 && poolId === '' ? ['pool' as const] : [])]}
        selection={selection}
        today={overview.viewer.today}
        empty={say(locale, 'emptyOpen')}
        narrowing={narrowing}
        locale={locale}
      />
    </Card>
  );
}
