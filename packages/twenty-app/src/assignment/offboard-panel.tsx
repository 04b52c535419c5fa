import { useState } from 'react';
import { explainFault } from '../domain/fault';
import { say, type Locale } from '../domain/strings';
import { OFFBOARD, PREVIEW_OFFBOARD } from '../engine/documents';
import { pageEngine } from '../engine/page-engine';
import { Button, Labelled, Muted, Notice, Row } from '../ui/parts';
import { BarRows } from '../ui/plots';
import { QuestionState } from '../ui/question-state';
import { TextField } from '../ui/text-field';
import { useQuestion } from '../ui/use-question';
import { JobProgress } from './job-progress';
import type { Job } from './job.types';
import { sayRefusalCounts } from './preview-table';
import { useJob } from './use-job';

interface OffboardPreview {
  total: number;
  perPool: { pool: { id: string; name: string }; receives: number }[];
  refusals: { code: string; count: number }[];
}

/** Everything of a member back to its home pools: what goes where, then a job with its progress, then the way back. */
export function OffboardPanel({
  member,
  locale,
  onOver,
}: {
  member: { id: string; name: string };
  locale: Locale;
  onOver: (job: Job) => void;
}) {
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const preview = useQuestion(
    member.id,
    locale,
    async () =>
      (await pageEngine(locale).ask<{ previewOffboard: OffboardPreview }>(PREVIEW_OFFBOARD, { memberId: member.id }))
        .previewOffboard,
  );
  const watch = useJob(locale, onOver);
  const going = preview.answer?.perPool.reduce((sum, { receives }) => sum + receives, 0) ?? 0;
  const start = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      watch.watch(
        (
          await pageEngine(locale).command<{ offboard: Job }>(OFFBOARD, {
            memberId: member.id,
            reason: reason.trim() || null,
          })
        ).offboard,
      );
    } catch (error) {
      setFault(explainFault(error, locale));
    } finally {
      setBusy(false);
    }
  };
  if (watch.job) return <JobProgress watch={watch} locale={locale} />;
  return (
    <div
      role="form"
      aria-label={say(locale, 'offboardTitle')}
      style={{ display: 'flex', flexDirection: 'column', gap: 12 }}
    >
      <Muted>{say(locale, 'offboardIntro', { name: member.name })}</Muted>
      <QuestionState question={preview} locale={locale} />
      {preview.answer && (
        <div role="status" style={{ display: 'flex', flexDirection: 'column', gap: 8 }}>
          <strong>{say(locale, 'offboardTotal', { total: preview.answer.total, count: going })}</strong>
          {preview.answer.perPool.length > 0 && (
            <BarRows
              label={say(locale, 'preview')}
              rows={preview.answer.perPool.map(({ pool, receives }) => ({
                id: pool.id,
                name: pool.name,
                value: receives,
                text: say(locale, 'getsBack', { count: receives }),
              }))}
            />
          )}
          {preview.answer.refusals.length > 0 && (
            <Notice tone="warn">
              {say(locale, 'notPossible', { reasons: sayRefusalCounts(preview.answer.refusals, locale) })}
            </Notice>
          )}
        </div>
      )}
      {going > 0 && (
        <Labelled caption={say(locale, 'reasonOptional')}>
          <TextField value={reason} disabled={busy} onChange={setReason} />
        </Labelled>
      )}
      {fault !== undefined && <Notice tone="bad" title={fault} />}
      {going > 0 && (
        <Row>
          <Button look="danger" disabled={busy} onClick={() => void start()}>
            {busy ? say(locale, 'working') : say(locale, 'runOffboard', { count: going })}
          </Button>
        </Row>
      )}
    </div>
  );
}
