import type { Locale, RuleKind } from '../customer/customer';
import type { ActivityKind, Adjustment, ClockExplanation, ExemptionCode, RuleDeadline } from './clock.types';

/** A clock in plain sentences: when the customer goes back and why, what put it off, and the last activity. */
export function describeClock(explanation: ClockExplanation, locale: Locale): string {
  const words = WORDS[locale];
  const { exemptions, reclaimOn, rules, adjustments, lastActivity } = explanation;
  if (exemptions.includes('NOT_OWNED')) return words.exempt.NOT_OWNED;
  const binding = rules.find((rule) => rule.binding);
  const sentences: string[] = [];
  if (reclaimOn !== null && binding) {
    sentences.push(words.reclaimed(words.date(reclaimOn), words.rule(binding, explanation.counting === 'WORKING')));
    if (binding.heldDays > 0) sentences.push(words.held(binding.heldDays));
    sentences.push(...adjustments.map(({ kind, reclaimOn: until }) => words.adjusted[kind](words.date(until))));
  } else if (exemptions.length > 0) {
    sentences.push(...exemptions.map((code) => words.exempt[code]));
  } else {
    sentences.push(rules.length > 0 ? words.openEnded : words.noRule);
  }
  sentences.push(
    lastActivity
      ? words.lastActivity(words.activity[lastActivity.what], lastActivity.by, words.date(lastActivity.on))
      : words.noActivity,
  );
  return sentences.join(locale === 'en' ? ' ' : '');
}

interface Words {
  date(date: string): string;
  reclaimed(on: string, because: string): string;
  rule(rule: RuleDeadline, working: boolean): string;
  held(days: number): string;
  adjusted: Record<Adjustment['kind'], (until: string) => string>;
  exempt: Record<ExemptionCode, string>;
  openEnded: string;
  noRule: string;
  noActivity: string;
  activity: Record<ActivityKind, string>;
  lastActivity(what: string, by: string | null, on: string): string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const EN_BECAUSE: Record<RuleKind, (days: string, since: string) => string> = {
  NO_ACTIVITY: (days, since) => `there is no qualifying activity within ${days} of ${since}`,
  NO_OPPORTUNITY: (days, since) => `no opportunity is created within ${days} of ${since}, when its owner got it`,
  NO_DEAL: (days, since) => `no deal is won within ${days} of ${since}, when its owner got it`,
  MAX_HOLD: (days, since) => `its owner still has it more than ${days} after getting it on ${since}`,
  AFTER_DATE: (days, since) => `it is still owned when ${days} have passed since ${since}`,
};

const ZH_BECAUSE: Record<RuleKind, (days: string, since: string) => string> = {
  NO_ACTIVITY: (days, since) => `自${since}起${days}内没有有效跟进`,
  NO_OPPORTUNITY: (days, since) => `自${since}归属起${days}内没有新建商机`,
  NO_DEAL: (days, since) => `自${since}归属起${days}内没有成交`,
  MAX_HOLD: (days, since) => `自${since}归属起超过最长保有期${days}`,
  AFTER_DATE: (days, since) => `自${since}起超过${days}`,
};

const WORDS: Record<Locale, Words> = {
  en: {
    date: (date) => {
      const [year, month, day] = date.split('-').map(Number);
      return `${day} ${MONTHS[(month ?? 1) - 1]} ${year}`;
    },
    reclaimed: (on, because) => `Reclaimed on ${on} if ${because}.`,
    rule: ({ rule, days, baseOn }, working) =>
      EN_BECAUSE[rule](`${days} ${working ? 'working ' : ''}${days === 1 ? 'day' : 'days'}`, WORDS.en.date(baseOn)),
    held: (days) => `The clock stands still for ${days} ${days === 1 ? 'day' : 'days'} of hold.`,
    adjusted: {
      GRACE: (until) => `Put off to ${until} because the policy was changed.`,
      PROTECTED: (until) => `Protected until ${until}.`,
      PLAN: (until) => `Put off to ${until} because a follow-up is planned.`,
      HOLD: (until) => `Put off to ${until} because of a hold.`,
    },
    exempt: {
      NOT_OWNED: 'Nobody owns it, so no clock runs.',
      POOL_INACTIVE: 'Not reclaimed: its pool is inactive.',
      LOCKED: 'Not reclaimed: it is locked.',
      WON: 'Not reclaimed: it is a won customer.',
      OPEN_OPPORTUNITY: 'Not reclaimed: it has an open opportunity.',
    },
    openEnded: 'Not reclaimed: the clock stands still without an end.',
    noRule: 'Not reclaimed: no rule of its pool applies.',
    noActivity: 'No activity yet.',
    activity: {
      NOTE: 'note',
      TASK_COMPLETED: 'task completed',
      EMAIL_SENT: 'e-mail sent',
      EMAIL_RECEIVED: 'e-mail received',
      MEETING: 'meeting',
      OPPORTUNITY_CREATED: 'opportunity created',
      STAGE_ADVANCED: 'opportunity stage advanced',
      FOLLOW_UP: 'logged follow-up',
    },
    lastActivity: (what, by, on) => `Last activity: ${what}${by ? ` by ${by}` : ''} on ${on}.`,
  },
  'zh-CN': {
    date: (date) => {
      const [year, month, day] = date.split('-').map(Number);
      return `${year}年${month}月${day}日`;
    },
    reclaimed: (on, because) => `若${because}，将于${on}掉入公海。`,
    rule: ({ rule, days, baseOn }, working) =>
      ZH_BECAUSE[rule](`${days}${working ? '个工作日' : '天'}`, WORDS['zh-CN'].date(baseOn)),
    held: (days) => `暂停计时${days}天。`,
    adjusted: {
      GRACE: (until) => `因规则修改，推迟到${until}。`,
      PROTECTED: (until) => `保护至${until}。`,
      PLAN: (until) => `因已安排跟进计划，推迟到${until}。`,
      HOLD: (until) => `因暂停计时，推迟到${until}。`,
    },
    exempt: {
      NOT_OWNED: '目前没有负责人，不计时。',
      POOL_INACTIVE: '不回收：所属公海池已停用。',
      LOCKED: '不回收：客户已锁定。',
      WON: '不回收：成交客户。',
      OPEN_OPPORTUNITY: '不回收：有进行中的商机。',
    },
    openEnded: '不回收：计时无限期暂停。',
    noRule: '不回收：所属公海池没有适用的规则。',
    noActivity: '尚无有效跟进。',
    activity: {
      NOTE: '写备注',
      TASK_COMPLETED: '完成任务',
      EMAIL_SENT: '发送邮件',
      EMAIL_RECEIVED: '收到邮件',
      MEETING: '会议',
      OPPORTUNITY_CREATED: '新建商机',
      STAGE_ADVANCED: '商机推进',
      FOLLOW_UP: '登记跟进',
    },
    lastActivity: (what, by, on) => `最近跟进：${by ? `${by}，` : ''}${on}，${what}。`,
  },
};
