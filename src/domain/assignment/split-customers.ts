import { refuse, type Refusal } from '../refusal/refusal';
import type { Countable, HoldingRoom } from './holding-room';
import { largestRemainder } from './largest-remainder';

export type SplitStrategy = 'ALL_TO_FIRST' | 'EVENLY' | 'BY_WEIGHT' | 'BY_FREE_CAPACITY';

/** A customer to be given to somebody. */
export interface Movable extends Countable {
  /** `customerKey`. */
  key: string;
}

/** What goes to one member together: a customer, and the people who follow their company. */
export interface MovableUnit {
  head: Movable;
  followers: Movable[];
}

export interface SplitTarget {
  memberId: string;
  /** The member's part of a pool's customers. */
  weightIn: (poolId: string) => number;
  /** Why nothing of this pool may be given to the member; null when it may. */
  unfitFor: (poolId: string) => Refusal | null;
}

export type Placement = { toMemberId: string } | { refusal: Refusal };

/**
 * docs/semantics.md#assign: gives each customer to one of the targets, to all of them evenly, by weight or by free
 * capacity. Shares are exact (largest remainder) as far as followers, who stay with their company, and limits let them
 * be; what a full member cannot take goes to those who can, and what nobody can take is refused.
 *
 * Weights and rooms are a pool's, so by weight and by free capacity each pool's customers are split for themselves.
 * @param room is used up by what is placed
 * @param ignoreLimits capacities are passed over
 * @returns by key; the same for the same input, so a preview is what happens
 */
export function splitCustomers(
  units: readonly MovableUnit[],
  targets: readonly SplitTarget[],
  strategy: SplitStrategy,
  room: HoldingRoom,
  ignoreLimits: boolean,
): Map<string, Placement> {
  const placements = new Map<string, Placement>();
  for (const group of groupsOf(units, strategy)) {
    const poolId = group[0]?.head.poolId ?? '';
    const among = takePart(targets, strategy, poolId);
    const total = group.reduce((sum, unit) => sum + 1 + unit.followers.length, 0);
    const quotas = largestRemainder(total, weightsOf(among, strategy, poolId, room));
    // Those with followers first: single ones then fill the shares to the number.
    const ordered = [...group].sort((a, b) => b.followers.length - a.followers.length);
    for (const unit of ordered) place(unit, among, quotas, room, ignoreLimits, placements);
  }
  return placements;
}

function groupsOf(units: readonly MovableUnit[], strategy: SplitStrategy): MovableUnit[][] {
  if (strategy === 'ALL_TO_FIRST' || strategy === 'EVENLY') return units.length > 0 ? [[...units]] : [];
  const groups = new Map<string, MovableUnit[]>();
  for (const unit of units) {
    const group = groups.get(unit.head.poolId);
    if (group) group.push(unit);
    else groups.set(unit.head.poolId, [unit]);
  }
  return [...groups.values()];
}

/** Who has a weight of 0 is given nothing, whoever else is full. */
function takePart(targets: readonly SplitTarget[], strategy: SplitStrategy, poolId: string): readonly SplitTarget[] {
  if (strategy === 'ALL_TO_FIRST') return targets.slice(0, 1);
  return strategy === 'BY_WEIGHT' ? targets.filter((target) => target.weightIn(poolId) > 0) : targets;
}

function weightsOf(
  targets: readonly SplitTarget[],
  strategy: SplitStrategy,
  poolId: string,
  room: HoldingRoom,
): number[] {
  if (strategy === 'ALL_TO_FIRST' || strategy === 'EVENLY') return targets.map(() => 1);
  const fit = (target: SplitTarget) => target.unfitFor(poolId) === null;
  if (strategy === 'BY_WEIGHT') return targets.map((target) => (fit(target) ? target.weightIn(poolId) : 0));
  const rooms = targets.map((target) => (fit(target) ? room.left(target.memberId, poolId) : 0));
  // Nothing is a part of the unlimited: who has no limit shares evenly.
  return rooms.includes(Infinity) ? rooms.map((left) => (left === Infinity ? 1 : 0)) : rooms;
}

function place(
  unit: MovableUnit,
  targets: readonly SplitTarget[],
  quotas: number[],
  room: HoldingRoom,
  ignoreLimits: boolean,
  placements: Map<string, Placement>,
): void {
  const { head, followers } = unit;
  const able = targets
    .map((target, index) => ({ target, index }))
    .filter(({ target }) => target.unfitFor(head.poolId) === null);
  const withRoom = ignoreLimits ? able : able.filter(({ target }) => room.refuse(target.memberId, head) === null);
  const wanted = (target: SplitTarget) => [head, ...followers.filter(({ poolId }) => target.unfitFor(poolId) === null)];
  const forAll = withRoom.filter(({ target }) => ignoreLimits || room.fitsAll(target.memberId, wanted(target)));
  const chosen = furthestBehind(forAll, quotas) ?? furthestBehind(withRoom, quotas);
  if (!chosen) {
    const [full] = able;
    const refusal =
      (full ? room.refuse(full.target.memberId, head) : targets[0]?.unfitFor(head.poolId)) ??
      refuse('TARGET_NOT_ELIGIBLE');
    for (const { key } of [head, ...followers]) placements.set(key, { refusal });
    return;
  }
  const { target, index } = chosen;
  for (const customer of [head, ...followers]) {
    const refusal = target.unfitFor(customer.poolId) ?? (ignoreLimits ? null : room.refuse(target.memberId, customer));
    if (refusal) {
      placements.set(customer.key, { refusal });
      continue;
    }
    room.take(target.memberId, customer);
    quotas[index] = (quotas[index] ?? 0) - 1;
    placements.set(customer.key, { toMemberId: target.memberId });
  }
}

/** Whose share is furthest from full; the one named first when several are. */
function furthestBehind(candidates: { target: SplitTarget; index: number }[], quotas: readonly number[]) {
  return candidates.reduce<{ target: SplitTarget; index: number } | undefined>(
    (best, one) => (best === undefined || (quotas[one.index] ?? 0) > (quotas[best.index] ?? 0) ? one : best),
    undefined,
  );
}
