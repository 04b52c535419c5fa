import { type RuleOverride, applyOverrides } from './apply-overrides';
import type { ClockPolicy } from './clock.types';

const POLICY: ClockPolicy = {
  isActive: true,
  firstFollowUpDays: 7,
  followUpDays: 30,
  noOpportunityDays: null,
  noDealDays: null,
  maxHoldDays: null,
  afterDateField: null,
  afterDateDays: null,
  dayCounting: 'CALENDAR',
  planDefersDays: 0,
  graceDays: 7,
  wonIsExempt: true,
  openOpportunityIsExempt: false,
};
const RULES: RuleOverride[] = [
  { id: 'c', priority: 30, followUpDays: 10 },
  { id: 'a', priority: 10, followUpDays: 90, maxHoldDays: 365, planDefersDays: 0, firstFollowUpDays: null },
  { id: 'b', priority: 20, followUpDays: 60 },
  { id: 'b2', priority: 20, followUpDays: 61 },
];

describe('rule overrides', () => {
  it('should replace the pool’s numbers by those of the first match', () => {
    expect(applyOverrides(POLICY, RULES, new Set(['c', 'a']))).toEqual({
      policy: { ...POLICY, followUpDays: 90, maxHoldDays: 365 },
      ruleId: 'a',
    });
  });

  it('should keep the pool’s number where the override has none', () => {
    expect(applyOverrides(POLICY, RULES, new Set(['a'])).policy.firstFollowUpDays).toBe(7);
  });

  it('should take the one given first of two with the same priority', () => {
    expect(applyOverrides(POLICY, RULES, new Set(['b2', 'b'])).ruleId).toBe('b');
  });

  it('should let an override set a number to 0', () => {
    expect(applyOverrides({ ...POLICY, planDefersDays: 5 }, RULES, new Set(['a'])).policy.planDefersDays).toBe(0);
  });

  it('should leave the policy as it is when nothing matches, and never change the one given', () => {
    expect(applyOverrides(POLICY, RULES, new Set(['other']))).toEqual({ policy: POLICY, ruleId: null });
    applyOverrides(POLICY, RULES, new Set(['a']));
    expect(POLICY.followUpDays).toBe(30);
  });
});
