import type { RecordTarget, RecordVersion } from './activity-records.types';
import type { FollowedName } from './followed-records.service';

export interface TargetNode {
  targetCompanyId: string | null;
  targetPersonId: string | null;
  targetOpportunityId: string | null;
}

/** A link names one record; a link to an object that Highseas does not know names none. */
export function targetsOf(nodes: readonly TargetNode[]): RecordTarget[] {
  return nodes.flatMap(({ targetCompanyId, targetPersonId, targetOpportunityId }): RecordTarget[] => [
    ...(targetCompanyId ? [{ object: 'COMPANY' as const, id: targetCompanyId }] : []),
    ...(targetPersonId ? [{ object: 'PERSON' as const, id: targetPersonId }] : []),
    ...(targetOpportunityId ? [{ object: 'OPPORTUNITY' as const, id: targetOpportunityId }] : []),
  ]);
}

export function nodesOf<TNode>(connection: { edges: { node: TNode }[] } | null): TNode[] {
  return (connection?.edges ?? []).map(({ node }) => node);
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** @param originOf the record that each of them belongs to; left out: they are what is read */
export function versionsOf<TNode extends { id: string; updatedAt: string }>(
  object: FollowedName,
  nodes: readonly TNode[],
  originOf: (node: TNode) => string | null = ({ id }) => id,
): RecordVersion[] {
  return nodes.map((node) => ({ object, id: node.id, updatedAt: node.updatedAt, originId: originOf(node) }));
}
