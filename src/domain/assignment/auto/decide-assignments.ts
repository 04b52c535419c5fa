import type {
  AssignmentDecision,
  AssignmentPolicy,
  AssignmentResult,
  AssignmentRule,
  Assignee,
  ConsideredMember,
  Lead,
  SkipReason,
} from './auto-assignment.types';
import { matchDegree } from './match-values';
import { performanceWeights } from './performance-weights';
import { creditsAfter, creditsBefore, mostOwed, nextInTurn, type Turn, type Weighted } from './turn';

/**
 * docs/semantics.md#auto-assign, record by record in the order given: each decision sees the loads and the turn that
 * the ones before it left, so a batch ends as the same customers one by one would.
 */
export function decideAssignments(
  leads: readonly Lead[],
  members: readonly Assignee[],
  policy: AssignmentPolicy,
  turn: Turn,
): AssignmentResult {
  const loads = new Map(members.map((member) => [member.memberId, { ...member }]));
  const decisions: AssignmentDecision[] = [];
  let now: Turn = { lastMemberId: turn.lastMemberId, credits: pick(turn.credits, members) };
  const owners = new Map<string, string>();
  for (const lead of leads) {
    const duplicateOwnerId =
      lead.duplicateOwnerId ?? lead.sameAs.map((key) => owners.get(key)).find((owner) => owner !== undefined) ?? null;
    const { decision, turn: next } = decideOne({ ...lead, duplicateOwnerId }, [...loads.values()], policy, now);
    now = next;
    decisions.push(decision);
    for (const key of decision.memberId === null ? [] : lead.sameAs) owners.set(key, decision.memberId ?? '');
    const chosen = loads.get(decision.memberId ?? '');
    if (chosen && lead.countsTowardsCapacity) {
      chosen.inPool += 1;
      chosen.overall += 1;
    }
  }
  return { decisions, turn: now };
}

/** Whoever has left the pool is owed nothing any more. */
function pick(credits: Turn['credits'], members: readonly Assignee[]): Turn['credits'] {
  return Object.fromEntries(
    members.flatMap(({ memberId }) => (credits[memberId] === undefined ? [] : [[memberId, credits[memberId]]])),
  );
}

function decideOne(
  lead: Lead,
  members: Assignee[],
  policy: AssignmentPolicy,
  turn: Turn,
): { decision: AssignmentDecision; turn: Turn } {
  const skips = new Map(members.map((member) => [member.memberId, skipReason(member, lead)]));
  const able = members.filter(({ memberId }) => skips.get(memberId) === null);
  const contact = policy.priorContactFirst ? priorContact(lead, able) : null;
  // Prior contact comes before the strategy, so what only the strategy asks for does not keep it away.
  const { eligible, values, unfit } = byStrategy(policy, lead, able);
  for (const [memberId, reason] of unfit) if (memberId !== contact) skips.set(memberId, reason);

  const chosen = contact ?? choose(policy, eligible, values, turn);
  const rule: AssignmentRule | null = contact !== null ? 'PRIOR_CONTACT' : chosen === null ? null : policy.strategy;
  const decision: AssignmentDecision = {
    key: lead.key,
    strategy: policy.strategy,
    memberId: chosen,
    rule,
    stays: chosen === null ? stayReason(policy, lead, members) : null,
    members: members.map(({ memberId, name }): ConsideredMember => ({
      memberId,
      name,
      skipped: skips.get(memberId) ?? null,
      value: values.get(memberId) ?? null,
    })),
  };
  return { decision, turn: chosen === null ? turn : turnAfter(policy, eligible, chosen, contact !== null, turn) };
}

function skipReason(member: Assignee, lead: Lead): SkipReason | null {
  if (!member.isActive) return 'INACTIVE';
  if (member.isOnLeave) return 'ON_LEAVE';
  if (!member.isOnDuty) return 'OFF_DUTY';
  if (lead.countsTowardsCapacity && isFull(member)) return 'FULL';
  const past = lead.pastOwners.find(({ memberId }) => memberId === member.memberId);
  if (past?.hasReleased) return 'RELEASED_IT';
  if (past?.wasReclaimedLast) return 'RECLAIMED_FROM';
  if (lead.duplicateOwnerId !== null && lead.duplicateOwnerId !== member.memberId) return 'DUPLICATE';
  return null;
}

function isFull({ inPool, poolLimit, overall, overallLimit }: Assignee): boolean {
  return (poolLimit !== null && inPool >= poolLimit) || (overallLimit !== null && overall >= overallLimit);
}

/** The one who had the customer last, of those who may have it. */
function priorContact({ pastOwners }: Lead, able: readonly Assignee[]): string | null {
  const known = pastOwners.filter(({ memberId }) => able.some((member) => member.memberId === memberId));
  return (
    known.reduce<(typeof known)[number] | null>((last, one) => (last && last.until >= one.until ? last : one), null)
      ?.memberId ?? null
  );
}

