import { daysBetween } from '../domain/days';
import type { StringKey } from '../domain/strings';
import {
  archiveSpec,
  assignSpec,
  decideSpec,
  followUpSpec,
  holdSpec,
  moreTimeSpec,
  moveSpec,
  protectSpec,
  quietSpec,
  releaseSpec,
  restoreSpec,
} from '../forms/form-specs';
import type { FormSpec } from '../forms/form-spec';
import type { EventType, PoolTabAnswer, TabEvent } from './pool-tab.types';

/** What a batch can be taken back of, and how long (docs/semantics.md#undo). */
const UNDOABLE: ReadonlySet<EventType> = new Set([
  'RECLAIMED',
  'RELEASED',
  'ASSIGNED',
  'REASSIGNED',
  'OFFBOARDED',
  'ARCHIVED',
  'RESTORED',
]);
const UNDO_DAYS = 7;

export interface TabAction {
  id: string;
  title: StringKey;
  look: 'primary' | 'secondary' | 'danger';
  /** A form, or one of the two actions that have their own way of asking. */
  opens: FormSpec | 'REASSIGN' | 'UNDO';
}

/** The change that an undo would take back. */
export function undoable({ ownershipEvents, viewer }: PoolTabAnswer): TabEvent | undefined {
  const [latest] = ownershipEvents.events;
  return latest && UNDOABLE.has(latest.type) && daysBetween(latest.at.slice(0, 10), viewer.today) <= UNDO_DAYS
    ? latest
    : undefined;
}

type Opens = TabAction['opens'];

function inOrder(answer: PoolTabAnswer): Opens[] {
  const { customer, viewer } = answer;
  if (!customer) return [];
  const manages = viewer.isWorkspaceAdmin || viewer.managedPools.some(({ id }) => id === customer.pool.id);
  const owns = customer.owner?.id === viewer.member.id;
  const undo: Opens[] = manages && undoable(answer) ? ['UNDO'] : [];
  switch (customer.status) {
    case 'OWNED': {
      const decide = manages && customer.moreTime ? [decideSpec] : [];
      if (!manages) return owns ? [followUpSpec, moreTimeSpec, releaseSpec] : [];
      const first: Opens[] = owns ? [followUpSpec, moreTimeSpec, 'REASSIGN'] : ['REASSIGN', followUpSpec, moreTimeSpec];
      return [...decide, ...first, protectSpec, holdSpec, moveSpec, ...undo, releaseSpec, archiveSpec];
    }
    case 'POOLED':
      return manages ? [assignSpec, followUpSpec, quietSpec, moveSpec, ...undo, archiveSpec] : [followUpSpec];
    case 'ARCHIVED':
      return manages ? [restoreSpec, ...undo] : [];
  }
}

const TITLES = { REASSIGN: 'reassignTitle', UNDO: 'undoLast' } as const satisfies Record<string, StringKey>;

/**
 * What the viewer can do with this customer (docs/semantics.md#rights): the most frequent first, what takes something
 * away last. The engine has the last word.
 */
export function tabActions(answer: PoolTabAnswer): TabAction[] {
  // Where the viewer may claim, claiming is what stands out.
  const claims = answer.customer?.status === 'POOLED' && answer.customer.claimable.allowed;
  return inOrder(answer).map((opens, index) => {
    const isForm = typeof opens !== 'string';
    return {
      id: isForm ? opens.action : opens,
      title: isForm ? opens.title : TITLES[opens],
      look: isForm && opens.danger ? 'danger' : index === 0 && !claims ? 'primary' : 'secondary',
      opens,
    };
  });
}
