import { Injectable } from '@nestjs/common';
import { groupBy, nodesOf, targetsOf, versionsOf } from './activity-mapping';
import { actorOf } from './customer-mapping';
import type { RecordsRead, TaskRecord } from './activity-records.types';
import { DELETED_OR_NOT } from './customer-write';
import { ReadTasksDocument, ReadTaskTargetsDocument } from '../generated/core';
import { readAllPages } from '../client/read-pages';
import { TwentyClient } from '../client/twenty-client.service';
import { inBatches } from '../client/twenty.limits';
import type { CallOptions } from './twenty.types';

const TARGETS_PER_PAGE = 1000;

/** Tasks as people work them off; what the engine writes itself goes through TaskRecords. */
@Injectable()
export class TaskActivityRecords {
  constructor(private readonly client: TwentyClient) {}

  /** Soft-deleted tasks too, with `deletedAt`; destroyed and unknown ones are absent. Deleted links are not among the targets. @throws TwentyError */
  async readByIds(ids: readonly string[], options: CallOptions): Promise<RecordsRead<TaskRecord>> {
    const read: RecordsRead<TaskRecord> = { records: [], versions: [] };
    for (const batch of inBatches([...new Set(ids)])) {
      const filter = { and: [{ id: { in: batch } }, DELETED_OR_NOT] };
      const tasks = nodesOf(
        (await this.client.request(ReadTasksDocument, { filter, first: batch.length }, options)).tasks,
      );
      const targets = await this.readTargets(batch, options);
      const links = groupBy(targets, ({ taskId }) => taskId);
      read.versions.push(...versionsOf('task', tasks), ...versionsOf('taskTarget', targets, ({ taskId }) => taskId));
      read.records.push(
        ...tasks.map(({ status, createdBy, updatedBy, ...task }) => ({
          ...task,
          isDone: status === 'DONE',
          createdBy: actorOf(createdBy),
          updatedBy: actorOf(updatedBy),
          targets: targetsOf(links.get(task.id) ?? []),
        })),
      );
    }
    return read;
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
