import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { PluginManifest } from '../../config/plugin-manifest';
import { ReminderDigestEntity } from '../../storage/entities/reminder-digest.entity';
import { TaskActivityRecords } from '../../twenty/records/task-activity-records.service';
import type { TaskRecord } from '../../twenty/records/activity-records.types';
import type { CallOptions } from '../../twenty/records/twenty.types';
import { knownCompletions, replaceActivities, replacePlans } from '../activity-rows.queries';
import { activityReading } from './activity-reading';
import type { FeedSource, SourceReading } from './feed-source';
import { strayTasks } from './stray.queries';
import { TWENTY_BATCH } from '../../twenty/client/twenty.limits';
import { noteNextSteps } from '../next-step.queries';
import { taskFacts } from './task-facts';

/** Tasks done, and tasks planned. The engine's own reminders are neither. */
@Injectable()
export class TaskSource implements FeedSource {
  readonly name = 'TASK';
  readonly isOptional = false;
  readonly objects = ['task', 'taskTarget'] as const;
  readonly batch = TWENTY_BATCH;

  constructor(
    private readonly records: TaskActivityRecords,
    private readonly manifest: PluginManifest,
  ) {}

  async read(ids: readonly string[], options: CallOptions): Promise<SourceReading[]> {
    const { records: tasks, versions } = await this.records.readByIds(ids, options);
    const store = async (manager: EntityManager) => {
      const reminders = new Set((await manager.findBy(ReminderDigestEntity, { id: In([...ids]) })).map(({ id }) => id));
      const known = await knownCompletions(manager, ids);
      const facts = tasks
        .filter((task) => !reminders.has(task.id) && !this.isOurs(task))
        .map((task) => taskFacts(task, known.get(task.id) ?? null));
      const open = tasks.filter(({ deletedAt, isDone }) => deletedAt === null && !isDone);
      await noteNextSteps(
        manager,
        'TASK',
        ids,
        open.map(({ id, assigneeId }) => ({ id, memberId: assigneeId })),
      );
      return [
        ...(await replaceActivities(
          manager,
          ids,
          ['TASK_COMPLETED'],
          facts.flatMap(({ activities }) => activities),
        )),
        ...(await replacePlans(
          manager,
          ids,
          facts.flatMap(({ plans }) => plans),
        )),
      ];
    };
    return [activityReading(ids, versions, store)];
  }

  strays(manager: EntityManager, after: string | null, limit: number): Promise<string[]> {
    return strayTasks(manager, after, limit);
  }

  /** Also reminders of an index that was thrown away. */
  private isOurs({ createdBy }: TaskRecord): boolean {
    return (
      createdBy?.source === 'APPLICATION' &&
      createdBy.workspaceMemberId === null &&
      createdBy.name === this.manifest.data.label.en
    );
  }
}
