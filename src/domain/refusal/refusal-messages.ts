import type { Locale } from '../customer/customer';
import type { Refusal, RefusalCode, RefusalParams, TargetProblem } from './refusal';

type Sentence = (params: RefusalParams, until: string | null) => string;

const period = {
  en: { DAY: 'today', WEEK: 'this week', MONTH: 'this month' },
  'zh-CN': { DAY: '今天', WEEK: '本周', MONTH: '本月' },
} as const;

const memberProblem: Record<Locale, Record<TargetProblem, (params: RefusalParams) => string>> = {
  en: {
    GONE: () => 'is not in the workspace any more',
    NO_ACCESS: (p) => `does not see ${named(p, 'the pool', 'en')}`,
    ON_LEAVE: () => 'is on leave today',
    OFF_DUTY: (p) => `is off duty in ${named(p, 'the pool', 'en')}`,
  },
  'zh-CN': {
    GONE: () => '已不在工作区中',
    NO_ACCESS: (p) => `不能查看${named(p, '该公海池', 'zh-CN')}`,
    ON_LEAVE: () => '今天休假',
    OFF_DUTY: (p) => `在${named(p, '该公海池', 'zh-CN')}中暂不接收客户`,
  },
};

const en: Record<RefusalCode, Sentence> = {
  NOT_FOUND: () => 'This customer does not exist or was deleted.',
  NOT_MANAGED: () => 'This record is not under pool management.',
  NOT_IN_POOL: () => 'This customer is not in a pool.',
  ALREADY_OWNED: (p) =>
    p.ownerIsCaller
      ? 'You already have this customer.'
      : `Already taken: ${p.ownerName || 'a colleague'} has this customer now.`,
  NOT_OWNER: (p) =>
    p.ownerName || p.ownerId
      ? `Only ${p.ownerName || 'its owner'} or a pool manager may do this.`
      : 'Only its owner may do this, and nobody owns this customer.',
  // Names neither pool nor owner: it is told to whoever may not know.
  NOT_VISIBLE: () => 'Only members of the pool may do this.',
  POOL_INACTIVE: (p) => `${capitalised(named(p, 'the pool', 'en'))} is not active.`,
  POOL_MANAGED: (p) => `In ${named(p, 'this pool', 'en')} managers assign the customers; they cannot be claimed.`,
  QUIET_PERIOD: (_p, until) => `This customer is left in peace${until ? ` until ${until}` : ' for now'}.`,
  EMBARGO: (_p, until) => `New in the pool: only a manager may take it${until ? ` until ${until}` : ' yet'}.`,
  COOLDOWN: (_p, until) =>
    `You had this customer before; you may claim it again${until ? ` from ${until}` : ' later'}.`,
  CLAIM_LIMIT: (p, until) =>
    `You have claimed ${p.used ?? 0} of ${p.limit ?? 0} ${period.en[p.period ?? 'DAY']}${until ? `; you may claim again from ${until}` : ''}.`,
  CLAIM_INTERVAL: (p, until) =>
    `There must be ${p.minutes ?? 0} minutes between two claims${until ? `; you may claim again from ${until}` : ''}.`,
  BACKLOG: (p) =>
    `Follow up on what you claimed first: ${p.used ?? 0} customers wait for a first activity (at most ${p.limit ?? 0}).`,
  CAPACITY: (p) =>
    `${p.memberName ? `${p.memberName} is at their` : 'You are at your'} limit: ${p.used ?? 0} of ${p.limit ?? 0}${p.scope === 'WORKSPACE' ? ' in the whole workspace' : ''}.`,
  DUPLICATE: (p) =>
    p.duplicateIsHidden
      ? 'The same customer is there already, and you may not see it.'
      : p.ownerName
        ? `A colleague has the same customer already: owned by ${p.ownerName}.`
        : 'A colleague has the same customer already.',
  ARCHIVED: () => 'This customer is archived.',
  REASON_REQUIRED: () => 'Please give a reason.',
  TARGET_NOT_ELIGIBLE: (p) =>
    p.targetProblem
      ? `${p.memberName || 'The chosen member'} ${memberProblem.en[p.targetProblem](p)}.`
      : `${p.poolName ? `The pool ${p.poolName}` : 'The chosen target'} cannot take this customer.`,
  STALE: () => 'The customer changed in the meantime; please look again.',
  TWENTY_REJECTED: () => 'Twenty did not accept the change; nothing was changed.',
  NOT_MANAGER: (p) => `Only a manager of ${named(p, 'the pool', 'en')} may do this.`,
};

