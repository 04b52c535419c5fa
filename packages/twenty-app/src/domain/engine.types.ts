/** What the engine's API answers, as far as the app reads it. */
export type CustomerObject = 'COMPANY' | 'PERSON';

/** What waits for a manager. */
export type Attention = 'MORE_TIME' | 'UNTOUCHED' | 'UNCLAIMED' | 'STALE';

/** An owner asks for more days, and nobody has decided yet. */
export interface MoreTimeRequest {
  /** Counted days. */
  days: number;
  reason: string;
  /** ISO instant. */
  askedAt: string;
  /** Local date: nothing is reclaimed up to it, meanwhile. */
  waitsUntil: string;
}

export interface CustomerRef {
  object: CustomerObject;
  recordId: string;
}

export const REFUSAL_CODES = [
  'NOT_FOUND',
  'NOT_MANAGED',
  'NOT_IN_POOL',
  'ALREADY_OWNED',
  'NOT_OWNER',
  'NOT_VISIBLE',
  'POOL_INACTIVE',
  'POOL_MANAGED',
  'QUIET_PERIOD',
  'EMBARGO',
  'COOLDOWN',
  'CLAIM_LIMIT',
  'CLAIM_INTERVAL',
  'BACKLOG',
  'CAPACITY',
  'DUPLICATE',
  'ARCHIVED',
  'REASON_REQUIRED',
  'TARGET_NOT_ELIGIBLE',
  'STALE',
  'TWENTY_REJECTED',
  'NOT_MANAGER',
] as const;

/** The app's own code for records that it could not put before the engine; none of the engine's. */
export const NOT_REACHED = 'NOT_REACHED';

export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface Outcome extends CustomerRef {
  status: 'DONE' | 'REFUSED' | 'PENDING';
  /** `message` is a plain sentence in the caller's language. */
  refusal: { code: string; message: string } | null;
  customer: { name: string | null; pool: { id: string; name: string } } | null;
  /** What whoever claimed it should know, in plain sentences in the caller's language. */
  warnings?: string[] | null;
}

export interface Result {
  outcomes: Outcome[];
}

export interface Capacity {
  /** null: over all pools. */
  pool: { id: string; name: string } | null;
  used: number;
  limit: number | null;
}

export interface ClaimsLeft {
  pool: { id: string; name: string };
  used: number;
  limit: number | null;
}

/** What the caller has and may have, right after the command. */
export interface Allowance {
  capacities: Capacity[];
  claimsLeft: ClaimsLeft[];
}

export interface Pool {
  id: string;
  name: string;
  active: boolean;
  isDefault: boolean;
}
