import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { utcInstant } from '../domain/calendar/local-days';
import type { FollowedName } from '../twenty/records/followed-records.service';
import { requestUnlessKnown } from './reread.queries';
import type { SourceName } from './sources/feed-source';

export type WebhookConsequence = 'sync-records' | 'sync-pools' | 'sync-members';

const consequences = new Map<string, WebhookConsequence>([
  ['customerPool', 'sync-pools'],
  ['customerPoolMember', 'sync-pools'],
  ['workspaceMember', 'sync-members'],
]);

/** Which record of the feed it is, or belongs to by which field. */
const followed = new Map<string, { source: SourceName; object: FollowedName; field: string }>([
  ['company', { source: 'COMPANY', object: 'company', field: 'id' }],
  ['person', { source: 'PERSON', object: 'person', field: 'id' }],
  ['opportunity', { source: 'OPPORTUNITY', object: 'opportunity', field: 'id' }],
  ['note', { source: 'NOTE', object: 'note', field: 'id' }],
  ['noteTarget', { source: 'NOTE', object: 'noteTarget', field: 'noteId' }],
  ['task', { source: 'TASK', object: 'task', field: 'id' }],
  ['taskTarget', { source: 'TASK', object: 'taskTarget', field: 'taskId' }],
]);

/** What a webhook's body is about, as far as it is looked at. Everything else is read from Twenty. */
@Injectable()
export class WebhookIntake {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns the reading that is worth doing sooner; null when the index knows already, or the body says nothing */
  async take(body: unknown): Promise<WebhookConsequence | null> {
    const [objectName = '', action = ''] = text(body, 'eventName').split('.', 2);
    const subject = followed.get(objectName);
    if (!subject) return consequences.get(objectName) ?? null;
    const record = property(body, 'record');
    const originId = text(record, subject.field);
    const id = text(record, 'id');
    if (!isId(originId) || !isId(id)) return null;
    // Without a time that can be compared it is news.
    const updatedAt = action === 'destroyed' ? null : utcInstant(text(record, 'updatedAt'));
    const isNews = await requestUnlessKnown(this.dataSource.manager, {
      source: subject.source,
      originId,
      object: subject.object,
      id,
      updatedAt,
    });
    return isNews ? 'sync-records' : null;
  }
}

/** The member whom a webhook is about; null when it is about anything else. */
export function memberOf(body: unknown): string | null {
  const id = text(body, 'eventName').startsWith('workspaceMember.') ? text(property(body, 'record'), 'id') : '';
  return isId(id) ? id.toLowerCase() : null;
}

function isId(value: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}

function property(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : undefined;
}

function text(of: unknown, name: string): string {
  const value = property(of, name);
  return typeof value === 'string' ? value : '';
}
