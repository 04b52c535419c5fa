import fc from 'fast-check';
import type { Locale } from '../customer/customer';
import { refuse, type RefusalCode, type RefusalParams } from './refusal';
import { refusalMessage } from './refusal-messages';

const locales: Locale[] = ['en', 'zh-CN'];

/** `satisfies` makes this list fail to compile when a code is missing. */
const everyCode = {
  NOT_FOUND: 1,
  NOT_MANAGED: 1,
  NOT_IN_POOL: 1,
  ALREADY_OWNED: 1,
  NOT_OWNER: 1,
  NOT_VISIBLE: 1,
  POOL_INACTIVE: 1,
  POOL_MANAGED: 1,
  QUIET_PERIOD: 1,
  EMBARGO: 1,
  COOLDOWN: 1,
  CLAIM_LIMIT: 1,
  CLAIM_INTERVAL: 1,
  BACKLOG: 1,
  CAPACITY: 1,
  DUPLICATE: 1,
  ARCHIVED: 1,
  REASON_REQUIRED: 1,
  TARGET_NOT_ELIGIBLE: 1,
  STALE: 1,
  TWENTY_REJECTED: 1,
  NOT_MANAGER: 1,
} satisfies Record<RefusalCode, 1>;
const codes = Object.keys(everyCode) as RefusalCode[];

const everything: RefusalParams = {
  ownerId: 'ben',
  ownerName: 'Ben 王',
  ownerIsCaller: false,
  poolName: 'East 华东',
  used: 37,
  limit: 50,
  period: 'WEEK',
  scope: 'WORKSPACE',
  minutes: 5,
  timeZone: 'Asia/Shanghai',
};
const UNTIL = '2026-03-10T16:00:00.000Z';

