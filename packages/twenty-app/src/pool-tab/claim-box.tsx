import { useState } from 'react';
import { claimSelection } from '../actions/claim-selection';
import { sayInstant } from '../domain/days';
import type { Allowance } from '../domain/engine.types';
import { say, type Locale } from '../domain/strings';
import { allowanceLines, type Message } from '../domain/summary';
import { pageEngineClient } from '../engine/page-engine';
import { Button, Muted, Notice, Row } from '../ui/parts';
import type { TabCustomer, TabSubject } from './pool-tab.types';

/** Whether the viewer may claim, and if not why and until when. */
export function ClaimBox({
  customer,
  subject,
  allowance,
  locale,
  onDone,
}: {
  customer: TabCustomer;
  subject: TabSubject;
  allowance: Allowance;
  locale: Locale;
  onDone: (message: Message) => void;
}) {
  const [busy, setBusy] = useState(false);
  const { allowed, refusal } = customer.claimable;

  const claim = async () => {
    setBusy(true);
    const message = await claimSelection({
      object: subject.object,
      recordIds: [subject.recordId],
      locale,
      engine: pageEngineClient(locale),
    });
    setBusy(false);
    onDone(message);
  };

  if (!allowed) {
    return (
      <Notice tone="info" title={say(locale, 'mayNotClaim')}>
        {refusal?.message}
        {refusal?.until ? `\n${say(locale, 'mayClaimFrom', { date: sayInstant(refusal.until, locale) })}` : ''}
      </Notice>
    );
  }
  return (
    <Row gap={12}>
      <Button look="primary" disabled={busy} onClick={() => void claim()}>
        {say(locale, busy ? 'claiming' : 'claimNow')}
      </Button>
      <span>
        {say(locale, 'mayClaim')}{' '}
        <Muted>{allowanceLines(new Set([customer.pool.id]), allowance, locale).join('')}</Muted>
      </span>
    </Row>
  );
}
