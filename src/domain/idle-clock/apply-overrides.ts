import type { ClockPolicy } from './clock.types';

const OVERRIDABLE = [
  'firstFollowUpDays',
  'followUpDays',
  'noOpportunityDays',
  'noDealDays',
  'maxHoldDays',
  'afterDateDays',
  'planDefersDays',
  'graceDays',
] as const;

export type OverridableNumber = (typeof OVERRIDABLE)[number];

/** A `reclaimRule` of a pool. A number that is empty is the pool's. */
export interface RuleOverride extends Partial<Record<OverridableNumber, number | null>> {
  id: string;
  /** Lower comes first. */
  priority: number;
}

export interface OverriddenPolicy<Policy extends ClockPolicy> {
  policy: Policy;
  /** The override in force. */
  ruleId: string | null;
}

/**
 * docs/semantics.md#rule-overrides: the first match, by priority and then in the order given, replaces the pool's
 * numbers.
 * @param matchedRuleIds overrides whose filter the customer passes
 */
export function applyOverrides<Policy extends ClockPolicy>(
  policy: Policy,
  overrides: readonly RuleOverride[],
  matchedRuleIds: ReadonlySet<string>,
): OverriddenPolicy<Policy> {
  const match = overrides
    .filter(({ id }) => matchedRuleIds.has(id))
    .reduce<RuleOverride | null>((first, rule) => (first && first.priority <= rule.priority ? first : rule), null);
  if (match === null) return { policy, ruleId: null };
  const numbers = OVERRIDABLE.flatMap((name) =>
    typeof match[name] === 'number' ? [[name, match[name]] as const] : [],
  );
  return { policy: { ...policy, ...Object.fromEntries(numbers) }, ruleId: match.id };
}