const zh: Record<RefusalCode, Sentence> = {
  NOT_FOUND: () => '该客户不存在或已被删除。',
  NOT_MANAGED: () => '该记录未纳入公海管理。',
  NOT_IN_POOL: () => '该客户不在公海中。',
  ALREADY_OWNED: (p) =>
    p.ownerIsCaller ? '该客户已在您的私海中。' : `已被领取：该客户现由${p.ownerName || '同事'}负责。`,
  NOT_OWNER: (p) =>
    p.ownerName || p.ownerId
      ? `只有${p.ownerName || '负责人'}或公海管理员可以执行此操作。`
      : '只有负责人可以执行此操作，而该客户目前没有负责人。',
  NOT_VISIBLE: () => '只有该公海池的成员可以执行此操作。',
  POOL_INACTIVE: (p) => `${named(p, '该公海池', 'zh-CN')}未启用。`,
  POOL_MANAGED: (p) => `${named(p, '该公海池', 'zh-CN')}由管理员分配客户，不能自行领取。`,
  QUIET_PERIOD: (_p, until) => `该客户处于静默期${until ? `，至 ${until}` : ''}。`,
  EMBARGO: (_p, until) => `该客户刚进入公海，${until ? `${until} 前` : '目前'}仅管理员可以领取。`,
  COOLDOWN: (_p, until) => `您曾负责该客户，${until ? `${until} 起` : '稍后'}可再次领取。`,
  CLAIM_LIMIT: (p, until) =>
    `您${period['zh-CN'][p.period ?? 'DAY']}已领取 ${p.used ?? 0} 个，上限 ${p.limit ?? 0} 个${until ? `，${until} 起可继续领取` : ''}。`,
  CLAIM_INTERVAL: (p, until) => `两次领取须间隔 ${p.minutes ?? 0} 分钟${until ? `，${until} 起可继续领取` : ''}。`,
  BACKLOG: (p) => `请先跟进已领取的客户：${p.used ?? 0} 个客户尚无首次跟进（上限 ${p.limit ?? 0} 个）。`,
  CAPACITY: (p) =>
    `${p.memberName || ''}已达${p.scope === 'WORKSPACE' ? '全局' : ''}保有量上限：${p.used ?? 0} / ${p.limit ?? 0}。`,
  DUPLICATE: (p) =>
    p.duplicateIsHidden
      ? '撞单：已有同一客户，您无权查看。'
      : p.ownerName
        ? `撞单：同一客户已由${p.ownerName}负责。`
        : '撞单：同一客户已由同事负责。',
  ARCHIVED: () => '该客户已归档。',
  REASON_REQUIRED: () => '请填写原因。',
  TARGET_NOT_ELIGIBLE: (p) =>
    p.targetProblem
      ? `${p.memberName || '所选成员'}${memberProblem['zh-CN'][p.targetProblem](p)}。`
      : `${p.poolName ? `公海池“${p.poolName}”` : '所选目标'}不能接收该客户。`,
  STALE: () => '客户信息已发生变化，请刷新后再试。',
  TWENTY_REJECTED: () => 'Twenty 未接受此更改，未做任何改动。',
  NOT_MANAGER: (p) => `只有${named(p, '该公海池', 'zh-CN')}的管理员可以执行此操作。`,
};

const sentences: Record<Locale, Record<RefusalCode, Sentence>> = { en, 'zh-CN': zh };

/** A plain sentence in the reader's language; times are told in the workspace's time zone. */
export function refusalMessage(refusal: Refusal, locale: Locale): string {
  const params = refusal.params ?? {};
  const until = refusal.until ? tellInstant(refusal.until, params.timeZone ?? 'UTC', locale) : null;
  return sentences[locale][refusal.code](params, until);
}

function tellInstant(instant: string, timeZone: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'zh-CN', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  }).format(new Date(instant));
}

function named(params: RefusalParams, fallback: string, locale: Locale): string {
  if (!params.poolName) return fallback;
  return locale === 'en' ? `the pool ${params.poolName}` : `“${params.poolName}”`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
