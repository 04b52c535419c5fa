import { REFUSAL_CODES, type RefusalCode } from './engine.types';
import { actionTexts } from './texts/action-texts';
import { assignmentTexts } from './texts/assignment-texts';
import { consoleTexts } from './texts/console-texts';
import { filterTexts } from './texts/filter-texts';
import { manageTexts } from './texts/manage-texts';
import { poolTabTexts } from './texts/pool-tab-texts';
import { settingsTexts } from './texts/settings-texts';

export type Locale = 'en' | 'zh-CN';

/** The host's locale narrowed to the two that Highseas speaks; any Chinese is Simplified Chinese, anything else English. */
export function toLocale(hostLocale: string | undefined): Locale {
  return hostLocale?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

const en = {
  listSeparator: ', ',
  claimedOne: 'Claimed {name}',
  releasedOne: 'Released {name}',
  thisCustomer: 'this customer',
  claimed: '{count} claimed',
  released: '{count} released',
  pending: '{count} waiting for Twenty to confirm',
  pendingOne: 'Waiting for Twenty to confirm {name}',
  pendingHint: 'It goes on by itself; the ownership history will say how it ended.',
  refused: '{count} refused: {reasons}',
  reason: '{count} {phrase}',
  detail: '{name}: {message}',
  more: '… and {count} more',
  holding: 'You have {used} of {limit}',
  claimsUsed: '{used} of {limit} claims used',

  NOT_FOUND: 'not found',
  NOT_MANAGED: 'not under pool management',
  NOT_IN_POOL: 'not in a pool',
  ALREADY_OWNED: 'already taken',
  NOT_OWNER: 'not yours',
  NOT_VISIBLE: 'in a pool you cannot see',
  POOL_INACTIVE: 'in an inactive pool',
  POOL_MANAGED: 'given out by managers only',
  QUIET_PERIOD: 'in a quiet period',
  EMBARGO: 'too new in the pool',
  COOLDOWN: 'yours too recently',
  CLAIM_LIMIT: 'over your claim limit',
  CLAIM_LIMIT_OF: 'over your claim limit of {limit}',
  CLAIM_INTERVAL: 'too soon after your last claim',
  BACKLOG: 'waiting for your first follow-ups',
  CAPACITY: 'over your limit',
  CAPACITY_OF: 'over your limit of {limit}',
  DUPLICATE: 'a duplicate of somebody else’s customer',
  ARCHIVED: 'archived',
  REASON_REQUIRED: 'without the reason the pool asks for',
  TARGET_NOT_ELIGIBLE: 'not possible for that target',
  STALE: 'changed in the meantime',
  TWENTY_REJECTED: 'rejected by Twenty',
  NOT_MANAGER: 'in a pool you do not manage',
  NOT_REACHED: 'not done, as Highseas stopped answering',
  OTHER_REFUSAL: 'for another reason',

  selectSome:
    'Select at most {max} rows one by one, then try again. “Select all” does not say which rows are meant; the pool console does the same for a whole book or pool.',
  tooMany: '{count} rows are too many at once. Select at most {max}.',
  NOT_SET_UP: 'Highseas is not set up yet: an admin enters HIGHSEAS_ENGINE_URL in Settings → Apps → Highseas.',
  SESSION_EXPIRED: 'Your session has expired. Reload the page and try again.',
  TIMEOUT:
    'Highseas has not answered yet. What you asked for may still be going on: look at the ownership history before you try again.',
  NO_ANSWER: 'Highseas did not answer in time. Try again in a moment.',
  UNREACHABLE: 'Highseas cannot be reached. Try again in a moment, or tell your admin.',
  FORBIDDEN: 'You may not do this here.',
  RATE_LIMITED: 'Too many requests just now. Wait {seconds} seconds and try again.',
  UNAVAILABLE: 'Highseas is busy or Twenty is slow. Try again in a moment.',
  BAD_REQUEST: 'Highseas did not understand the request. Reload the page and try again.',
  INTERNAL: 'Something went wrong in Highseas. Look at the record before you try again.',

  releaseTitle: 'Release customers',
  releaseIntro: '{count} selected. They go back to a pool, where others can claim them.',
  releaseReason: 'Reason',
  releaseReasonNone: 'Choose a reason',
  releaseNote: 'Note',
  releaseNoteHint: 'What should the next owner know?',
  releasePool: 'Pool',
  releasePoolHome: 'The pool they came from',
  releaseSubmit: 'Release',
  releaseReasonMissing: 'The pool asks for a reason. Choose one.',
  loading: 'Loading…',
} as const;

const zh: Record<keyof typeof en, string> = {
  listSeparator: '，',
  claimedOne: '已领取 {name}',
  releasedOne: '已退回 {name}',
  thisCustomer: '该客户',
  claimed: '已领取 {count} 个',
  released: '已退回 {count} 个',
  pending: '{count} 个等待 Twenty 确认',
  pendingOne: '{name} 正在等待 Twenty 确认',
  pendingHint: '系统会自动继续处理，结果将显示在归属记录中。',
  refused: '{count} 个未成功：{reasons}',
  reason: '{count} 个{phrase}',
  detail: '{name}：{message}',
  more: '……另有 {count} 个',
  holding: '保有量 {used}/{limit}',
  claimsUsed: '已领取次数 {used}/{limit}',

  NOT_FOUND: '不存在',
  NOT_MANAGED: '不受公海管理',
  NOT_IN_POOL: '不在公海中',
  ALREADY_OWNED: '已被他人领取',
  NOT_OWNER: '不是您的客户',
  NOT_VISIBLE: '所在公海池您不可见',
  POOL_INACTIVE: '所在公海池已停用',
  POOL_MANAGED: '仅由管理员分配',
  QUIET_PERIOD: '处于静默期',
  EMBARGO: '处于新入池保护期',
  COOLDOWN: '处于前负责人冷却期',
  CLAIM_LIMIT: '超过领取上限',
  CLAIM_LIMIT_OF: '超过领取上限 {limit}',
  CLAIM_INTERVAL: '距上次领取时间太短',
  BACKLOG: '需先完成首次跟进',
  CAPACITY: '超过保有量',
  CAPACITY_OF: '超过保有量 {limit}',
  DUPLICATE: '与他人的客户撞单',
  ARCHIVED: '已归档',
  REASON_REQUIRED: '缺少公海池要求的退回原因',
  TARGET_NOT_ELIGIBLE: '目标不可用',
  STALE: '已发生变化',
  TWENTY_REJECTED: '被 Twenty 拒绝',
  NOT_MANAGER: '所在公海池不由您管理',
  NOT_REACHED: '因公海停止响应而未执行',
  OTHER_REFUSAL: '因其他原因',

  selectSome: '请逐行选择，最多 {max} 行，然后重试。“全选”无法确定具体是哪些行；整体操作请使用公海控制台。',
  tooMany: '一次选择 {count} 行过多，最多选择 {max} 行。',
  NOT_SET_UP: '公海尚未配置：请管理员在“设置 → 应用 → Highseas”中填写 HIGHSEAS_ENGINE_URL。',
  SESSION_EXPIRED: '登录已过期，请刷新页面后重试。',
  TIMEOUT: '公海尚未响应，操作可能仍在进行：重试前请先查看归属记录。',
  NO_ANSWER: '公海未及时响应，请稍后重试。',
  UNREACHABLE: '无法连接公海，请稍后重试或联系管理员。',
  FORBIDDEN: '您没有权限执行此操作。',
  RATE_LIMITED: '请求过于频繁，请等待 {seconds} 秒后重试。',
  UNAVAILABLE: '公海繁忙或 Twenty 响应缓慢，请稍后重试。',
  BAD_REQUEST: '公海无法理解该请求，请刷新页面后重试。',
  INTERNAL: '公海发生错误，重试前请先查看该记录。',

  releaseTitle: '退回客户',
  releaseIntro: '已选择 {count} 个客户。退回公海后，其他人可以领取。',
  releaseReason: '原因',
  releaseReasonNone: '请选择原因',
  releaseNote: '备注',
  releaseNoteHint: '下一位负责人需要了解什么？',
  releasePool: '公海池',
  releasePoolHome: '原所属公海池',
  releaseSubmit: '退回',
  releaseReasonMissing: '公海池要求填写原因，请选择。',
  loading: '加载中……',
};

const pairs = {
  ...poolTabTexts,
  ...actionTexts,
  ...assignmentTexts,
  ...consoleTexts,
  ...filterTexts,
  ...manageTexts,
  ...settingsTexts,
};

export type StringKey = keyof typeof en | keyof typeof pairs;

const of = (locale: Locale) =>
  Object.fromEntries(Object.entries(pairs).map(([key, text]) => [key, text[locale]])) as Record<
    keyof typeof pairs,
    string
  >;

export const strings: Record<Locale, Record<StringKey, string>> = {
  en: { ...en, ...of('en') },
  'zh-CN': { ...zh, ...of('zh-CN') },
};

/** What a newer engine names may have no words here. */
export const isTextKey = (key: string): key is StringKey => key in strings.en;

/** The text in the reader's language with its {placeholders} filled; numbers are grouped as the language does. */
export function say(locale: Locale, key: StringKey, values: Record<string, string | number> = {}): string {
  return strings[locale][key].replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = values[name];
    if (value === undefined) return placeholder;
    return typeof value === 'number' ? value.toLocaleString(locale) : value;
  });
}

const KNOWN_CODES: ReadonlySet<string> = new Set(REFUSAL_CODES);

/** A newer engine may refuse for a reason this app has no words for. */
export function isKnownRefusal(code: string): code is RefusalCode {
  return KNOWN_CODES.has(code);
}
