import { askInParts, inBatches } from '../engine/in-batches';
import type { Outcome } from '../domain/engine.types';
import {
  ARCHIVE,
  ASK_FOR_MORE_TIME,
  ASSIGN,
  CLAIM,
  DECIDE_MORE_TIME,
  HOLD,
  LOG_FOLLOW_UP,
  MOVE_TO_POOL,
  PROTECT,
  QUIET,
  RELEASE,
  RESTORE,
} from '../engine/documents';
import type { FormField, FormSpec } from './form-spec';

const reason: FormField = { name: 'reason', kind: 'note', caption: 'reasonField', required: true };
const reasonIfAny: FormField = { name: 'reason', kind: 'text', caption: 'reasonOptional' };
const textOrNull = (text: string | undefined): string | null => text?.trim() || null;

/** For selections of more than one part: a few are claimed without asking. */
export const claimSpec: FormSpec = {
  action: 'claim',
  title: 'claimTitle',
  intro: 'claimIntro',
  fields: [],
  run: (engine, customers, _, onProgress) => askInParts(engine, CLAIM, 'claim', customers, {}, onProgress),
};

export const releaseSpec: FormSpec = {
  action: 'release',
  title: 'releaseSubmit',
  intro: 'releaseIntro',
  fields: [
    // Whether a reason is asked for is the pool's to say; the form stays open for those that lack it.
    { name: 'reason', kind: 'releaseReason', caption: 'releaseReason' },
    { name: 'note', kind: 'note', caption: 'releaseNote', hint: 'releaseNoteHint' },
    { name: 'pool', kind: 'pool', caption: 'releasePool', none: 'releasePoolHome' },
  ],
  run: (engine, customers, { reason: code, note, pool }, onProgress) =>
    askInParts(
      engine,
      RELEASE,
      'release',
      customers,
      { poolId: textOrNull(pool), reason: textOrNull(code), note: textOrNull(note) },
      onProgress,
    ),
};

export const assignSpec: FormSpec = {
  action: 'assign',
  title: 'assignTitle',
  intro: 'assignIntro',
  fields: [
    { name: 'member', kind: 'member', caption: 'toMember', required: true },
    reasonIfAny,
    { name: 'override', kind: 'check', caption: 'overrideCapacity' },
  ],
  run: (engine, customers, { member, reason: why, override }, onProgress) =>
    askInParts(
      engine,
      ASSIGN,
      'assign',
      customers,
      { toMemberId: member, reason: textOrNull(why), overrideCapacity: override === 'yes' },
      onProgress,
    ),
};

export const protectSpec: FormSpec = {
  action: 'protect',
  title: 'protectTitle',
  intro: 'protectIntro',
  fields: [
    {
      name: 'how',
      kind: 'choice',
      caption: 'protectHow',
      initial: 'UNTIL',
      required: true,
      options: [
        { value: 'UNTIL', caption: 'protectUntil' },
        { value: 'LOCK', caption: 'protectLock' },
        { value: 'NONE', caption: 'protectNone' },
      ],
    },
    { name: 'until', kind: 'date', caption: 'untilDate', required: true, when: ({ how }) => how === 'UNTIL' },
    reasonIfAny,
  ],
  run: (engine, customers, { how, until, reason: why }, onProgress) => {
    // The day's start where the person is; the engine compares local days.
    const instant = how === 'UNTIL' ? new Date(`${until ?? ''}T00:00:00`).toISOString() : null;
    return askInParts(
      engine,
      PROTECT,
      'protect',
      customers,
      { until: instant, lock: how === 'LOCK', reason: textOrNull(why) },
      onProgress,
    );
  },
};

export const holdSpec: FormSpec = {
  action: 'hold',
  title: 'holdTitle',
  intro: 'holdIntro',
  fields: [
    { name: 'from', kind: 'date', caption: 'fromDate', required: true },
    { name: 'until', kind: 'date', caption: 'untilDate', required: true },
    reason,
  ],
  run: (engine, customers, { from, until, reason: why }, onProgress) =>
    askInParts(engine, HOLD, 'hold', customers, { from, until, reason: why }, onProgress),
};

export const moreTimeSpec: FormSpec = {
  action: 'moreTime',
  title: 'moreTimeTitle',
  intro: 'moreTimeIntro',
  fields: [{ name: 'days', kind: 'number', caption: 'daysField', initial: '7', required: true }, reason],
  run: (engine, customers, { days, reason: why }, onProgress) =>
    askInParts(
      engine,
      ASK_FOR_MORE_TIME,
      'askForMoreTime',
      customers,
      { days: Math.max(1, Math.trunc(Number(days))), reason: why },
      onProgress,
    ),
};

export const decideSpec: FormSpec = {
  action: 'decideMoreTime',
  title: 'decideTitle',
  intro: 'decideIntro',
  fields: [
    {
      name: 'decision',
      kind: 'choice',
      caption: 'decision',
      initial: 'APPROVE',
      required: true,
      options: [
        { value: 'APPROVE', caption: 'approve' },
        { value: 'DECLINE', caption: 'decline' },
      ],
    },
    { name: 'note', kind: 'text', caption: 'noteOptional' },
  ],
  run: (engine, customers, { decision, note }, onProgress) =>
    askInParts(
      engine,
      DECIDE_MORE_TIME,
      'decideMoreTime',
      customers,
      { approve: decision === 'APPROVE', note: textOrNull(note) },
      onProgress,
    ),
};

export const quietSpec: FormSpec = {
  action: 'quiet',
  title: 'quietTitle',
  intro: 'quietIntro',
  fields: [{ name: 'until', kind: 'date', caption: 'untilDate', required: true }, reason],
  run: (engine, customers, { until, reason: why }, onProgress) =>
    askInParts(engine, QUIET, 'quiet', customers, { until, reason: why }, onProgress),
};

export const moveSpec: FormSpec = {
  action: 'moveToPool',
  title: 'moveTitle',
  intro: 'moveIntro',
  fields: [{ name: 'pool', kind: 'pool', caption: 'pool', required: true }, reasonIfAny],
  run: (engine, customers, { pool, reason: why }, onProgress) =>
    askInParts(engine, MOVE_TO_POOL, 'moveToPool', customers, { poolId: pool, reason: textOrNull(why) }, onProgress),
};

export const archiveSpec: FormSpec = {
  action: 'archive',
  title: 'archiveTitle',
  intro: 'archiveIntro',
  danger: true,
  fields: [reason],
  run: (engine, customers, { reason: why }, onProgress) =>
    askInParts(engine, ARCHIVE, 'archive', customers, { reason: why }, onProgress),
};

export const restoreSpec: FormSpec = {
  action: 'restore',
  title: 'restoreTitle',
  intro: 'restoreIntro',
  fields: [],
  run: (engine, customers, _, onProgress) => askInParts(engine, RESTORE, 'restore', customers, {}, onProgress),
};

export const followUpSpec: FormSpec = {
  action: 'followUp',
  title: 'followUpTitle',
  intro: 'followUpIntro',
  fields: [{ name: 'note', kind: 'note', caption: 'followUpNote', required: true }],
  // The engine takes them one by one.
  run: (engine, customers, { note }, onProgress) =>
    inBatches(
      customers,
      async ([customer]) => ({
        outcomes: [(await engine.command<{ logFollowUp: Outcome }>(LOG_FOLLOW_UP, { customer, note })).logFollowUp],
      }),
      onProgress,
      1,
    ),
};
