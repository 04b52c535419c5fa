import type { CustomerObject, OwnershipEventType, RuleKind } from '../../domain/customer/customer';
import { jsonFault } from '../../domain/text/bounded-json';
import { bounded, longest } from '../../domain/text/bounded-text';
import type { OwnershipEventCreateInput, ReadOwnershipEventsQuery } from '../generated/core';
import { shownName } from './customer-mapping';
import type { OwnershipEventRecord } from './twenty.types';

export type OwnershipEventNode = NonNullable<ReadOwnershipEventsQuery['ownershipEvents']>['edges'][number]['node'];

/**
 * Who and what the event is about, as ids. Twenty empties a relation when its target goes, and a history that forgot
 * whose it is rebuilds nothing; so the ids travel in `facts` too.
 */
interface References {
  object: CustomerObject;
  record: string | null;
  from: string | null;
  to: string | null;
  actor: string | null;
  pool: string | null;
}

const REFERENCES_KEY = 'references';
/** Facts that are not an object go under this key, so that the references have a place beside them. */
const VALUE_KEY = '$value';

/** @param names what people call each type of event */
export function eventToInput(
  event: OwnershipEventRecord,
  names: ReadonlyMap<string, string>,
): OwnershipEventCreateInput {
  const { id, eventType, fromName, toName, actorName, isSystem, reason, note, rule, batchId, happenedAt, engineId } =
    event;
  return {
    id,
    eventType,
    fromName,
    toName,
    actorName,
    isSystem,
    reason,
    note,
    rule,
    batchId,
    happenedAt,
    engineId,
    name: titleOf(event, names),
    companyId: event.object === 'COMPANY' ? event.recordId : null,
    personId: event.object === 'PERSON' ? event.recordId : null,
    fromMemberId: event.fromMemberId,
    toMemberId: event.toMemberId,
    actorMemberId: event.actorMemberId,
    customerPoolId: event.customerPoolId,
    facts: withReferences(event),
  };
}

/** Null for a record that no engine wrote (no type or no time): it cannot be told as history. */
export function nodeToEvent(node: OwnershipEventNode): OwnershipEventRecord | null {
  if (!node.eventType || !node.happenedAt) return null;
  const { references, facts } = splitFacts(node.facts);
  return {
    id: node.id,
    eventType: node.eventType satisfies OwnershipEventType,
    object: references?.object ?? (node.personId ? 'PERSON' : 'COMPANY'),
    recordId: node.companyId ?? node.personId ?? references?.record ?? null,
    fromMemberId: node.fromMemberId ?? references?.from ?? null,
    toMemberId: node.toMemberId ?? references?.to ?? null,
    actorMemberId: node.actorMemberId ?? references?.actor ?? null,
    fromName: shownName(node.fromName),
    toName: shownName(node.toName),
    actorName: shownName(node.actorName),
    isSystem: node.isSystem ?? false,
    customerPoolId: node.customerPoolId ?? references?.pool ?? null,
    reason: node.reason ? bounded(node.reason, longest.reason) : null,
    note: node.note ? bounded(node.note, longest.note) : null,
    rule: (node.rule || null) as RuleKind | null,
    facts,
    batchId: node.batchId || null,
    happenedAt: node.happenedAt,
    engineId: node.engineId ?? node.id,
  };
}

/** What lists show as the record's name; Twenty has no name of its own for it. `Reassigned 转移 · 张敏 → Tom Baker` */
function titleOf({ eventType, fromName, toName }: OwnershipEventRecord, names: ReadonlyMap<string, string>): string {
  const people = [...new Set([fromName, toName])].filter(Boolean).join(' → ');
  return [names.get(eventType) ?? eventType, people].filter(Boolean).join(' · ');
}

function withReferences(event: OwnershipEventRecord): Record<string, unknown> {
  const references: References = {
    object: event.object,
    record: event.recordId,
    from: event.fromMemberId,
    to: event.toMemberId,
    actor: event.actorMemberId,
    pool: event.customerPoolId,
  };
  if (event.facts === null || event.facts === undefined) return { [REFERENCES_KEY]: references };
  return isObject(event.facts)
    ? { ...event.facts, [REFERENCES_KEY]: references }
    : { [VALUE_KEY]: event.facts, [REFERENCES_KEY]: references };
}

/** What no engine has written is no facts. */
function splitFacts(stored: unknown): { references: Partial<References> | null; facts: unknown } {
  if (jsonFault(stored)) return { references: null, facts: null };
  if (!isObject(stored)) return { references: null, facts: stored ?? null };
  const { [REFERENCES_KEY]: references, ...facts } = stored;
  if (!isObject(references)) return { references: null, facts: stored };
  if (Object.keys(facts).length === 0) return { references, facts: null };
  return { references, facts: VALUE_KEY in facts ? facts[VALUE_KEY] : facts };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
