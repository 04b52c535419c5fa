import type { Allowance, CustomerObject, MoreTimeRequest } from '../domain/engine.types';

export type RuleKind = 'NO_ACTIVITY' | 'NO_OPPORTUNITY' | 'NO_DEAL' | 'MAX_HOLD' | 'AFTER_DATE';
export type PoolStatus = 'OWNED' | 'POOLED' | 'ARCHIVED';
export interface Named {
  id: string;
  name: string;
}

export interface RuleDeadline {
  rule: RuleKind;
  base: string;
  days: number;
  deadline: string;
  binding: boolean;
}

export interface TabCustomer {
  name: string | null;
  status: PoolStatus;
  pool: Named;
  owner: Named | null;
  ownedSince: string | null;
  pooledSince: string | null;
  lastActivityAt: string | null;
  /** Local date. */
  reclaimOn: string | null;
  reclaimRule: RuleKind | null;
  locked: boolean;
  protectedUntil: string | null;
  clock: { rules: RuleDeadline[]; exemptions: string[]; heldDays: number; text: string } | null;
  claimable: { allowed: boolean; refusal: { code: string; message: string; until: string | null } | null };
  moreTime: MoreTimeRequest | null;
}

export type EventType =
  | 'ROUTED'
  | 'CLAIMED'
  | 'RELEASED'
  | 'RECLAIMED'
  | 'ASSIGNED'
  | 'REASSIGNED'
  | 'OFFBOARDED'
  | 'OBSERVED'
  | 'REVERTED'
  | 'PROTECTED'
  | 'HELD'
  | 'ARCHIVED'
  | 'RESTORED'
  | 'UNDONE';

export interface TabEvent {
  id: string;
  type: EventType;
  from: Named | null;
  to: Named | null;
  pool: Named | null;
  actor: Named | null;
  bySystem: boolean;
  reason: string | null;
  note: string | null;
  rule: RuleKind | null;
  facts: Record<string, unknown> | null;
  at: string;
}

export interface EventPage {
  events: TabEvent[];
  endCursor: string | null;
  hasNextPage: boolean;
}

export interface PoolTabAnswer {
  customer: TabCustomer | null;
  ownershipEvents: EventPage;
  viewer: Allowance & {
    member: { id: string };
    isWorkspaceAdmin: boolean;
    managedPools: { id: string }[];
    today: string;
  };
  pools: { id: string; name: string; active: boolean }[];
}

export interface TabSubject {
  object: CustomerObject;
  recordId: string;
}
