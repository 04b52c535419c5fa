import { archiveSpec, assignSpec, decideSpec, followUpSpec, holdSpec, moreTimeSpec, moveSpec, protectSpec, quietSpec, restoreSpec } from '../forms/form-specs';
import type { FormSpec } from '../forms/form-spec';
import type { PoolTabAnswer } from './pool-tab.types';

const ABOUT_MORE_TIME: readonly unknown[] = ['REQUEST', 'DECISION', 'EXTENSION'];

/** A request for more time that still waits: nobody has decided, and its days of waiting are not over. */
function requestWaits({ ownershipEvents, viewer }: PoolTabAnswer): boolean {
  const [latest] = ownershipEvents.events.filter(({ type, facts }) => type === 'HELD' && ABOUT_MORE_TIME.includes(facts?.kind));
  return latest?.facts?.kind === 'REQUEST' && String(latest.facts.decideBy ?? '').slice(0, 10) >= viewer.today;
}

/** What the viewer can do with this customer (semantics.md section 2), the most likely first. The engine has the last word. */
export function tabActions(answer: PoolTabAnswer): FormSpec[] {
  const { customer, viewer } = answer;
  if (!customer) return [];
  const manages = viewer.isWorkspaceAdmin || viewer.managedPools.some(({ id }) => id === customer.pool.id);
  const owns = customer.owner?.id === viewer.member.id;
  switch (customer.status) {
    case 'OWNED':
      return [
        ...(owns || manages ? [followUpSpec, moreTimeSpec] : []),
        ...(manages ? [...(requestWaits(answer) ? [decideSpec] : []), protectSpec, holdSpec, moveSpec, archiveSpec] : []),
      ];
    case 'POOLED':
      return manages ? [assignSpec, followUpSpec, quietSpec, moveSpec, archiveSpec] : [followUpSpec];
    case 'ARCHIVED':
      return manages ? [restoreSpec] : [];
  }
}
