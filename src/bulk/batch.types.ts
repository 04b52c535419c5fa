import type { EntityManager } from 'typeorm';
import type { Pool } from '../domain/pool/pool-policy';
import type { Refusal } from '../domain/refusal/refusal';
import type { OwnershipEvent } from '../domain/change/ownership-event';
import type { WorkspaceSettings } from '../settings/workspace-settings';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import type { OperationEntity } from '../storage/entities/operation.entity';
import type { OperationItemEntity } from '../storage/entities/operation-item.entity';

/** What a batch is decided on: the operation's row is held, members' and customers' rows are locked. */
export interface BatchContext {
  manager: EntityManager;
  operation: OperationEntity;
  /** Not deleted and not in flight, by `customerKey`. */
  customers: Map<string, CustomerEntity>;
  items: OperationItemEntity[];
  pools: Map<string, Pool>;
  settings: WorkspaceSettings;
  /** ISO instant. */
  now: string;
}

export type ItemDecision =
  | { item: OperationItemEntity; refusal: Refusal }
  /** Not now: what it depends on is under way. */
  | { item: OperationItemEntity; wait: true }
  | { item: OperationItemEntity; event: OwnershipEvent };

/** A customer of the batch with what is decided about it. */
export interface BatchChange {
  customer: CustomerEntity;
  event: OwnershipEvent;
}

/** One kind of operation. */
export interface BatchDecider {
  decide(context: BatchContext): Promise<ItemDecision[]>;
  /** In the same transaction, after the changes are written: what is to go along with them. */
  follow?(context: BatchContext, changes: BatchChange[]): Promise<void>;
}