describe('refusal messages', () => {
  it.each(codes.flatMap((code) => locales.map((locale) => [code, locale] as const)))(
    'should be one whole sentence for %s in %s',
    (code, locale) => {
      const message = refusalMessage(refuse(code, everything, UNTIL), locale);
      expect(message).toMatch(locale === 'en' ? /^[A-Z].*[^.]\.$/ : /\p{Script=Han}.*[^。]。$/u);
      expect(message).not.toMatch(/\$\{|\{\{|%[sd]|undefined|null|NaN/);
    },
  );

  it('should be told apart from each other in every language', () => {
    for (const locale of locales) {
      expect(new Set(codes.map((code) => refusalMessage(refuse(code, everything, UNTIL), locale))).size).toBe(
        codes.length,
      );
    }
  });

  it('should be Chinese where Chinese is asked for and English where English is', () => {
    for (const code of codes) {
      expect(refusalMessage(refuse(code), 'en')).not.toMatch(/\p{Script=Han}/u);
      expect(refusalMessage(refuse(code), 'zh-CN')).toMatch(/\p{Script=Han}/u);
    }
  });

  it('should never show a gap, however little is known', () => {
    const name = fc.constantFrom('Ben', 'Ben 王', '');
    const params: fc.Arbitrary<RefusalParams> = fc.record(
      {
        ownerId: fc.constantFrom('ben', ''),
        ownerName: name,
        ownerIsCaller: fc.boolean(),
        poolName: name,
        used: fc.nat(300),
        limit: fc.nat(300),
        period: fc.constantFrom('DAY', 'WEEK', 'MONTH'),
        scope: fc.constantFrom('POOL', 'WORKSPACE'),
        minutes: fc.nat(60),
        timeZone: fc.constantFrom('Asia/Shanghai', 'America/New_York'),
        memberName: name,
        targetProblem: fc.constantFrom('GONE', 'NO_ACCESS', 'ON_LEAVE', 'OFF_DUTY'),
      },
      { requiredKeys: [] },
    );
    const until = fc.option(
      fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
      { nil: undefined },
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...codes),
        fc.constantFrom(...locales),
        fc.option(params, { nil: undefined }),
        until,
        (code, locale, some, date) => {
          const message = refusalMessage(refuse(code, some, date?.toISOString()), locale);
          // Two blanks, quotes around nothing and a blank before the full stop are gaps, too.
          expect(message).not.toMatch(/undefined|null|NaN|Invalid|\$\{|\s{2}|“”|\s[.,;。，]|^\s|\s$/);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each<[RefusalCode, RefusalParams, string | undefined, string, string]>([
    [
      'CAPACITY',
      { used: 37, limit: 50, scope: 'POOL' },
      undefined,
      'You are at your limit: 37 of 50.',
      '已达保有量上限：37 / 50。',
    ],
    [
      'CAPACITY',
      { used: 100, limit: 100, scope: 'WORKSPACE' },
      undefined,
      'You are at your limit: 100 of 100 in the whole workspace.',
      '已达全局保有量上限：100 / 100。',
    ],
    [
      'CAPACITY',
      { used: 50, limit: 50, scope: 'POOL', memberName: 'Ben' },
      undefined,
      'Ben is at their limit: 50 of 50.',
      'Ben已达保有量上限：50 / 50。',
    ],
    [
      'TARGET_NOT_ELIGIBLE',
      { memberName: 'Ben', targetProblem: 'ON_LEAVE' },
      undefined,
      'Ben is on leave today.',
      'Ben今天休假。',
    ],
    [
      'TARGET_NOT_ELIGIBLE',
      { targetProblem: 'NO_ACCESS', poolName: 'East' },
      undefined,
      'The chosen member does not see the pool East.',
      '所选成员不能查看“East”。',
    ],
    [
      'NOT_MANAGER',
      { poolName: 'East' },
      undefined,
      'Only a manager of the pool East may do this.',
      '只有“East”的管理员可以执行此操作。',
    ],
    [
      'ALREADY_OWNED',
      { ownerName: 'Ben', ownerIsCaller: false },
      undefined,
      'Already taken: Ben has this customer now.',
      '已被领取：该客户现由Ben负责。',
    ],
    [
      'ALREADY_OWNED',
      { ownerIsCaller: false },
      undefined,
      'Already taken: a colleague has this customer now.',
      '已被领取：该客户现由同事负责。',
    ],
    [
      'ALREADY_OWNED',
      { ownerName: 'Anna', ownerIsCaller: true },
      undefined,
      'You already have this customer.',
      '该客户已在您的私海中。',
    ],
    [
      'NOT_OWNER',
      { ownerId: 'ben' },
      undefined,
      'Only its owner or a pool manager may do this.',
      '只有负责人或公海管理员可以执行此操作。',
    ],
    [
      'CLAIM_LIMIT',
      { used: 20, limit: 20, period: 'DAY', timeZone: 'Asia/Shanghai' },
      UNTIL,
      'You have claimed 20 of 20 today; you may claim again from 11 Mar 2026, 00:00.',
      '您今天已领取 20 个，上限 20 个，2026年3月11日 00:00 起可继续领取。',
    ],
    ['POOL_INACTIVE', { poolName: 'East' }, undefined, 'The pool East is not active.', '“East”未启用。'],
    [
      'NOT_VISIBLE',
      everything,
      undefined,
      'Only members of the pool may do this.',
      '只有该公海池的成员可以执行此操作。',
    ],
    [
      'DUPLICATE',
      { ...everything, duplicateIsHidden: true },
      undefined,
      'The same customer is there already, and you may not see it.',
      '撞单：已有同一客户，您无权查看。',
    ],
    ['POOL_INACTIVE', {}, undefined, 'The pool is not active.', '该公海池未启用。'],
  ])('should tell %s with %p until %p', (code, params, until, english, chinese) => {
    const refusal = refuse(code, params, until);
    expect([refusalMessage(refusal, 'en'), refusalMessage(refusal, 'zh-CN')]).toEqual([english, chinese]);
  });

  it.each([
    ['Asia/Shanghai', '11 Mar 2026, 00:00'],
    ['America/New_York', '10 Mar 2026, 12:00'],
    [undefined, '10 Mar 2026, 16:00'],
  ])('should tell the time of %s', (timeZone, told) => {
    expect(refusalMessage(refuse('COOLDOWN', timeZone ? { timeZone } : {}, UNTIL), 'en')).toContain(told);
  });

  it('should carry no empty fields as data', () => {
    expect(refuse('STALE')).toEqual({ code: 'STALE' });
    expect(Object.keys(refuse('COOLDOWN', { timeZone: 'UTC' }, UNTIL)).sort()).toEqual(['code', 'params', 'until']);
  });
});
