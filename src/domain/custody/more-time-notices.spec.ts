import { decisionNotice, requestNotice } from './more-time-notices';

const request = { customerName: 'Acme', ownerName: 'Anna', days: 20, reason: 'Budget in May', until: '2026-03-08' };
const decision = { customerName: 'Acme', managerName: 'Li', approved: true, days: 1, note: null };

describe('notices about more time', () => {
  it('should tell managers who asks for how much, why, and by when', () => {
    expect(requestNotice(request, 'en')).toEqual({
      title: 'More time asked for: Acme',
      body: 'Anna asks for 20 days more for “Acme”. The reason: Budget in May.\n\nPlease approve or decline. Until then the clock stands still, through 2026-03-08 at the latest.',
    });
    expect(requestNotice(request, 'zh-CN')).toEqual({
      title: '申请延期：Acme',
      body: 'Anna申请将“Acme”延长 20 天，原因：Budget in May。\n\n请批准或拒绝。在此之前，计时最多暂停到 2026-03-08。',
    });
  });

  it('should tell the owner what was decided, and what the manager had to say', () => {
    expect(decisionNotice(decision, 'en')).toEqual({
      title: 'More time granted: Acme',
      body: 'Li gave you 1 day more for “Acme”.',
    });
    expect(decisionNotice({ ...decision, approved: false, note: 'Call them first' }, 'en')).toEqual({
      title: 'More time declined: Acme',
      body: 'Li declined 1 day more for “Acme”. The clock runs again as before.\n\nNote: Call them first',
    });
    expect(decisionNotice({ ...decision, approved: false, note: '请先联系' }, 'zh-CN')).toEqual({
      title: '延期未批准：Acme',
      body: 'Li未同意将“Acme”延长 1 天，计时恢复。\n\n备注：请先联系',
    });
  });

  it.each(['en', 'zh-CN'] as const)('should show no gap in %s where names are not known', (locale) => {
    const nobody = {
      customerName: null,
      ownerName: null,
      managerName: null,
      days: 2,
      reason: null,
      until: '2026-03-08',
      approved: true,
      note: null,
    };
    for (const { title, body } of [requestNotice(nobody, locale), decisionNotice(nobody, locale)])
      expect(`${title} ${body}`).not.toMatch(/null|undefined|“”/);
  });
});
