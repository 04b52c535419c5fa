import type { Attention, CustomerObject, CustomerRef, MoreTimeRequest } from '../domain/engine.types';
import type { Named, PoolStatus, RuleDeadline, RuleKind } from '../pool-tab/pool-tab.types';
import type { PageOf } from '../ui/use-pages';

export interface ConsoleCustomer extends CustomerRef {
  name: string | null;
  status: PoolStatus;
  pool: Named;
  owner: Named | null;
  pooledSince: string | null;
  lastActivityAt: string | null;
  reclaimOn: string | null;
  reclaimRule: RuleKind | null;
  locked: boolean;
  clock?: {
    rules: Pick<RuleDeadline, 'rule' | 'base' | 'days' | 'binding'>[];
    exemptions: string[];
    heldDays: number;
    text: string;
  } | null;
  ownedSince?: string | null;
  moreTime?: MoreTimeRequest | null;
  claimable?: { allowed: boolean; refusal: { message: string; until: string | null } | null };
}

export interface CustomerList extends PageOf {
  totalCount: number;
  customers: ConsoleCustomer[];
}

export interface ConsolePool extends Named {
  active: boolean;
  isDefault: boolean;
  pooledCount: number;
  ownedCount: number;
  /** As Twenty names the strategy; OFF gives out nothing. */
  autoAssign: string;
}

export interface DayTotal {
  /** Local date. */
  on: string;
  count: number;
}

export interface Overview {
  viewer: {
    member: Named;
    isWorkspaceAdmin: boolean;
    managedPools: Named[];
    today: string;
    /** Today first; what is overdue is counted today. */
    dueByDay: DayTotal[];
    capacities: { pool: Named | null; used: number; limit: number | null; exempt: number }[];
    claimsLeft: { pool: Named; used: number; limit: number | null; resetsAt: string | null }[];
  };
  pools: ConsolePool[];
  /** In all pools that the viewer manages. */
  attention: AttentionCount[];
}

export interface AttentionCount {
  kind: Attention;
  count: number;
}

export interface Simulation {
  affected: number;
  byDay: DayTotal[];
  byOwner: { member: Named; count: number }[];
  byRule: { rule: RuleKind; count: number }[];
}

export interface Outlook {
  simulatePolicy: Simulation;
  figures: { flow: { on: string; into: number; out: number }[] };
}

export interface Decision extends CustomerRef {
  id: string;
  name: string | null;
  at: string;
  to: Named | null;
  strategy: string;
  text: string;
  considered: number;
  candidates: { member: Named; skipped: string | null; skippedText: string | null; value: number | null }[];
}

export interface DecisionPage extends PageOf {
  decisions: Decision[];
}

export interface DuplicateGroup {
  object: CustomerObject;
  by: 'DOMAIN' | 'NAME' | 'EMAIL' | 'PHONE';
  value: string;
  customers: ConsoleCustomer[];
}

export interface DuplicatePage extends PageOf {
  groups: DuplicateGroup[];
}

export const keyOf = ({ object, recordId }: CustomerRef): string => `${object} ${recordId}`;

/** Entries on a page of the console's lists; the documents ask for as many. */
export const PAGE_SIZE = 50;
