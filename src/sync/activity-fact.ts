import { v5 as uuidFromName } from 'uuid';
import type { ActivityKind } from '../domain/idle-clock/clock.types';
import type { RecordTarget } from '../twenty/records/activity-records.types';
import type { Instant, RecordActor } from '../twenty/records/twenty.types';

/** One line of the activity index: somebody did something about one record. */
export interface ActivityFact {
  kind: ActivityKind;
  /** Tells apart what came from one record: by doer, by stage. */
  sourceId: string;
  /** The record of Twenty that says so. */
  originId: string;
  target: RecordTarget;
  at: Instant;
  /** Null: it is not known whose doing it was. */
  memberId: string | null;
}

const namespace = 'f0c7e7f1-5a39-4b8c-9c43-3c1f7a0f2a56';

/** The same parts make the same id, so reading again finds the same line. */
export function derivedId(...parts: string[]): string {
  return uuidFromName(parts.join(':'), namespace);
}

/** Writes of these are machines', whoever set them going. */
const machines = new Set(['WORKFLOW', 'AGENT', 'WEBHOOK', 'IMPORT', 'SYSTEM']);

/** docs/semantics.md#qualifying-activities: a system write never qualifies. @returns the member who did it by hand */
export function memberBehind(actor: RecordActor | null): string | null {
  return actor && !machines.has(actor.source) ? actor.workspaceMemberId : null;
}

const programs = new Set(['WORKFLOW', 'AGENT', 'WEBHOOK', 'IMPORT']);

/** Where the writer is no member, but not known to be automation either (an integration's key), the one in charge is taken to have done it. */
export function memberBehindOr(actor: RecordActor | null, inCharge: string | null): string | null {
  return memberBehind(actor) ?? (actor && programs.has(actor.source) ? null : inCharge);
}
