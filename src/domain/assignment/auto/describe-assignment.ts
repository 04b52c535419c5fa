import type { Locale } from '../../customer/customer';
import type {
  AssignmentRule,
  AutoAssignStrategy,
  ConsideredMember,
  SkipReason,
  StayReason,
} from './auto-assignment.types';

/** A decision as the history and the ledger keep it. */
export interface AssignmentExplanation {
  strategy: AutoAssignStrategy;
  why: AssignmentRule | StayReason;
  /** Whoever got it first; then those who were considered, then those who were skipped; the first of them only. */
  candidates: ConsideredMember[];
  /** Of all, not only of those named. */
  considered: number;
  skipped: Partial<Record<SkipReason, number>>;
}

const mostNamed = 10;

export function explain(decision: {
  strategy: AutoAssignStrategy;
  memberId: string | null;
  rule: AssignmentRule | null;
  stays: StayReason | null;
  members: readonly ConsideredMember[];
}): AssignmentExplanation {
  const rank = ({ memberId, skipped }: ConsideredMember) =>
    memberId === decision.memberId ? 0 : skipped === null ? 1 : 2;
  const skipped: Partial<Record<SkipReason, number>> = {};
  for (const member of decision.members)
    if (member.skipped) skipped[member.skipped] = (skipped[member.skipped] ?? 0) + 1;
  return {
    strategy: decision.strategy,
    why: decision.rule ?? decision.stays ?? 'NO_ELIGIBLE_MEMBER',
    candidates: [...decision.members].sort((a, b) => rank(a) - rank(b)).slice(0, mostNamed),
    considered: decision.members.filter((member) => member.skipped === null).length,
    skipped,
  };
}

const skips: Record<Locale, Record<SkipReason, string>> = {
  en: {
    INACTIVE: 'no longer in the workspace',
    ON_LEAVE: 'on leave',
    OFF_DUTY: 'off duty',
    FULL: 'at their limit',
    ZERO_WEIGHT: 'weight 0',
    RELEASED_IT: 'released this customer before',
    RECLAIMED_FROM: 'just lost this customer to the pool',
    NO_MATCH: 'no match',
    DUPLICATE: 'barred, as a colleague owns the same customer',
  },
  'zh-CN': {
    INACTIVE: '已不在工作区',
    ON_LEAVE: '休假中',
    OFF_DUTY: '不在岗',
    FULL: '已达保有量上限',
    ZERO_WEIGHT: '权重为 0',
    RELEASED_IT: '曾退回该客户',
    RECLAIMED_FROM: '刚被回收该客户',
    NO_MATCH: '不匹配',
    DUPLICATE: '因同事已负责同一客户',
  },
};

type Tell = (name: string, value: number | null) => string;

const rules: Record<Locale, Record<AssignmentRule, Tell>> = {
  en: {
    PRIOR_CONTACT: (name) => `${name} had this customer before and may have it again.`,
    ROUND_ROBIN: (name) => `It was ${name}'s turn.`,
    WEIGHTED: (name, value) => `By weight ${name} was next (weight ${value ?? 0}).`,
    LEAST_LOADED: (name, value) => `${name} had the fewest customers in the pool (${value ?? 0}).`,
    BEST_PERFORMER: (name, value) => `By the results of the last four weeks ${name} was next (${value ?? 0} points).`,
    MATCH: (name) => `${name} takes customers like this one.`,
  },
  'zh-CN': {
    PRIOR_CONTACT: (name) => `${name}曾负责该客户，且可再次负责。`,
    ROUND_ROBIN: (name) => `轮到${name}。`,
    WEIGHTED: (name, value) => `按权重轮到${name}（权重 ${value ?? 0}）。`,
    LEAST_LOADED: (name, value) => `${name}在该公海池的客户最少（${value ?? 0} 个）。`,
    BEST_PERFORMER: (name, value) => `按近四周业绩轮到${name}（${value ?? 0} 分）。`,
    MATCH: (name) => `该客户符合${name}的负责范围。`,
  },
};

const stays: Record<Locale, Record<StayReason, string>> = {
  en: {
    NO_MEMBERS: 'It stays in the pool: the pool has no members to give it to.',
    NO_ELIGIBLE_MEMBER: 'It stays in the pool: nobody could take it.',
    FIELDS_UNREADABLE: 'It stays in the pool: the fields to match by could not be read.',
  },
  'zh-CN': {
    NO_MEMBERS: '保留在公海：该公海池没有可分配的成员。',
    NO_ELIGIBLE_MEMBER: '保留在公海：没有成员可以接收。',
    FIELDS_UNREADABLE: '保留在公海：无法读取匹配字段。',
  },
};

export function skipText(reason: SkipReason, locale: Locale): string {
  return skips[locale][reason];
}

/** Which rule, which members, why this one: in a sentence or two. */
export function describeAssignment({ why, candidates, skipped }: AssignmentExplanation, locale: Locale): string {
  const [first] = candidates;
  const outcome = isStay(why) ? stays[locale][why] : rules[locale][why](first?.name ?? '', first?.value ?? null);
  const reasons = Object.entries(skipped) as [SkipReason, number][];
  if (reasons.length === 0) return outcome;
  return locale === 'en'
    ? `${outcome} Skipped: ${reasons.map(([reason, count]) => `${count} ${skips.en[reason]}`).join(', ')}.`
    : `${outcome}跳过：${reasons.map(([reason, count]) => `${count} 人${skips['zh-CN'][reason]}`).join('，')}。`;
}

function isStay(why: AssignmentExplanation['why']): why is StayReason {
  return why in stays.en;
}
