import { useState } from 'react';
import { enqueueSnackbar } from 'twenty-sdk/front-component';
import { summarize } from '../domain/summary';
import { explainFault } from '../domain/fault';
import { say, type Locale } from '../domain/strings';
import { CONSOLE_OPEN } from '../engine/documents';
import { createEngineClient } from '../engine/engine-client';
import { readHost } from '../engine/host';
import { Button, Card, controlStyle, Labelled, Row } from '../ui/parts';
import { QuestionState } from '../ui/question-state';
import { useTheme } from '../ui/theme';
import { keyOf, type Overview } from './console.types';
import { CustomerTable } from './customer-table';
import { useCustomerPages } from './use-customer-pages';

const NONE: ReadonlySet<string> = new Set();

/** What lies in the pools that the viewer sees, whether it may be claimed, and if not why and until when. */
export function OpenPools({ overview, locale, onChanged }: { overview: Overview; locale: Locale; onChanged: () => void }) {
  const theme = useTheme();
  const [poolId, setPoolId] = useState('');
  const [selected, setSelected] = useState(NONE);
  const [busy, setBusy] = useState(false);
  const pages = useCustomerPages(CONSOLE_OPEN, 'open', { poolId: poolId || null }, locale);
  const { list, question } = pages;
  const chosen = list?.customers.filter((customer) => selected.has(keyOf(customer))) ?? [];

  const claim = async () => {
    setBusy(true);
    const engine = createEngineClient(readHost(), locale);
    try {
      const result = await engine.claim(chosen.map(({ object, recordId }) => ({ object, recordId })));
      await enqueueSnackbar(summarize('claim', result, locale, await engine.allowance().catch(() => undefined)));
      setSelected(NONE);
      question.again();
      onChanged();
    } catch (error) {
      await enqueueSnackbar({ variant: 'error', message: explainFault(error, locale) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <Card title={say(locale, 'openTitle')}>
      <Row gap={12}>
        <div style={{ minWidth: 220 }}>
          <Labelled caption={say(locale, 'pool')}>
            <select style={controlStyle(theme)} value={poolId} onChange={(event) => { setPoolId(event.target.value); setSelected(NONE); }}>
              <option value="">{say(locale, 'allPools')}</option>
              {overview.pools.map(({ id, name, pooledCount }) => <option key={id} value={id}>{`${name} (${pooledCount.toLocaleString(locale)})`}</option>)}
            </select>
          </Labelled>
        </div>
        <Button look="primary" disabled={busy || chosen.length === 0} onClick={() => void claim()}>{busy ? say(locale, 'claiming') : chosen.length === 0 ? say(locale, 'claimNow') : say(locale, 'claimSelected', { count: chosen.length })}</Button>
      </Row>
      <QuestionState question={question} locale={locale} />
      {list && <CustomerTable label={say(locale, 'openTitle')} list={list} columns={['since', 'claim']} today={overview.viewer.today} locale={locale} selected={selected} onSelect={setSelected}
        pages={pages} empty={say(locale, 'emptyOpen')} />}
    </Card>
  );
}
