import { useState } from 'react';
import type { CustomerRef } from '../domain/engine.types';
import type { ReleaseReason } from '../domain/release-reasons';
import { explainFault } from '../domain/fault';
import { say, type Locale } from '../domain/strings';
import { summarize, type Message } from '../domain/summary';
import { pageEngine } from '../engine/page-engine';
import { readHost } from '../engine/host';
import { readMembers } from '../engine/members-source';
import { readReleaseReasons } from '../engine/release-reasons-source';
import { Button, Muted, Notice, Row } from '../ui/parts';
import { useQuestion } from '../ui/use-question';
import { FormControl } from './form-control';
import { firstMissing, initialValues, remaining, shownFields, type FormSpec } from './form-spec';

export interface ActionFormProps {
  spec: FormSpec;
  customers: CustomerRef[];
  pools: { id: string; name: string }[];
  /** The workspace's reasons for a release, where they are known already. */
  reasons?: ReleaseReason[];
  locale: Locale;
  /** Something was done; `message` says what, and what was refused and why. */
  onDone: (message: Message) => void;
  onCancel?: () => void;
}

const TONES = { success: 'good', info: 'info', warning: 'warn', error: 'bad' } as const;

/** Asks what an action needs, runs it on the customers, and stays open, with the reason, for those that another try can help. */
export function ActionForm({ spec, customers: given, pools, reasons, locale, onDone, onCancel }: ActionFormProps) {
  const [customers, setCustomers] = useState(given);
  const [values, setValues] = useState(() => initialValues(spec));
  const [busy, setBusy] = useState(false);
  const [progress, setProgress] = useState(0);
  const [message, setMessage] = useState<Message>();
  const needsMembers = spec.fields.some(({ kind }) => kind === 'member');
  const members = useQuestion(needsMembers ? 'members' : null, locale, () => readMembers(readHost()));
  const needsReasons = reasons === undefined && spec.fields.some(({ kind }) => kind === 'releaseReason');
  const offered = useQuestion(needsReasons ? 'reasons' : null, locale, () => readReleaseReasons(readHost(), locale));

  const submit = async () => {
    const missing = firstMissing(spec, values);
    if (missing) {
      setMessage({ variant: 'warning', message: say(locale, 'fillIn', { field: say(locale, missing.caption) }) });
      return;
    }
    setBusy(true);
    setMessage(undefined);
    try {
      const result = await spec.run(pageEngine(locale), customers, values, setProgress);
      const said = summarize(spec.action, result, locale);
      const again = remaining(result);
      if (again.length > 0) {
        setCustomers(again);
        const wantReason = result.outcomes.every(({ refusal }) => refusal?.code === 'REASON_REQUIRED');
        setMessage(wantReason ? { variant: 'warning', message: say(locale, 'releaseReasonMissing') } : said);
      } else if (said.variant === 'error') setMessage(said);
      else onDone(said);
    } catch (error) {
      setMessage({ variant: 'error', message: explainFault(error, locale) });
    } finally {
      setBusy(false);
      setProgress(0);
    }
  };

  const title = say(locale, spec.title);
  return (
    <div role="form" aria-label={title} style={{ display: 'flex', flexDirection: 'column', gap: 12 }}>
      <Muted>{say(locale, spec.intro, { count: customers.length })}</Muted>
      {shownFields(spec, values).map((field) => (
        <FormControl
          key={field.name}
          field={field}
          value={values[field.name] ?? ''}
          disabled={busy}
          locale={locale}
          members={members.answer ?? []}
          pools={pools}
          reasons={reasons ?? offered.answer ?? []}
          onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
        />
      ))}
      {members.fault !== undefined && (
        <Notice tone="bad" title={say(locale, 'membersUnknown')}>
          <Button onClick={members.again}>{say(locale, 'tryAgain')}</Button>
        </Notice>
      )}
      {message && (
        <Notice tone={TONES[message.variant]} title={message.message}>
          {message.detailedMessage}
        </Notice>
      )}
      <Row>
        <Button
          look={spec.danger ? 'danger' : 'primary'}
          disabled={busy || customers.length === 0}
          onClick={() => void submit()}
        >
          {!busy
            ? title
            : progress > 0
              ? say(locale, 'workingOn', { done: progress, total: customers.length })
              : say(locale, 'working')}
        </Button>
        {onCancel && (
          <Button onClick={onCancel} disabled={busy}>
            {say(locale, 'cancel')}
          </Button>
        )}
      </Row>
    </div>
  );
}
