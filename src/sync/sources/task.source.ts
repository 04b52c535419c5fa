import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import { PluginManifest } from '../../config/plugin-manifest';
import { ReminderDigestEntity } from '../../storage/entities/reminder-digest.entity';
import { TaskActivityRecords } from '../../twenty/records/task-activity-records.service';
import type { TaskRecord } from '../../twenty/records/activity-records.types';
import type { CallOptions } from '../../twenty/records/twenty.types';
import { knownCompletions, replaceActivities, replacePlans } from '../activity-rows.queries';
import type { ActivitySource, FollowedObject, Store } from './activity-source';
import { knownOrigins, plannedTasks } from '../known-origins.queries';
import { noteNextSteps } from '../next-step.queries';
import { taskFacts } from './task-facts';

/** Tasks done, and tasks planned. The engine's own reminders are neither. */
@Injectable()
export class TaskSource implements ActivitySource {
  readonly name = 'task';
  readonly isOptional = false;
  readonly objects: readonly FollowedObject[];

  constructor(
    private readonly records: TaskActivityRecords,
    private readonly manifest: PluginManifest,
  ) {
    this.objects = [
      { name: 'task', readChanges: (cursor, options) => records.readChanges(cursor, options) },
      { name: 'taskTarget', readChanges: (cursor, options) => records.readTargetChanges(cursor, options) },
    ];
  }

  async read(ids: readonly string[], options: CallOptions): Promise<Store> {
    const tasks = await this.records.readByIds(ids, options);
    return async (manager) => {
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
  }

  async known(manager: EntityManager): Promise<string[]> {
    return [...new Set([...(await knownOrigins(manager, ['TASK_COMPLETED'])), ...(await plannedTasks(manager))])];
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
