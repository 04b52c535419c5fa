import { useState } from 'react';
import { explainFault } from '../domain/fault';
import { say, type Locale } from '../domain/strings';
import { PREVIEW_REASSIGN, REASSIGN } from '../engine/documents';
import { newRequestId } from '../engine/engine-client';
import { pageEngine } from '../engine/page-engine';
import { readHost } from '../engine/host';
import { readMembers } from '../engine/members-source';
import { Button, controlStyle, Labelled, Muted, Notice, Row } from '../ui/parts';
import { QuestionState } from '../ui/question-state';
import { TextField } from '../ui/text-field';
import { useTheme } from '../ui/theme';
import { useQuestion } from '../ui/use-question';
import { JobProgress } from './job-progress';
import { STRATEGIES, type BulkSelection, type Job, type Preview, type ReassignInput, type Strategy } from './job.types';
import { MemberPicker } from './member-picker';
import { PreviewTable } from './preview-table';
import { useJob } from './use-job';

export interface ReassignPanelProps {
  selection: BulkSelection;
  /** What is to change hands, in words. */
  intro: string;
  locale: Locale;
  onOver: (job: Job) => void;
  onCancel?: () => void;
}

/** To whom, split how: first a preview, then a job with its progress, then the way back. */
export function ReassignPanel({ selection, intro, locale, onOver, onCancel }: ReassignPanelProps) {
  const theme = useTheme();
  const [memberIds, setMemberIds] = useState<string[]>([]);
  const [strategy, setStrategy] = useState<Strategy>('EVENLY');
  const [reason, setReason] = useState('');
  const [override, setOverride] = useState(false);
  const [withRelated, setWithRelated] = useState(true);
  const [preview, setPreview] = useState<Preview>();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  // The same wish keeps its id, so that pressing again after an answer was lost does not start a second job.
  const [requestId, setRequestId] = useState(newRequestId);
  const members = useQuestion('members', locale, () => readMembers(readHost()));
  const watch = useJob(locale, onOver);
  const style = controlStyle(theme);

  const input: ReassignInput = {
    selection,
    toMemberIds: memberIds,
    strategy,
    reason: reason.trim() || null,
    overrideCapacity: override,
    withRelated,
  };
  const changed =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value);
      // What was previewed is no longer what would happen.
      setPreview(undefined);
      setRequestId(newRequestId());
    };
  const run = async (act: () => Promise<void>) => {
    setBusy(true);
    setFault(undefined);
    try {
      await act();
    } catch (error) {
      setFault(explainFault(error, locale));
    } finally {
      setBusy(false);
    }
  };
  const look = () =>
    run(async () =>
      setPreview(
        (await pageEngine(locale).ask<{ previewReassign: Preview }>(PREVIEW_REASSIGN, { input })).previewReassign,
      ),
    );
  const start = () =>
    run(async () =>
      watch.watch(
        (await pageEngine(locale).command<{ reassign: Job }>(REASSIGN, { input: { ...input, requestId } })).reassign,
      ),
    );

  const receiving = preview?.perMember.reduce((sum, { receives }) => sum + receives, 0) ?? 0;
  const check = (caption: string, checked: boolean, set: (value: boolean) => void) => (
    <label style={{ display: 'flex', gap: 8, alignItems: 'center', fontSize: 12, color: theme.muted }}>
      <input type="checkbox" checked={checked} disabled={busy} onChange={(event) => set(event.target.checked)} />
      {caption}
    </label>
  );
  if (watch.job) return <JobProgress watch={watch} locale={locale} />;
  return (
    <div
      role="form"
      aria-label={say(locale, 'reassignTitle')}
      style={{ display: 'flex', flexDirection: 'column', gap: 12 }}
    >
      <Muted>{intro}</Muted>
      <QuestionState question={members} locale={locale} />
      {members.answer && (
        <MemberPicker
          members={members.answer}
          chosen={memberIds}
          disabled={busy}
          locale={locale}
          onChange={changed(setMemberIds)}
        />
      )}
      <Labelled caption={say(locale, 'strategy')}>
        <select
          style={style}
          value={strategy}
          disabled={busy}
          onChange={(event) => changed(setStrategy)(event.target.value as Strategy)}
        >
          {STRATEGIES.map((name) => (
            <option key={name} value={name}>
              {say(locale, `strategy${name}`)}
            </option>
          ))}
        </select>
      </Labelled>
      <Labelled caption={say(locale, 'reasonOptional')}>
        <TextField
          value={reason}
          disabled={busy}
          onChange={(text) => {
            setReason(text);
            setRequestId(newRequestId());
          }}
        />
      </Labelled>
      {check(say(locale, 'withRelated'), withRelated, changed(setWithRelated))}
      {check(say(locale, 'overrideCapacity'), override, changed(setOverride))}
      {preview && <PreviewTable preview={preview} locale={locale} />}
      {fault !== undefined && <Notice tone="bad" title={fault} />}
      <Row>
        {preview && receiving > 0 && (
          <Button look="primary" disabled={busy} onClick={() => void start()}>
            {say(locale, 'runReassign', { count: receiving })}
          </Button>
        )}
        <Button
          look={preview ? 'secondary' : 'primary'}
          disabled={busy || memberIds.length === 0}
          onClick={() => void look()}
        >
          {say(locale, busy && !preview ? 'previewing' : 'preview')}
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
