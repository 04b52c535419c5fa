import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { requestIfNewer } from './customers-sync.queries';

export type WebhookConsequence = 'sync-companies' | 'sync-people' | 'sync-pools' | 'sync-members';

const consequences: Record<string, WebhookConsequence> = {
  company: 'sync-companies',
  person: 'sync-people',
  customerPool: 'sync-pools',
  customerPoolMember: 'sync-pools',
  workspaceMember: 'sync-members',
};

/** What a webhook's body is about, as far as it is looked at. Everything else is read from Twenty. */
@Injectable()
export class WebhookIntake {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns the reading that is worth doing sooner; null when the index knows already, or the body says nothing */
  async take(body: unknown): Promise<WebhookConsequence | null> {
    const [objectName = '', action = ''] = text(body, 'eventName').split('.');
    const consequence = consequences[objectName];
    if (consequence !== 'sync-companies' && consequence !== 'sync-people') return consequence ?? null;
    const record = (body as { record?: unknown }).record;
    const recordId = text(record, 'id');
    if (!/^[0-9a-f-]{36}$/i.test(recordId)) return null;
    const updatedAt = action === 'destroyed' ? null : text(record, 'updatedAt');
    const isTime = updatedAt !== null && !Number.isNaN(Date.parse(updatedAt));
    const isNews = await requestIfNewer(this.dataSource.manager, consequence === 'sync-people' ? 'PERSON' : 'COMPANY', recordId, isTime ? updatedAt : null);
    return isNews ? consequence : null;
  }
}

function text(of: unknown, name: string): string {
  const value = typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : '';
}
