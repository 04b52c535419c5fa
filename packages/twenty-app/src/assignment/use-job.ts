import { useEffect, useState } from 'react';
import { explainFault } from '../domain/fault';
import type { Locale } from '../domain/strings';
import { CANCEL_JOB, READ_JOB, UNDO } from '../engine/documents';
import { pageEngine } from '../engine/page-engine';
import { isOver, type Job } from './job.types';

const EVERY_MS = 1_000;

export interface JobWatch {
  job: Job | undefined;
  fault: string | undefined;
  watch: (job: Job) => void;
  cancel: () => Promise<void>;
  undo: () => Promise<void>;
}

/** Follows a job until it is over. A question that fails is asked again: the job goes on without us. */
export function useJob(locale: Locale, onOver: (job: Job) => void): JobWatch {
  const [job, setJob] = useState<Job>();
  const [fault, setFault] = useState<string>();
  const running = job !== undefined && !isOver(job);

  useEffect(() => {
    if (!running || job === undefined) return undefined;
    const timer = setTimeout(() => {
      pageEngine(locale)
        .ask<{ job: Job | null }>(READ_JOB, { id: job.id })
        .then(
          ({ job: now }) => {
            setFault(undefined);
            if (!now) return;
            setJob(now);
            if (isOver(now)) onOver(now);
          },
          (error: unknown) => {
            setFault(explainFault(error, locale));
            setJob({ ...job });
          },
        );
    }, EVERY_MS);
    return () => clearTimeout(timer);
  }, [job, running, locale]);

  const change = async (document: string, variables: Record<string, unknown>, name: 'undo' | 'cancelJob') => {
    setFault(undefined);
    try {
      const answer = await pageEngine(locale).command<Record<string, Job>>(document, variables);
      setJob(answer[name]);
    } catch (error) {
      setFault(explainFault(error, locale));
    }
  };

  return {
    job,
    fault,
    watch: setJob,
    cancel: () => change(CANCEL_JOB, { id: job?.id }, 'cancelJob'),
    undo: () => change(UNDO, { batchId: job?.id }, 'undo'),
  };
}
