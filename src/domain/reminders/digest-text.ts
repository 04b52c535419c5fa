import type { Locale, RuleKind } from '../customer/customer';
import { bounded, longest } from '../text/bounded-text';
import type { Digest, DigestEntry, DigestNotice, NoticeKind } from './digest.types';

/** So many customers are named; the rest are counted. */
export const MOST_LISTED = 50;
const LONGEST_NAME = 80;

export interface DigestSection {
  heading: string;
  lines: string[];
}

export interface DigestText {
  title: string;
  sections: DigestSection[];
}

export interface TextOptions {
  /** Of each section; `MOST_LISTED` when absent. */
  mostListed?: number;
  /** Makes harmless, for where the text is going, what people typed as names. */
  escape?: (text: string) => string;
}

/**
 * A digest in the reader's words: what the title counts, and each customer with its date and rule
 * (docs/semantics.md#4-reminders).
 */
export function digestText(
  digest: Digest,
  locale: Locale,
  { mostListed = MOST_LISTED, escape = same }: TextOptions = {},
): DigestText {
  const words = WORDS[locale];
  const { audience, entries, notices } = digest;
  const nameOf = (name: string | null) => escape(shortened(name)) || words.nameless;
  const listed = <T>(items: T[], total: number, line: (item: T) => string) => {
    const shown = items.slice(0, mostListed).map(line);
    return total > shown.length ? [...shown, words.more(total - shown.length)] : shown;
  };
  const lineOf = (entry: DigestEntry) =>
    words.entry(
      nameOf(entry.name),
      audience === 'MANAGER' && entry.ownerName ? escape(shortened(entry.ownerName)) : null,
      words.date(entry.reclaimOn),
      entry.rule && words.rule[entry.rule],
    );
  const sections: DigestSection[] =
    entries.length > 0 ? [{ heading: words.entries[audience], lines: listed(entries, entries.length, lineOf) }] : [];
  for (const { kind, poolName, days, total, customers } of notices) {
    sections.push({
      heading: words.notice[kind](escape(shortened(poolName)), total, days),
      lines: listed(customers, total, ({ name }) => nameOf(name)),
    });
  }
  return { title: titleOf(digest, words), sections };
}

function titleOf({ audience, entries, notices }: Digest, words: Words): string {
  const first = entries.map(({ reclaimOn }) => reclaimOn).sort()[0];
  if (first === undefined)
    return words.attention(notices.reduce((sum: number, { total }: DigestNotice) => sum + total, 0));
  return words.title[audience](entries.length, words.date(first));
}

function shortened(name: string | null): string {
  const text = bounded(name ?? '', longest.name)
    .replace(/\s+/g, ' ')
    .trim();
  return text.length > LONGEST_NAME ? `${bounded(text, LONGEST_NAME - 1)}…` : text;
}

function same(text: string): string {
  return text;
}

interface Words {
  nameless: string;
  date(date: string): string;
  rule: Record<RuleKind, string>;
  title: Record<Digest['audience'], (count: number, first: string) => string>;
  attention(count: number): string;
  entries: Record<Digest['audience'], string>;
  entry(name: string, owner: string | null, date: string, rule: string | null): string;
  notice: Record<NoticeKind, (pool: string, total: number, limit: number) => string>;
  more(count: number): string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function numbersOf(date: string): [year: number, month: number, day: number] {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return [year, month, day];
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

const WORDS: Record<Locale, Words> = {
  en: {
    nameless: 'a customer without a name',
    date: (date) => {
      const [year, month, day] = numbersOf(date);
      return `${day} ${MONTHS[month - 1]} ${year}`;
    },
    rule: {
      NO_ACTIVITY: 'no activity',
      NO_OPPORTUNITY: 'no opportunity',
      NO_DEAL: 'no deal',
      MAX_HOLD: 'owned for the longest time allowed',
      AFTER_DATE: 'a date has passed',
    },
    title: {
      OWNER: (count, first) =>
        count === 1
          ? `1 customer of yours goes back to the pool on ${first}`
          : `${count} customers of yours go back to the pool, the first on ${first}`,
      MANAGER: (count, first) =>
        count === 1
          ? `1 customer of your pools goes back on ${first}`
          : `${count} customers of your pools go back soon, the first on ${first}`,
    },
    attention: (count) =>
      count === 1 ? '1 customer of your pools needs attention' : `${count} customers of your pools need attention`,
    entries: {
      OWNER: 'As things are, these customers go back to their pool on the date beside them:',
      MANAGER: 'As things are, these owners lose these customers to their pool on the date beside them:',
    },
    entry: (name, owner, date, rule) =>
      `${name}${owner ? `, owned by ${owner}` : ''}: ${date}${rule ? ` (${rule})` : ''}`,
    notice: {
      UNCLAIMED: (pool, total, days) =>
        `${pool}: ${counted(total, 'customer', 'customers')} that nobody has claimed for ${counted(days, 'day', 'days')} or more:`,
      UNTOUCHED: (pool, total, days) =>
        `${pool}: ${counted(total, 'customer', 'customers')} assigned ${counted(days, 'day', 'days')} ago or earlier without a first activity:`,
      STALE: (pool, total, days) =>
        `${pool}: ${counted(total, 'stale customer', 'stale customers')}, pooled for more than ${counted(days, 'day', 'days')} and claimed by nobody:`,
      RETURNED_TOO_OFTEN: (pool, total, times) =>
        `${pool}: ${counted(total, 'customer', 'customers')} in the pool that came back ${counted(times, 'time', 'times')} or more often:`,
    },
    more: (count) => `and ${count} more`,
  },
  'zh-CN': {
    nameless: '（未命名客户）',
    date: (date) => {
      const [year, month, day] = numbersOf(date);
      return `${year}年${month}月${day}日`;
    },
    rule: {
      NO_ACTIVITY: '未跟进',
      NO_OPPORTUNITY: '未建商机',
      NO_DEAL: '未成交',
      MAX_HOLD: '达到最长保有期',
      AFTER_DATE: '约定日期已过',
    },
    title: {
      OWNER: (count, first) =>
        count === 1 ? `您有1个客户将于${first}掉入公海` : `您有${count}个客户即将掉入公海，最早${first}`,
      MANAGER: (count, first) =>
        count === 1
          ? `您的公海池有1个客户将于${first}掉入公海`
          : `您的公海池有${count}个客户即将掉入公海，最早${first}`,
    },
    attention: (count) => `您的公海池有${count}个客户需要关注`,
    entries: {
      OWNER: '若无变化，以下客户将在所示日期掉入公海：',
      MANAGER: '若无变化，以下客户将在所示日期从其负责人处掉入公海：',
    },
    entry: (name, owner, date, rule) =>
      `${name}${owner ? `（负责人：${owner}）` : ''}：${date}${rule ? `（${rule}）` : ''}`,
    notice: {
      UNCLAIMED: (pool, total, days) => `${pool}：${total}个客户已${days}天及以上无人领取：`,
      UNTOUCHED: (pool, total, days) => `${pool}：${total}个客户分配后已${days}天及以上未跟进：`,
      STALE: (pool, total, days) => `${pool}：${total}个沉睡客户，入池超过${days}天无人领取：`,
      RETURNED_TOO_OFTEN: (pool, total, times) => `${pool}：${total}个在池客户已退回公海${times}次及以上：`,
    },
    more: (count) => `另有${count}个`,
  },
};
