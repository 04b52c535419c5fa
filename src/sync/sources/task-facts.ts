import type { RecordTarget, TaskRecord } from '../../twenty/records/activity-records.types';
import type { Instant } from '../../twenty/records/twenty.types';
import { type ActivityFact, memberBehind, memberBehindOr } from '../activity-fact';

/** An open task that its assignee has yet to do; whether its time is still ahead is asked when it counts. */
export interface PlanFact {
  taskId: string;
  target: RecordTarget;
  memberId: string;
  dueAt: Instant;
}

export interface TaskFacts {
  activities: ActivityFact[];
  plans: PlanFact[];
}

/**
 * Twenty does not keep when a task was completed: it is when it was last changed as it was first seen done, and stays that.
 * A task is its assignee's work, whoever ticks it off.
 * @param known the completion as it is in the index
 */
export function taskFacts(task: TaskRecord, known: { at: Instant; memberId: string | null } | null): TaskFacts {
  if (task.deletedAt !== null) return { activities: [], plans: [] };
  if (task.isDone) return { activities: completions(task, known), plans: [] };
  const { assigneeId, dueAt } = task;
  if (assigneeId === null || dueAt === null) return { activities: [], plans: [] };
  return {
    activities: [],
    plans: task.targets.map((target) => ({ taskId: task.id, target, memberId: assigneeId, dueAt })),
  };
}

function completions(task: TaskRecord, known: { at: Instant; memberId: string | null } | null): ActivityFact[] {
  const at = known?.at ?? task.updatedAt;
  const memberId = known ? known.memberId : doerOf(task);
  if (memberId === null) return [];
  return task.targets.map((target) => ({
    kind: 'TASK_COMPLETED',
    sourceId: task.id,
    originId: task.id,
    target,
    at,
    memberId,
  }));
}

function doerOf({ updatedBy, assigneeId }: TaskRecord): string | null {
  return memberBehindOr(updatedBy, assigneeId) === null ? null : (assigneeId ?? memberBehind(updatedBy));
}
