import type { Locale, RuleKind } from '../customer/customer';
import { digestText, type TextOptions } from './digest-text';
import type { Digest, DigestEntry } from './digest.types';

function entry(changes: Partial<DigestEntry> = {}): DigestEntry {
  return {
    object: 'COMPANY',
    recordId: 'c1',
    name: 'Acme 公司',
    reclaimOn: '2026-08-05',
    rule: 'NO_ACTIVITY',
    ownerName: 'Anna',
    ...changes,
  };
}

function digest(changes: Partial<Digest> = {}): Digest {
  return { audience: 'OWNER', memberName: 'Anna', entries: [entry()], notices: [], ...changes };
}

const notices: Digest['notices'] = [
  {
    kind: 'UNCLAIMED',
    poolName: 'East 华东',
    days: 30,
    total: 3,
    customers: [entry({ name: 'Old 1' }), entry({ name: 'Old 2' })],
  },
  { kind: 'UNTOUCHED', poolName: 'East 华东', days: 5, total: 1, customers: [entry({ name: 'Given' })] },
];
const whole = (value: Digest, locale: Locale, options?: TextOptions) => {
  const { title, sections } = digestText(value, locale, options);
  return [title, ...sections.flatMap(({ heading, lines }) => [heading, ...lines])];
};

describe('text of a reminder digest', () => {
  it('should count, and name each customer with date and rule (en)', () => {
    expect(
      whole(digest({ entries: [entry(), entry({ name: 'Bolt', reclaimOn: '2026-08-11', rule: 'MAX_HOLD' })] }), 'en'),
    ).toEqual([
      '2 customers of yours go back to the pool, the first on 5 Aug 2026',
      'As things are, these customers go back to their pool on the date beside them:',
      'Acme 公司: 5 Aug 2026 (no activity)',
      'Bolt: 11 Aug 2026 (owned for the longest time allowed)',
    ]);
  });

  it('should count, and name each customer with date and rule (zh-CN)', () => {
    expect(
      whole(
        digest({ entries: [entry(), entry({ name: '博尔特', reclaimOn: '2026-08-11', rule: 'NO_DEAL' })] }),
        'zh-CN',
      ),
    ).toEqual([
      '您有2个客户即将掉入公海，最早2026年8月5日',
      '若无变化，以下客户将在所示日期掉入公海：',
      'Acme 公司：2026年8月5日（未跟进）',
      '博尔特：2026年8月11日（未成交）',
    ]);
  });

  it('should tell managers whose customers they are, and what their pools need', () => {
    expect(whole(digest({ audience: 'MANAGER', notices }), 'en')).toEqual([
      '1 customer of your pools goes back on 5 Aug 2026',
      'As things are, these owners lose these customers to their pool on the date beside them:',
      'Acme 公司, owned by Anna: 5 Aug 2026 (no activity)',
      'East 华东: 3 customers that nobody has claimed for 30 days or more:',
      'Old 1',
      'Old 2',
      'and 1 more',
      'East 华东: 1 customer assigned 5 days ago or earlier without a first activity:',
      'Given',
    ]);
    expect(whole(digest({ audience: 'MANAGER', entries: [], notices }), 'zh-CN')).toEqual([
      '您的公海池有4个客户需要关注',
      'East 华东：3个客户已30天及以上无人领取：',
      'Old 1',
      'Old 2',
      '另有1个',
      'East 华东：1个客户分配后已5天及以上未跟进：',
      'Given',
    ]);
  });

  it('should tell managers what to clean up', () => {
    const stale: Digest['notices'] = [
      {
        kind: 'STALE',
        poolName: 'East 华东',
        days: 180,
        total: 2,
        customers: [entry({ name: 'Asleep 1' }), entry({ name: 'Asleep 2' })],
      },
      {
        kind: 'RETURNED_TOO_OFTEN',
        poolName: 'East 华东',
        days: 3,
        total: 1,
        customers: [entry({ name: 'To and fro' })],
      },
    ];
    expect(whole(digest({ audience: 'MANAGER', entries: [], notices: stale }), 'en')).toEqual([
      '3 customers of your pools need attention',
      'East 华东: 2 stale customers, pooled for more than 180 days and claimed by nobody:',
      'Asleep 1',
      'Asleep 2',
      'East 华东: 1 customer in the pool that came back 3 times or more often:',
      'To and fro',
    ]);
    expect(whole(digest({ audience: 'MANAGER', entries: [], notices: stale }), 'zh-CN')).toEqual([
      '您的公海池有3个客户需要关注',
      'East 华东：2个沉睡客户，入池超过180天无人领取：',
      'Asleep 1',
      'Asleep 2',
      'East 华东：1个在池客户已退回公海3次及以上：',
      'To and fro',
    ]);
  });

  it.each<[Locale, string]>([
    ['en', 'and 5 more'],
    ['zh-CN', '另有5个'],
  ])('should name fifty and count the rest (%s)', (locale, more) => {
    const [section] = digestText(digest({ entries: Array.from({ length: 55 }, () => entry()) }), locale).sections;
    expect(section?.lines).toHaveLength(51);
    expect(section?.lines.at(-1)).toBe(more);
  });

  const rules: (RuleKind | null)[] = ['NO_ACTIVITY', 'NO_OPPORTUNITY', 'NO_DEAL', 'MAX_HOLD', 'AFTER_DATE', null];
  it.each<Locale>(['en', 'zh-CN'])('should lack no word, whatever is unknown (%s)', (locale) => {
    for (const audience of ['OWNER', 'MANAGER'] as const) {
      for (const rule of rules) {
        for (const blank of [null, '', ' \n ']) {
          const text = whole(
            digest({ audience, entries: [entry({ rule, name: blank, ownerName: null }), entry({ rule })], notices }),
            locale,
          ).join('\n');
          expect(text).not.toMatch(/null|undefined|NaN|\(\)|（）/);
          expect(text).toContain(locale === 'en' ? 'a customer without a name' : '（未命名客户）');
        }
      }
    }
  });

  it('should keep names to one line of bearable length and pass them through the escape', () => {
    const lines = whole(digest({ entries: [entry({ name: `a\nb <!channel> ${'x'.repeat(200)}` })] }), 'en', {
      escape: (text) => text.replaceAll('<', '‹'),
    });
    expect(lines[2]).toMatch(/^a b ‹!channel> x+…: 5 Aug 2026/);
    expect(lines[2]?.length).toBeLessThan(120);
  });
});
