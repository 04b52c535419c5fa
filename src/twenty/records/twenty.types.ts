import type { Fence } from '../../domain/change/told';
import type { CustomerObject, OwnershipEventType, PoolStatus, RuleKind } from '../../domain/customer/customer';

/** ISO 8601 instant with milliseconds, as Twenty sends it. */
export type Instant = string;
/** `YYYY-MM-DD` in the workspace's time zone. */
export type LocalDate = string;

/** Interactive calls are answered before background ones when Twenty's rate limit is near. */
export type Priority = 'interactive' | 'background';

export interface CallOptions {
  priority: Priority;
  signal?: AbortSignal;
  /** Milliseconds for one attempt; the configured default when absent. */
  timeoutMs?: number;
}

/** Who wrote a record last, as Twenty's actor fields say it. */
export interface RecordActor {
  source: string;
  workspaceMemberId: string | null;
  name: string;
}

/** A company or person as Highseas reads it. `ownerId` is `accountOwnerId` of a company, `ownerId` of a person. */
export interface CustomerRecord {
  object: CustomerObject;
  id: string;
  name: string | null;
  ownerId: string | null;
  poolId: string | null;
  poolStatus: PoolStatus | null;
  ownedSince: Instant | null;
  pooledSince: Instant | null;
  protectedUntil: Instant | null;
  lastActivityOn: LocalDate | null;
  reclaimOn: LocalDate | null;
  reclaimRule: RuleKind | null;
  isLocked: boolean;
  formerOwnerId: string | null;
  duplicateOf: string | null;
  /** A person's company. */
  companyId: string | null;
  /** Links of `domainName` (company). */
  domains: string[];
  /** Person only. */
  emails: string[];
  /** Person only; with calling code when known. */
  phones: string[];
  createdAt: Instant;
  updatedAt: Instant;
  deletedAt: Instant | null;
  updatedBy: RecordActor | null;
}

/** Fields that Highseas writes on a customer; absent = untouched, null = emptied. */
export interface CustomerFields {
  ownerId?: string | null;
  poolId?: string | null;
  poolStatus?: PoolStatus | null;
  ownedSince?: Instant | null;
  pooledSince?: Instant | null;
  protectedUntil?: Instant | null;
  lastActivityOn?: LocalDate | null;
  reclaimOn?: LocalDate | null;
  reclaimRule?: RuleKind | null;
  isLocked?: boolean;
  formerOwnerId?: string | null;
  duplicateOf?: string | null;
}

/**
 * One write of the same `data` to many records, each only while it is with whom its fence says. Without a fence: whoever owns it.
 * What the write makes of a record is part of the fence, because Twenty loses the event of an update that makes its own filter
 * false.
 */
export interface ConditionalWrite {
  object: CustomerObject;
  records: { id: string; fence?: Fence }[];
  data: CustomerFields;
}

/** Where reading by (updatedAt, id) has come to. */
export interface RecordCursor {
  updatedAt: Instant;
  id: string;
}

export interface MemberRecord {
  id: string;
  userId: string | null;
  name: string;
  email: string | null;
  locale: string | null;
  timeZone: string | null;
}

/** Raw values as Twenty has them; the pools module validates them. */
export interface PoolRecord {
  id: string;
  name: string | null;
  updatedAt: Instant;
  deletedAt: Instant | null;
  /** Every field that plugin.json declares on customerPool except name, keyed by its name. */
  fields: Record<string, unknown>;
}

export interface PoolMemberRecord {
  id: string;
  poolId: string | null;
  memberId: string | null;
  memberRole: string | null;
  holdingCapacity: number | null;
  claimLimit: number | null;
  weight: number | null;
  isOnDuty: boolean | null;
  matchValues: unknown;
  createdAt: Instant;
}

/** One line of the history as it is mirrored to Twenty. `id` is the engine's event id and the record's id. */
export interface OwnershipEventRecord {
  id: string;
  eventType: OwnershipEventType;
  object: CustomerObject;
  recordId: string | null;
  fromMemberId: string | null;
  toMemberId: string | null;
  actorMemberId: string | null;
  fromName: string | null;
  toName: string | null;
  actorName: string | null;
  isSystem: boolean;
  customerPoolId: string | null;
  reason: string | null;
  note: string | null;
  rule: RuleKind | null;
  facts: unknown;
  batchId: string | null;
  happenedAt: Instant;
  engineId: string;
}
