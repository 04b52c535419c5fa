import type { CustomerObject } from '../domain/engine.types';
import type { EventType, Named, PoolStatus, RuleKind } from '../pool-tab/pool-tab.types';

export interface ConsoleCustomer {
  object: CustomerObject;
  recordId: string;
  name: string | null;
  status: PoolStatus;
  pool: Named;
  owner: Named | null;
  pooledSince: string | null;
  lastActivityAt: string | null;
  reclaimOn: string | null;
  reclaimRule: RuleKind | null;
  locked: boolean;
  clock?: { text: string } | null;
  claimable?: { allowed: boolean; refusal: { message: string; until: string | null } | null };
}

export interface CustomerList {
  totalCount: number;
  customers: ConsoleCustomer[];
  endCursor: string | null;
  hasNextPage: boolean;
}

export interface ConsolePool extends Named {
  active: boolean;
  isDefault: boolean;
  pooledCount: number;
  ownedCount: number;
}

export interface Overview {
  viewer: {
    member: Named;
    isWorkspaceAdmin: boolean;
    managedPools: Named[];
    today: string;
    capacities: { pool: Named | null; used: number; limit: number | null; exempt: number }[];
    claimsLeft: { pool: Named; used: number; limit: number | null; resetsAt: string | null }[];
  };
  pools: ConsolePool[];
}

export interface Outlook {
  simulatePolicy: { affected: number; byDay: { on: string; count: number }[]; byOwner: { member: Named; count: number }[]; byRule: { rule: RuleKind; count: number }[] };
  ownershipEvents: { events: { type: EventType; pool: { id: string } | null; to: { id: string } | null; at: string }[]; hasNextPage: boolean };
}

export const keyOf = ({ object, recordId }: { object: CustomerObject; recordId: string }): string => `${object} ${recordId}`;