interface Field {
  eligible: Assignee[];
  /** What the strategy compares, by member. */
  values: Map<string, number>;
  unfit: Map<string, SkipReason>;
}

function byStrategy(policy: AssignmentPolicy, lead: Lead, able: Assignee[]): Field {
  const values = new Map<string, number>();
  const unfit = new Map<string, SkipReason>();
  for (const member of able) {
    const value = valueOf(policy, lead, member);
    if (typeof value === 'string') unfit.set(member.memberId, value);
    else if (value !== null) values.set(member.memberId, value);
  }
  return { eligible: able.filter(({ memberId }) => !unfit.has(memberId)), values, unfit };
}

function valueOf(
  { strategy, matchFields }: AssignmentPolicy,
  lead: Lead,
  member: Assignee,
): number | SkipReason | null {
  switch (strategy) {
    case 'ROUND_ROBIN':
      return null;
    case 'WEIGHTED':
      return member.weight > 0 ? member.weight : 'ZERO_WEIGHT';
    case 'LEAST_LOADED':
      return member.inPool;
    case 'BEST_PERFORMER':
      return member.score;
    case 'MATCH':
      return (lead.values && matchDegree(member.matchValues, matchFields, lead.values)) ?? 'NO_MATCH';
  }
}

function choose(
  policy: AssignmentPolicy,
  eligible: Assignee[],
  values: Map<string, number>,
  turn: Turn,
): string | null {
  if (eligible.length === 0) return null;
  const weights = weightsOf(policy, eligible);
  if (weights) return mostOwed(weights, turn.credits);
  const value = ({ memberId }: Assignee) => values.get(memberId) ?? 0;
  const best = policy.strategy === 'LEAST_LOADED' ? Math.min(...eligible.map(value)) : Math.max(...eligible.map(value));
  // Equal ones take turns; whose turn came to nothing comes first.
  const equal = eligible.filter((member) => value(member) === best).map(({ memberId }) => memberId);
  const owed = equal.filter((memberId) => isOwed(turn, memberId));
  return nextInTurn(owed.length > 0 ? owed : equal, turn.lastMemberId);
}

/** null: the strategy knows no shares. */
function weightsOf(
  { strategy, newcomerFloorPercent }: Pick<AssignmentPolicy, 'strategy' | 'newcomerFloorPercent'>,
  eligible: readonly Assignee[],
): Weighted[] | null {
  if (strategy === 'WEIGHTED') return eligible.map(({ memberId, weight }) => ({ memberId, weight }));
  if (strategy === 'BEST_PERFORMER') return performanceWeights(eligible, newcomerFloorPercent);
  return null;
}

/** What comes by prior contact counts towards shares, but nobody loses their turn by it. */
function turnAfter(
  policy: AssignmentPolicy,
  eligible: Assignee[],
  chosen: string,
  isContact: boolean,
  turn: Turn,
): Turn {
  const weights = weightsOf(policy, eligible);
  if (!weights) {
    if (isContact) return turn;
    // What was owed is paid; whose turn it is does not move by it.
    return isOwed(turn, chosen)
      ? { ...turn, credits: { ...turn.credits, [chosen]: (turn.credits[chosen] ?? 0) - 1 } }
      : { ...turn, lastMemberId: chosen };
  }
  const credits = eligible.some(({ memberId }) => memberId === chosen)
    ? creditsAfter(weights, turn.credits, chosen)
    : turn.credits;
  return { lastMemberId: chosen, credits };
}

function isOwed({ credits }: Turn, memberId: string): boolean {
  return (credits[memberId] ?? 0) > 0;
}

/** A decision that Twenty did not take: somebody else had the customer first. */
export interface LostAssignment {
  memberId: string;
  rule: AssignmentRule;
}

/**
 * The turn as if what was lost had not been decided, by the weights of those who are there now: whoever lost one is next, and
 * shares do not drift.
 */
export function turnWithout(
  lost: readonly LostAssignment[],
  members: readonly Assignee[],
  policy: Pick<AssignmentPolicy, 'strategy' | 'newcomerFloorPercent'>,
  turn: Turn,
): Turn {
  let credits = turn.credits;
  for (const { memberId, rule } of lost) {
    const there = members.filter(
      (member) => member.memberId === memberId || (member.isActive && member.isOnDuty && !member.isOnLeave),
    );
    if (!there.some((member) => member.memberId === memberId)) continue;
    const weights = weightsOf(policy, there);
    if (weights) credits = creditsBefore(weights, credits, memberId);
    else if (rule !== 'PRIOR_CONTACT') credits = { ...credits, [memberId]: (credits[memberId] ?? 0) + 1 };
  }
  return { ...turn, credits };
}

function stayReason(
  { strategy }: AssignmentPolicy,
  lead: Lead,
  members: readonly Assignee[],
): AssignmentDecision['stays'] {
  if (members.length === 0) return 'NO_MEMBERS';
  return strategy === 'MATCH' && lead.values === null ? 'FIELDS_UNREADABLE' : 'NO_ELIGIBLE_MEMBER';
}
