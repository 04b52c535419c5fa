import { Injectable } from '@nestjs/common';
import { v5 as uuidFromName } from 'uuid';
import { customerKey, type CustomerRef } from '../domain/customer';
import { CreateTaskDocument, CreateTaskTargetsDocument } from './generated/core';
import { TwentyClient } from './twenty-client.service';
import { inBatches } from './twenty.limits';
import type { CallOptions, Instant } from './twenty.types';

export interface NewTask {
  /** The caller's choice, a uuid: the same id again is the same task. */
  id: string;
  title: string;
  /** Markdown. */
  body?: string;
  assigneeId: string | null;
  dueAt: Instant | null;
  /** The customers it is shown on. */
  targets: readonly CustomerRef[];
}

@Injectable()
export class TaskRecords {
  constructor(private readonly client: TwentyClient) {}

  /**
   * Creates an open task and links it to its customers. Again with the same id it is the same task, open and with these values:
   * repeat it after a failure, not later.
   * @throws TwentyError REJECTED when the assignee or a customer is gone
   */
  async create({ id, title, body, assigneeId, dueAt, targets }: NewTask, options: CallOptions): Promise<void> {
    await this.client.request(CreateTaskDocument, {
      data: { id, title, assigneeId, dueAt, status: 'TODO', ...(body !== undefined && { bodyV2: { markdown: body } }) },
    }, options);
    for (const batch of inBatches(targets)) {
      await this.client.request(CreateTaskTargetsDocument, { data: batch.map((target) => targetInput(id, target)) }, options);
    }
  }
}

function targetInput(taskId: string, target: CustomerRef) {
  return {
    id: uuidFromName(customerKey(target), taskId),
    taskId,
    ...(target.object === 'COMPANY' ? { targetCompanyId: target.recordId } : { targetPersonId: target.recordId }),
  };
}
