import type { CustomerObject, Locale } from '../../domain/customer/customer';
import type { ClockExplanation } from '../../domain/idle-clock/clock.types';
import type { Pool } from '../../domain/pool/pool-policy';
import type { Refusal } from '../../domain/refusal/refusal';
import { refusalMessage } from '../../domain/refusal/refusal-messages';
import type { CommandAnswer } from '../../changes/command-runner.service';
import type { CustomerWithClaimability } from '../../reading/customer-reader.service';
import type { MemberEntity } from '../../storage/entities/member.entity';
import type { OwnershipEventEntity } from '../../storage/entities/ownership-event.entity';

/** The shapes of the schema; counts of a pool are resolved when asked for. */
export interface PoolView {
  id: string;
  name: string;
  active: boolean;
  isDefault: boolean;
  releaseReasonRequired: boolean;
  autoAssign: string;
}
export interface MemberView {
  id: string;
  name: string;
  email: string | null;
  active: boolean;
}
export interface RefusalView {
  code: string;
  message: string;
  until: string | null;
}

export function poolView({ id, name, policy }: Pool): PoolView {
  return {
    id,
    name,
    active: policy.isActive,
    isDefault: policy.isDefault,
    releaseReasonRequired: policy.releaseReasonRequired,
    autoAssign: policy.autoAssign,
  };
}

export function memberView({ id, name, email, removedAt }: MemberEntity): MemberView {
  return { id, name, email, active: removedAt === null };
}

export function refusalView(refusal: Refusal, locale: Locale): RefusalView {
  return { code: refusal.code, message: refusalMessage(refusal, locale), until: refusal.until ?? null };
}

export function customerView({ customer, pool, owner, refusal }: CustomerWithClaimability, locale: Locale) {
  return {
    object: customer.object,
    recordId: customer.recordId,
    name: customer.name,
    status: customer.status,
    pool: poolView(pool),
    owner: owner && memberView(owner),
    ownedSince: customer.ownedSince,
    pooledSince: customer.pooledSince,
    lastActivityAt: customer.lastActivityAt,
    reclaimOn: customer.reclaimOn,
    reclaimRule: customer.reclaimRule,
    locked: customer.isLocked,
    protectedUntil: customer.protectedUntil,
    claimable: { allowed: refusal === null, refusal: refusal && refusalView(refusal, locale) },
  };
}
/** `clock` is resolved when asked for. */
export type CustomerView = ReturnType<typeof customerView>;

export function clockView({ rules, exemptions, heldDays }: ClockExplanation, text: string) {
  return {
    rules: rules.map(({ rule, base, days, deadline, binding }) => ({ rule, base, days, deadline, binding })),
    exemptions,
    heldDays,
    text,
  };
}
export type ClockView = ReturnType<typeof clockView>;

export interface OutcomeView {
  object: CustomerObject;
  recordId: string;
  status: string;
  refusal: RefusalView | null;
  customer: CustomerView | null;
  warnings?: string[];
}

export interface ResultView {
  outcomes: OutcomeView[];
  done: number;
  refused: number;
  pending: number;
  batchId: string | null;
}

/** @param customerOf the customer as it is now */
export function resultView(
  { batchId, outcomes }: CommandAnswer,
  locale: Locale,
  customerOf: (outcome: { object: 'COMPANY' | 'PERSON'; recordId: string }) => CustomerView | null,
): ResultView {
  const count = (status: string) => outcomes.filter((outcome) => outcome.status === status).length;
  return {
    outcomes: outcomes.map((outcome) => ({
      object: outcome.object,
      recordId: outcome.recordId,
      status: outcome.status,
      refusal: outcome.refusal ? refusalView(outcome.refusal, locale) : null,
      customer: customerOf(outcome),
    })),
    done: count('DONE'),
    refused: count('REFUSED'),
    pending: count('PENDING'),
    batchId,
  };
}

/** Members who are gone are told by the name that the event kept. */
export function eventView(event: OwnershipEventEntity, members: Map<string, MemberEntity>, pools: Map<string, Pool>) {
  const member = (id: string | null, name: string | null): MemberView | null => {
    const known = members.get(id ?? '');
    if (known) return memberView(known);
    return id || name ? { id: id ?? '', name: name ?? '', email: null, active: false } : null;
  };
  const pool = pools.get(event.poolId ?? '');
  return {
    id: event.id,
    type: event.type,
    object: event.object,
    recordId: event.recordId,
    from: member(event.fromId, event.fromName),
    to: member(event.toId, event.toName),
    actor: member(event.actorId, event.actorName),
    bySystem: event.isSystem,
    pool: pool ? poolView(pool) : null,
    reason: event.reason,
    note: event.note,
    rule: event.rule,
    facts: event.facts,
    batchId: event.batchId,
    at: event.at,
  };
}
