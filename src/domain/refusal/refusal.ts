/** The reasons for which a command is refused. Codes of the public API. */
export type RefusalCode =
  | 'NOT_FOUND'
  | 'NOT_MANAGED'
  | 'NOT_IN_POOL'
  | 'ALREADY_OWNED'
  | 'NOT_OWNER'
  | 'NOT_VISIBLE'
  | 'POOL_INACTIVE'
  | 'POOL_MANAGED'
  | 'QUIET_PERIOD'
  | 'EMBARGO'
  | 'COOLDOWN'
  | 'CLAIM_LIMIT'
  | 'CLAIM_INTERVAL'
  | 'BACKLOG'
  | 'CAPACITY'
  | 'DUPLICATE'
  | 'ARCHIVED'
  | 'REASON_REQUIRED'
  | 'TARGET_NOT_ELIGIBLE'
  | 'STALE'
  | 'TWENTY_REJECTED'
  | 'NOT_MANAGER';

/**
 * Why a command was refused, as data: it is stored, and told in the reader's language later.
 * `until` is the ISO instant at which it stops applying, if it does by itself.
 */
export interface Refusal {
  code: RefusalCode;
  until?: string;
  /** Names and numbers that the sentence needs. */
  params?: RefusalParams;
}

/** Why a member cannot be given a customer: left the workspace, sees not the pool, is on leave today, is off duty in the pool. */
export type TargetProblem = 'GONE' | 'NO_ACCESS' | 'ON_LEAVE' | 'OFF_DUTY';

export interface RefusalParams {
  ownerId?: string;
  ownerName?: string;
  ownerIsCaller?: boolean;
  poolName?: string;
  /** The caller may not see the customer that is the same. */
  duplicateIsHidden?: boolean;
  used?: number;
  limit?: number;
  period?: 'DAY' | 'WEEK' | 'MONTH';
  scope?: 'POOL' | 'WORKSPACE';
  minutes?: number;
  /** Whose limit it is, or who was chosen, when that is not the caller. */
  memberName?: string;
  targetProblem?: TargetProblem;
  /** The workspace's time zone, in which `until` is told. */
  timeZone?: string;
}

export function refuse(code: RefusalCode, params?: RefusalParams, until?: string): Refusal {
  return { code, ...(params ? { params } : {}), ...(until ? { until } : {}) };
}
