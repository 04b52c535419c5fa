import type { CustomerRef, Outcome } from '../domain/engine.types';

export type JobStatus = 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';

export interface Job {
  id: string;
  kind: string;
  status: JobStatus;
  total: number;
  processed: number;
  done: number;
  refused: number;
  error: string | null;
  /** ISO instant. */
  undoableUntil: string | null;
  refusals: Outcome[];
}

/** What is to change hands: exactly one of these. */
export type BulkSelection = { customers: CustomerRef[] } | { allOwnedBy: string } | { pooledIn: string };

export const STRATEGIES = ['EVENLY', 'ALL_TO_FIRST', 'BY_WEIGHT', 'BY_FREE_CAPACITY'] as const;
export type Strategy = (typeof STRATEGIES)[number];

export interface ReassignInput {
  selection: BulkSelection;
  toMemberIds: string[];
  strategy: Strategy;
  reason: string | null;
  overrideCapacity: boolean;
  withRelated: boolean;
  requestId?: string;
}

export interface Preview {
  total: number;
  perMember: { member: { id: string; name: string }; receives: number; ownsNow: number; limit: number | null }[];
  refusals: { code: string; count: number }[];
}

export const isOver = ({ status }: Job): boolean => status === 'DONE' || status === 'FAILED' || status === 'CANCELLED';
