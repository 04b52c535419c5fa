import type { ObjectMeta } from '../metadata/metadata.types';
import type { RecordEvent } from '../records/record-event';
import { searchVector } from '../records/search-vector';
import type { StoredRecord } from '../records/record.types';
import type { Workspace } from '../workspace';
import type { Webhook } from './webhook.types';

/** The part of a delivery that is the same for every webhook. */
export interface EventBody {
  eventName: string;
  objectMetadata: { id: string; nameSingular: string };
  workspaceId: string;
  eventDate: string;
  userId?: string;
  workspaceMemberId?: string;
  record: Record<string, unknown>;
  updatedFields?: string[];
}

/** Twenty tells of an updated member with only a few of its columns, texts that it did not load come empty. */
const MEMBER_TEXTS = ['avatarUrl', 'userEmail', 'jobTitle'];

export function eventBody(workspace: Workspace, event: RecordEvent): EventBody {
  const { object, action, caller } = event;
  const partial = object.nameSingular === 'workspaceMember' && action === 'updated';
  const { record, updatedFields } = partial
    ? partialMember(event)
    : { record: wholeRecord(object, event.record), updatedFields: event.updatedFields };
  return {
    eventName: `${object.nameSingular}.${action}`,
    objectMetadata: { id: object.id, nameSingular: object.nameSingular },
    workspaceId: workspace.id,
    eventDate: workspace.clock.iso(),
    ...(caller?.userId !== undefined && { userId: caller.userId }),
    ...(caller?.workspaceMemberId !== undefined && { workspaceMemberId: caller.workspaceMemberId }),
    record,
    ...(updatedFields && { updatedFields }),
  };
}

export function deliveryBody(webhook: Webhook, body: EventBody): Record<string, unknown> {
  const { eventName, objectMetadata, workspaceId, eventDate, ...rest } = body;
  return {
    targetUrl: webhook.targetUrl,
    eventName,
    objectMetadata,
    workspaceId,
    webhookId: webhook.id,
    eventDate,
    ...rest,
  };
}

function wholeRecord(object: ObjectMeta, record: StoredRecord): Record<string, unknown> {
  const whole: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(record)) {
    whole[column] = value;
    if (column === 'updatedBy') whole.searchVector = searchVector(object, record);
  }
  return whole;
}

function partialMember({ record, updatedFields = [] }: RecordEvent) {
  const changed = updatedFields.filter((name) => name !== 'updatedBy');
  const partial: Record<string, unknown> = { id: record.id };
  for (const name of changed) partial[name] = record[name];
  for (const name of MEMBER_TEXTS) partial[name] ??= '';
  partial.searchVector = null;
  partial.updatedAt = record.updatedAt;
  const emptied = MEMBER_TEXTS.filter((name) => !changed.includes(name) && record[name] !== '');
  return { record: partial, updatedFields: [...changed, ...emptied] };
}
