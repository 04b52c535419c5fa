import { isKnownRefusal, say, type Locale } from '../domain/strings';
import { Button, Notice, Row } from '../ui/parts';
import type { Tone } from '../ui/theme';
import { isOver, type Job, type JobStatus } from './job.types';
import type { JobWatch } from './use-job';

const TONES: Record<JobStatus, Tone> = {
  QUEUED: 'info',
  RUNNING: 'info',
  DONE: 'good',
  FAILED: 'bad',
  CANCELLED: 'warn',
};
const MOST_LINES = 5;

/** Why some were refused, in the engine's words; the first few by name. */
function refusalLines(job: Job, locale: Locale): string {
  const lines = job.refusals.slice(0, MOST_LINES).map(({ customer, refusal }) =>
    say(locale, 'detail', {
      name: customer?.name ?? say(locale, 'thisCustomer'),
      message:
        refusal?.message ??
        (refusal && isKnownRefusal(refusal.code) ? say(locale, refusal.code) : say(locale, 'OTHER_REFUSAL')),
    }),
  );
  return [
    ...lines,
    ...(job.refused > lines.length ? [say(locale, 'more', { count: job.refused - lines.length })] : []),
  ].join('\n');
}

/** How far a job is, what it could not do, and how to stop it or take it back. */
export function JobProgress({ watch, locale }: { watch: JobWatch; locale: Locale }) {
  const { job, fault } = watch;
  if (!job) return fault === undefined ? null : <Notice tone="bad" title={fault} />;
  const { status, total, processed, done, refused, undoableUntil } = job;
  const over = isOver(job);
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 8 }}>
      {!over && (
        <progress
          aria-label={say(locale, 'jobProgress')}
          value={processed}
          max={Math.max(1, total)}
          style={{ width: '100%' }}
        />
      )}
      <Notice
        tone={status === 'DONE' && done === 0 && refused > 0 ? 'warn' : TONES[status]}
        title={
          job.kind === 'UNDO' && over
            ? say(locale, 'undone', { count: done })
            : say(locale, `job${status}`, { processed, total, done })
        }
      >
        {refused > 0 ? `${say(locale, 'jobRefused', { count: refused })}\n${refusalLines(job, locale)}` : undefined}
      </Notice>
      {fault !== undefined && <Notice tone="bad" title={fault} />}
      <Row>
        {!over && job.kind !== 'UNDO' && <Button onClick={() => void watch.cancel()}>{say(locale, 'stopJob')}</Button>}
        {over && job.kind !== 'UNDO' && done > 0 && undoableUntil !== null && (
          <Button onClick={() => void watch.undo()}>{say(locale, 'undoJob')}</Button>
        )}
      </Row>
    </div>
  );
}
