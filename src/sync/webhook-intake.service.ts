import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ActivitiesSync } from './activities-sync.service';
import type { SourceName } from './sources/activity-source';
import { requestIfNewer } from './customers-sync.queries';

export type WebhookConsequence = 'sync-companies' | 'sync-people' | 'sync-pools' | 'sync-members' | 'sync-activities';

const consequences: Record<string, WebhookConsequence> = {
  company: 'sync-companies',
  person: 'sync-people',
  customerPool: 'sync-pools',
  customerPoolMember: 'sync-pools',
  workspaceMember: 'sync-members',
};

/** Which activity a record is, or belongs to by which field. */
const activities: Record<string, { source: SourceName; field: string }> = {
  note: { source: 'note', field: 'id' },
  noteTarget: { source: 'note', field: 'noteId' },
  task: { source: 'task', field: 'id' },
  taskTarget: { source: 'task', field: 'taskId' },
  opportunity: { source: 'opportunity', field: 'id' },
};

/** What a webhook's body is about, as far as it is looked at. Everything else is read from Twenty. */
@Injectable()
export class WebhookIntake {
  constructor(
    private readonly dataSource: DataSource,
    private readonly activities: ActivitiesSync,
  ) {}

  /** @returns the reading that is worth doing sooner; null when the index knows already, or the body says nothing */
  async take(body: unknown): Promise<WebhookConsequence | null> {
    const [objectName = '', action = ''] = text(body, 'eventName').split('.');
    const record = property(body, 'record');
    const activity = activities[objectName];
    if (activity) return this.takeActivity(activity.source, text(record, activity.field));
    const consequence = consequences[objectName];
    if (consequence !== 'sync-companies' && consequence !== 'sync-people') return consequence ?? null;
    const recordId = text(record, 'id');
    if (!isId(recordId)) return null;
    const updatedAt = action === 'destroyed' ? null : text(record, 'updatedAt');
    const isTime = updatedAt !== null && !Number.isNaN(Date.parse(updatedAt));
    const isNews = await requestIfNewer(
      this.dataSource.manager,
      consequence === 'sync-people' ? 'PERSON' : 'COMPANY',
      recordId,
      isTime ? updatedAt : null,
    );
    return isNews ? consequence : null;
  }

  private async takeActivity(source: SourceName, originId: string): Promise<WebhookConsequence | null> {
    if (!isId(originId)) return null;
    await this.activities.requestReread(source, originId);
    return 'sync-activities';
  }
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
