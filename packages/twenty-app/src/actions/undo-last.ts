import { isOver, type Job } from '../assignment/job.types';
import type { CustomerRef } from '../domain/engine.types';
import { explainFault } from '../domain/fault';
import { say, type Locale } from '../domain/strings';
import type { Message } from '../domain/summary';
import { LAST_EVENT, READ_JOB, UNDO } from '../engine/documents';
import type { Engine } from '../engine/engine-client';

/** The most records that one press looks up; a batch that many were part of is undone as one anyway. */
const MOST_UNDONE = 20;
const POLLS = 20;
const EVERY_MS = 500;

interface LastEvent {
  ownershipEvents: { events: { id: string; batchId: string | null }[] };
}

async function settled(engine: Engine, begun: Job, pause: (ms: number) => Promise<void>): Promise<Job> {
  let job = begun;
  for (let poll = 0; poll < POLLS && !isOver(job); poll += 1) {
    await pause(EVERY_MS);
    job = (await engine.ask<{ job: Job | null }>(READ_JOB, { id: job.id })).job ?? job;
  }
  return job;
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Takes back the batches that the customers' last changes belong to, and says what became of it. Never throws. */
export async function undoLast(
  customers: CustomerRef[],
  engine: Engine,
  locale: Locale,
  pause = wait,
): Promise<Message> {
  if (customers.length > MOST_UNDONE)
    return { variant: 'info', message: say(locale, 'tooMany', { count: customers.length, max: MOST_UNDONE }) };
  try {
    const batches = new Set<string>();
    for (const customer of customers) {
      const [event] = (await engine.ask<LastEvent>(LAST_EVENT, { ...customer })).ownershipEvents.events;
      if (event) batches.add(event.batchId ?? event.id);
    }
    if (batches.size === 0) return { variant: 'info', message: say(locale, 'undoNothing') };
    const jobs: Job[] = [];
    for (const batchId of batches)
      jobs.push(await settled(engine, (await engine.command<{ undo: Job }>(UNDO, { batchId })).undo, pause));
    return undoMessage(jobs, locale);
  } catch (error) {
    return { variant: 'error', message: explainFault(error, locale) };
  }
}

function undoMessage(jobs: Job[], locale: Locale): Message {
  const sum = (of: (job: Job) => number) => jobs.reduce((total, job) => total + of(job), 0);
  if (jobs.some((job) => !isOver(job)))
    return {
      variant: 'info',
      message: say(locale, 'undoStill', {
        processed: sum(({ processed }) => processed),
        total: sum(({ total }) => total),
      }),
    };
  const done = sum(({ done: count }) => count);
  const refused = sum(({ refused: count }) => count);
  const [first] = jobs.flatMap(({ refusals }) => refusals);
  const detail =
    refused > 0
      ? [say(locale, 'jobRefused', { count: refused }), first?.refusal?.message].filter(Boolean).join('\n')
      : undefined;
  return {
    variant: done === 0 ? 'warning' : 'success',
    message: done === 0 && refused === 0 ? say(locale, 'undoNothing') : say(locale, 'undone', { count: done }),
    ...(detail && { detailedMessage: detail }),
  };
}
