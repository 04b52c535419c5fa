import type { Outcome, Result } from '../domain/engine.types';
import { ARCHIVE, ASK_FOR_MORE_TIME, ASSIGN, DECIDE_MORE_TIME, HOLD, LOG_FOLLOW_UP, MOVE_TO_POOL, PROTECT, QUIET, RESTORE } from '../engine/documents';
import type { FormField, FormSpec } from './form-spec';

const reason: FormField = { name: 'reason', kind: 'note', caption: 'reasonField', required: true };
const reasonIfAny: FormField = { name: 'reason', kind: 'text', caption: 'reasonOptional' };
const textOrNull = (text: string | undefined): string | null => text?.trim() || null;

export const assignSpec: FormSpec = {
  action: 'assign',
  title: 'assignTitle',
  intro: 'assignIntro',
  fields: [{ name: 'member', kind: 'member', caption: 'toMember', required: true }, reasonIfAny, { name: 'override', kind: 'check', caption: 'overrideCapacity' }],
  run: async (engine, customers, { member, reason: why, override }) =>
    (await engine.command<{ assign: Result }>(ASSIGN, { customers, toMemberId: member, reason: textOrNull(why), overrideCapacity: override === 'yes' })).assign,
};

export const protectSpec: FormSpec = {
  action: 'protect',
  title: 'protectTitle',
  intro: 'protectIntro',
  fields: [
    {
      name: 'how', kind: 'choice', caption: 'protectHow', initial: 'UNTIL', required: true,
      options: [{ value: 'UNTIL', caption: 'protectUntil' }, { value: 'LOCK', caption: 'protectLock' }, { value: 'NONE', caption: 'protectNone' }],
    },
    { name: 'until', kind: 'date', caption: 'untilDate', required: true, when: ({ how }) => how === 'UNTIL' },
    reasonIfAny,
  ],
  run: async (engine, customers, { how, until, reason: why }) => {
    // The day's start where the person is; the engine compares local days.
    const instant = how === 'UNTIL' ? new Date(`${until ?? ''}T00:00:00`).toISOString() : null;
    return (await engine.command<{ protect: Result }>(PROTECT, { customers, until: instant, lock: how === 'LOCK', reason: textOrNull(why) })).protect;
  },
};

export const holdSpec: FormSpec = {
  action: 'hold',
  title: 'holdTitle',
  intro: 'holdIntro',
  fields: [{ name: 'from', kind: 'date', caption: 'fromDate', required: true }, { name: 'until', kind: 'date', caption: 'untilDate', required: true }, reason],
  run: async (engine, customers, { from, until, reason: why }) => (await engine.command<{ hold: Result }>(HOLD, { customers, from, until, reason: why })).hold,
};

export const moreTimeSpec: FormSpec = {
  action: 'moreTime',
  title: 'moreTimeTitle',
  intro: 'moreTimeIntro',
  fields: [{ name: 'days', kind: 'number', caption: 'daysField', initial: '7', required: true }, reason],
  run: async (engine, customers, { days, reason: why }) =>
    (await engine.command<{ askForMoreTime: Result }>(ASK_FOR_MORE_TIME, { customers, days: Math.max(1, Math.trunc(Number(days))), reason: why })).askForMoreTime,
};

export const decideSpec: FormSpec = {
  action: 'decideMoreTime',
  title: 'decideTitle',
  intro: 'decideIntro',
  fields: [
    { name: 'decision', kind: 'choice', caption: 'decision', initial: 'APPROVE', required: true, options: [{ value: 'APPROVE', caption: 'approve' }, { value: 'DECLINE', caption: 'decline' }] },
    { name: 'note', kind: 'text', caption: 'noteOptional' },
  ],
  run: async (engine, customers, { decision, note }) =>
    (await engine.command<{ decideMoreTime: Result }>(DECIDE_MORE_TIME, { customers, approve: decision === 'APPROVE', note: textOrNull(note) })).decideMoreTime,
};

export const quietSpec: FormSpec = {
  action: 'quiet',
  title: 'quietTitle',
  intro: 'quietIntro',
  fields: [{ name: 'until', kind: 'date', caption: 'untilDate', required: true }, reason],
  run: async (engine, customers, { until, reason: why }) => (await engine.command<{ quiet: Result }>(QUIET, { customers, until, reason: why })).quiet,
};

export const moveSpec: FormSpec = {
  action: 'moveToPool',
  title: 'moveTitle',
  intro: 'moveIntro',
  fields: [{ name: 'pool', kind: 'pool', caption: 'pool', required: true }, reasonIfAny],
  run: async (engine, customers, { pool, reason: why }) => (await engine.command<{ moveToPool: Result }>(MOVE_TO_POOL, { customers, poolId: pool, reason: textOrNull(why) })).moveToPool,
};

export const archiveSpec: FormSpec = {
  action: 'archive',
  title: 'archiveTitle',
  intro: 'archiveIntro',
  danger: true,
  fields: [reason],
  run: async (engine, customers, { reason: why }) => (await engine.command<{ archive: Result }>(ARCHIVE, { customers, reason: why })).archive,
};

export const restoreSpec: FormSpec = {
  action: 'restore',
  title: 'restoreTitle',
  intro: 'restoreIntro',
  fields: [],
  run: async (engine, customers) => (await engine.command<{ restore: Result }>(RESTORE, { customers })).restore,
};

export const followUpSpec: FormSpec = {
  action: 'followUp',
  title: 'followUpTitle',
  intro: 'followUpIntro',
  fields: [{ name: 'note', kind: 'note', caption: 'followUpNote', required: true }],
  run: async (engine, customers, { note }, onProgress) => {
    const outcomes: Outcome[] = [];
    for (const customer of customers) {
      try {
        outcomes.push((await engine.command<{ logFollowUp: Outcome }>(LOG_FOLLOW_UP, { customer, note })).logFollowUp);
      } catch (error) {
        // Nothing was done yet: the whole failed. Later, what was done is told beside what was not.
        if (outcomes.length === 0) throw error;
        outcomes.push({ ...customer, status: 'REFUSED', refusal: { code: 'UNREACHED', message: '' }, customer: null });
      }
      onProgress(outcomes.length);
    }
    return { outcomes };
  },
};
