import { LAST_DATE } from '../calendar/local-days';
import { createWorkingCalendar } from '../calendar/working-calendar';
import type { ClockFacts, ClockInput, ClockPolicy } from './clock.types';
import { describeClock } from './describe-clock';
import { explainClock } from './explain-clock';

const FACTS: ClockFacts = {
  ownedSince: '2026-11-01T09:00:00Z',
  lastActivity: { at: '2026-12-02T09:00:00Z', what: 'NOTE', by: 'Li Wei' },
  lastOpportunityCreatedAt: null,
  lastWonAt: null,
  isWon: false,
  hasOpenOpportunity: false,
  protectedUntil: null,
  isLocked: false,
  afterDates: { contractEnd: '2026-12-31' },
};
const POLICY: ClockPolicy = {
  isActive: true,
  firstFollowUpDays: null,
  followUpDays: null,
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

function both(
  facts: Partial<ClockFacts>,
  policy: Partial<ClockPolicy>,
  rest: Partial<ClockInput> = {},
): [en: string, zh: string] {
  const explanation = explainClock({
    facts: { ...FACTS, ...facts },
    policy: { ...POLICY, ...policy },
    zone: 'Asia/Shanghai',
    now: '2026-12-03T09:00:00Z',
    calendar: createWorkingCalendar({ weekdays: [1, 2, 3, 4, 5], extraHolidays: [], extraWorkdays: [] }),
    ...rest,
  });
  return [describeClock(explanation, 'en'), describeClock(explanation, 'zh-CN')];
}

describe('the clock in words', () => {
  it('should say the day, the rule and the last activity', () => {
    expect(both({}, { followUpDays: 10 })).toEqual([
      'Reclaimed on 13 Dec 2026 if there is no qualifying activity within 10 days of 2 Dec 2026. Last activity: note by Li Wei on 2 Dec 2026.',
      '若自2026年12月2日起10天内没有有效跟进，将于2026年12月13日掉入公海。最近跟进：Li Wei，2026年12月2日，写备注。',
    ]);
  });

  it('should say working days and one day in their own words', () => {
    expect(both({ lastActivity: null }, { dayCounting: 'WORKING', followUpDays: 1 })).toEqual([
      'Reclaimed on 3 Nov 2026 if there is no qualifying activity within 1 working day of 1 Nov 2026. No activity yet.',
      '若自2026年11月1日起1个工作日内没有有效跟进，将于2026年11月3日掉入公海。尚无有效跟进。',
    ]);
  });

  it.each([
    [{ noOpportunityDays: 60 }, 'no opportunity is created within 60 days of 1 Nov 2026', '60天内没有新建商机'],
    [{ noDealDays: 60 }, 'no deal is won within 60 days of 1 Nov 2026', '60天内没有成交'],
    [
      { maxHoldDays: 60 },
      'its owner still has it more than 60 days after getting it on 1 Nov 2026',
      '超过最长保有期60天',
    ],
    [
      { afterDateField: 'contractEnd', afterDateDays: 60 },
      'it is still owned when 60 days have passed since 31 Dec 2026',
      '自2026年12月31日起超过60天',
    ],
  ])('should name the rule of %j', (policy, en, zh) => {
    const [english, chinese] = both({}, policy);
    expect(english).toContain(en);
    expect(chinese).toContain(zh);
  });

  it('should say what put the day off', () => {
    expect(
      both(
        { protectedUntil: '2026-12-20T09:00:00Z' },
        { followUpDays: 10, planDefersDays: 5 },
        {
          holds: [
            { from: '2026-12-05', until: '2026-12-06' },
            { from: '2026-12-23', until: '2026-12-24' },
          ],
          plan: { dueAt: '2026-12-22T09:00:00Z' },
        },
      ),
    ).toEqual([
      'Reclaimed on 25 Dec 2026 if there is no qualifying activity within 10 days of 2 Dec 2026. The clock stands still for 2 days of hold. ' +
        'Protected until 20 Dec 2026. Put off to 23 Dec 2026 because a follow-up is planned. Put off to 25 Dec 2026 because of a hold. ' +
        'Last activity: note by Li Wei on 2 Dec 2026.',
      '若自2026年12月2日起10天内没有有效跟进，将于2026年12月25日掉入公海。暂停计时2天。保护至2026年12月20日。' +
        '因已安排跟进计划，推迟到2026年12月23日。因暂停计时，推迟到2026年12月25日。最近跟进：Li Wei，2026年12月2日，写备注。',
    ]);
  });

  it('should say that a changed policy put it off', () => {
    const [english, chinese] = both(
      {},
      { maxHoldDays: 5 },
      { changes: [{ at: '2026-12-03T08:00:00Z', former: null }] },
    );
    expect(english).toContain('Put off to 11 Dec 2026 because the policy was changed.');
    expect(chinese).toContain('因规则修改，推迟到2026年12月11日。');
  });

  it('should say why there is no day', () => {
    expect(both({ ownedSince: null }, { followUpDays: 10 })).toEqual([
      'Nobody owns it, so no clock runs.',
      '目前没有负责人，不计时。',
    ]);
    expect(both({ isLocked: true, lastActivity: null }, { followUpDays: 10 })).toEqual([
      'Not reclaimed: it is locked. No activity yet.',
      '不回收：客户已锁定。尚无有效跟进。',
    ]);
    expect(both({ lastActivity: null }, {})[0]).toBe('Not reclaimed: no rule of its pool applies. No activity yet.');
    expect(both({}, { followUpDays: 10 }, { holds: [{ from: '2026-12-05', until: LAST_DATE }] })[1]).toContain(
      '计时无限期暂停',
    );
  });

  it('should leave out a name that is not known', () => {
    const [english, chinese] = both(
      { lastActivity: { at: '2026-12-02T09:00:00Z', what: 'EMAIL_RECEIVED', by: null } },
      {},
    );
    expect(english).toContain('Last activity: e-mail received on 2 Dec 2026.');
    expect(chinese).toContain('最近跟进：2026年12月2日，收到邮件。');
  });
});
