import { Injectable } from '@nestjs/common';
import { actorOf, groupBy, nodesOf, ownChange, targetsOf } from './activity-mapping';
import type { ChangesPage, TaskRecord } from './activity-records.types';
import { DELETED_OR_NOT } from './customer-write';
import {
  ReadTaskChangesDocument,
  ReadTasksDocument,
  ReadTaskTargetChangesDocument,
  ReadTaskTargetsDocument,
} from '../generated/core';
import { readChanges } from '../client/read-changes';
import { readAllPages } from '../client/read-pages';
import { TwentyClient } from '../client/twenty-client.service';
import { inBatches } from '../client/twenty.limits';
import type { CallOptions, RecordCursor } from './twenty.types';

const TARGETS_PER_PAGE = 1000;

/** Tasks as people work them off; what the engine writes itself goes through TaskRecords. */
@Injectable()
export class TaskActivityRecords {
  constructor(private readonly client: TwentyClient) {}

  /** @throws TwentyError */
  readChanges(cursor: RecordCursor | null, options: CallOptions): Promise<ChangesPage> {
    return readChanges(
      async (query) =>
        nodesOf((await this.client.request(ReadTaskChangesDocument, query, options)).tasks).map(ownChange),
      cursor,
    );
  }

  /** Links of tasks; `originId` is the task. @throws TwentyError */
  readTargetChanges(cursor: RecordCursor | null, options: CallOptions): Promise<ChangesPage> {
    return readChanges(async (query) => {
      const { taskTargets } = await this.client.request(ReadTaskTargetChangesDocument, query, options);
      return nodesOf(taskTargets).map(({ id, updatedAt, taskId }) => ({ id, updatedAt, originId: taskId }));
    }, cursor);
  }

  /** Soft-deleted tasks too, with `deletedAt`; destroyed and unknown ones are absent. Deleted links are not among the targets. @throws TwentyError */
  async readByIds(ids: readonly string[], options: CallOptions): Promise<TaskRecord[]> {
    const records: TaskRecord[] = [];
    for (const batch of inBatches([...new Set(ids)])) {
      const filter = { and: [{ id: { in: batch } }, DELETED_OR_NOT] };
      const tasks = nodesOf(
        (await this.client.request(ReadTasksDocument, { filter, first: batch.length }, options)).tasks,
      );
      const links = groupBy(await this.readTargets(batch, options), ({ taskId }) => taskId);
      records.push(
        ...tasks.map(({ status, createdBy, updatedBy, ...task }) => ({
          ...task,
          isDone: status === 'DONE',
          createdBy: actorOf(createdBy),
          updatedBy: actorOf(updatedBy),
          targets: targetsOf(links.get(task.id) ?? []),
        })),
      );
    }
    return records;
  }

  private readTargets(taskIds: string[], options: CallOptions) {
    const filter = { taskId: { in: taskIds } };
    return readAllPages(
      async (after) =>
        (await this.client.request(ReadTaskTargetsDocument, { filter, first: TARGETS_PER_PAGE, after }, options))
          .taskTargets,
    );
  }
}
