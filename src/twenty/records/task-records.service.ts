import { Injectable } from '@nestjs/common';
import { v5 as uuidFromName } from 'uuid';
import { customerKey, type CustomerRef } from '../../domain/customer/customer';
import {
  CreateTaskDocument,
  CreateTaskTargetsDocument,
  UpdateTasksDocument,
  UpdateTaskTargetsDocument,
} from '../generated/core';
import { TwentyClient } from '../client/twenty-client.service';
import { isTwentyError } from '../client/twenty-error';
import { inBatches } from '../client/twenty.limits';
import type { CallOptions, Instant } from './twenty.types';

interface TaskText {
  title: string;
  /** Markdown. */
  body?: string;
  dueAt: Instant | null;
}

export interface NewTask extends TaskText {
  /** The caller's choice, a uuid: the same id again is the same task. */
  id: string;
  assigneeId: string | null;
  /** The customers it is shown on. */
  targets: readonly CustomerRef[];
}

export interface TaskChange extends TaskText {
  id: string;
  /** Customers it is to be shown on no longer. */
  without: readonly CustomerRef[];
}

@Injectable()
export class TaskRecords {
  constructor(private readonly client: TwentyClient) {}

  /**
   * Creates an open task and links it to its customers; one that is gone is left out. Again with the same id it is the same
   * task, open and with these values: repeat it after a failure, not later.
   * @throws TwentyError REJECTED when the assignee is gone
   */
  async create({ id, assigneeId, targets, ...text }: NewTask, options: CallOptions): Promise<void> {
    await this.client.request(
      CreateTaskDocument,
      { data: { id, assigneeId, status: 'TODO', ...textInput(text) } },
      options,
    );
    for (const batch of inBatches(targets)) await this.link(id, batch, options);
  }

  /**
   * Rewrites a task and takes it off customers. Whether it is done stays as it is; a deleted one stays deleted.
   * @throws TwentyError
   */
  async change({ id, without, ...text }: TaskChange, options: CallOptions): Promise<void> {
    await this.client.request(UpdateTasksDocument, { filter: present([id]), data: textInput(text) }, options);
    for (const batch of inBatches(without)) {
      // A link that shows nothing instead of a deleted one: the app does not ask for the right to delete.
      const filter = { id: { in: batch.map((target) => targetId(id, target)) } };
      await this.client.request(
        UpdateTaskTargetsDocument,
        { filter, data: { targetCompanyId: null, targetPersonId: null } },
        options,
      );
    }
  }

  /** Marks tasks as done; those that are deleted or unknown are left alone. @throws TwentyError */
  async close(ids: readonly string[], options: CallOptions): Promise<void> {
    for (const batch of inBatches(ids))
      await this.client.request(UpdateTasksDocument, { filter: present(batch), data: { status: 'DONE' } }, options);
  }

  /** Twenty refuses a whole batch for one customer that is gone, so a refused batch is halved until that one stands alone. */
  private async link(taskId: string, targets: readonly CustomerRef[], options: CallOptions): Promise<void> {
    try {
      await this.client.request(
        CreateTaskTargetsDocument,
        { data: targets.map((target) => targetInput(taskId, target)) },
        options,
      );
    } catch (error) {
      if (!isTwentyError(error, 'REJECTED')) throw error;
      if (targets.length === 1) return;
      for (const half of inBatches(targets, Math.ceil(targets.length / 2))) await this.link(taskId, half, options);
    }
  }
}

function textInput({ title, body, dueAt }: TaskText) {
  return { title, dueAt, ...(body !== undefined && { bodyV2: { markdown: body } }) };
}

function present(ids: readonly string[]) {
  return { and: [{ id: { in: [...ids] } }, { deletedAt: { is: 'NULL' as const } }] };
}

function targetInput(taskId: string, target: CustomerRef) {
  return {
    id: targetId(taskId, target),
    taskId,
    ...(target.object === 'COMPANY' ? { targetCompanyId: target.recordId } : { targetPersonId: target.recordId }),
  };
}

function targetId(taskId: string, target: CustomerRef): string {
  return uuidFromName(customerKey(target), taskId);
}
