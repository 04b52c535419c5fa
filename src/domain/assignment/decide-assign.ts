import type { MemberBook } from '../claim/member-book';
import { type FullCapacity, fullCapacity } from '../claim/holding-capacity';
import { startOfLocalDate } from '../calendar/local-days';
import { type ManagedCandidate, refuseUnlessManager } from '../pool/managed-customer';
import { type Actor, type Pool, seesPool } from '../pool/pool-policy';
import { refuse, type Refusal, type TargetProblem } from '../refusal/refusal';

export interface AssignCandidate extends ManagedCandidate {
  /** Local date before which nobody may have it. */
  quietUntil: string | null;
  isWon: boolean;
}

/** Who is to have the customers. */
export interface AssignTarget {
  /** Their place in the pools; what their Twenty role allows is not known here. */
  member: Actor;
  name: string | null;
  /** Not in the workspace, or no longer. */
  isGone: boolean;
  isOnLeave: boolean;
  book: MemberBook;
}

export interface AssignRequest {
  actor: Actor;
  target: AssignTarget;
  overrideCapacity: boolean;
  /** Workspace-wide holding capacity; null = none. */
  memberCapacity: number | null;
  timeZone: string;
  /** ISO instant. */
  now: string;
}

export type AssignDecision =
  | { refusal: Refusal }
  /** `override`: the capacity that was passed over, for the history. */
  | { refusal: null; pool: Pool; override: FullCapacity | null };

/**
 * docs/semantics.md#assign: a manager gives a pooled customer to a member. Embargo, cooldown, claim limit and claiming
 * mode do not bind a manager; a quiet period keeps the customer away from everyone; a capacity is passed over only when
 * that is said.
 */
export function decideAssign(candidate: AssignCandidate | null, request: AssignRequest): AssignDecision {
  const { actor, target } = request;
  const refusal = refuseUnlessManager(candidate, actor) ?? refuseUnlessFree(candidate, request);
  if (refusal) return { refusal };
  // `refuseUnlessManager` has seen that there are both.
  const { pool, isWon } = candidate as AssignCandidate & { pool: Pool };
  const problem = problemOf(target, pool);
  if (problem)
    return {
      refusal: refuse('TARGET_NOT_ELIGIBLE', { ...named(target), poolName: pool.name, targetProblem: problem }),
    };
  const full = fullCapacity(pool, target.member.memberships.get(pool.id), target.book, request.memberCapacity, isWon);
  if (full && !request.overrideCapacity) {
    return {
      refusal: refuse('CAPACITY', { ...full, ...(target.member.memberId === actor.memberId ? {} : named(target)) }),
    };
  }
  return { refusal: null, pool, override: full };
}

function refuseUnlessFree(candidate: AssignCandidate | null, { actor, timeZone, now }: AssignRequest): Refusal | null {
  if (candidate?.status === 'ARCHIVED') return refuse('ARCHIVED');
  if (candidate?.status === 'OWNED') {
    const { ownerId, ownerName } = candidate;
    return refuse('ALREADY_OWNED', {
      ...(ownerId ? { ownerId } : {}),
      ...(ownerName ? { ownerName } : {}),
      ownerIsCaller: ownerId === actor.memberId,
    });
  }
  if (!candidate?.quietUntil) return null;
  const until = startOfLocalDate(candidate.quietUntil, timeZone);
  return now < until ? refuse('QUIET_PERIOD', { timeZone }, until) : null;
}

export function problemOf({ member, isGone, isOnLeave }: AssignTarget, pool: Pool): TargetProblem | null {
  if (isGone) return 'GONE';
  if (!seesPool(member, pool)) return 'NO_ACCESS';
  if (isOnLeave) return 'ON_LEAVE';
  return member.memberships.get(pool.id)?.isOnDuty === false ? 'OFF_DUTY' : null;
}

function named({ name }: AssignTarget): { memberName?: string } {
  return name ? { memberName: name } : {};
}
