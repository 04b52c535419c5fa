import { eventWords } from './event-words';
import type { EventType, TabEvent } from './pool-tab.types';

const TOM = { id: 't', name: 'Tom Baker' };
const LI = { id: 'l', name: '李伟' };
const event = (type: EventType, more: Partial<TabEvent> = {}): TabEvent => ({
  id: 'e',
  type,
  from: null,
  to: null,
  actor: TOM,
  pool: { id: 'p', name: 'East' },
  bySystem: false,
  reason: null,
  note: null,
  rule: null,
  facts: null,
  at: '2026-11-22T10:00:00Z',
  ...more,
});

describe('a line of the ownership history', () => {
  it.each([
    [event('CLAIMED', { to: TOM }), 'Tom Baker claimed it'],
    [event('RELEASED', { from: TOM }), 'Tom Baker released it to East'],
    [event('RELEASED', { from: TOM, actor: LI }), '李伟 released it from Tom Baker to East'],
    [
      event('RECLAIMED', { from: TOM, actor: null, bySystem: true, rule: 'NO_ACTIVITY', facts: { days: 7 } }),
      'Reclaimed from Tom Baker: no follow-up within 7 days',
    ],
    [
      event('RECLAIMED', {
        from: TOM,
        actor: null,
        bySystem: true,
        rule: 'NO_ACTIVITY',
        facts: { followedCompany: 'c' },
      }),
      'Reclaimed from Tom Baker: together with its company',
    ],
    [event('ASSIGNED', { to: TOM, actor: LI }), '李伟 assigned it to Tom Baker'],
    [event('ASSIGNED', { to: TOM, actor: null, bySystem: true }), 'Assigned to Tom Baker automatically'],
    [event('REASSIGNED', { from: TOM, to: LI, actor: LI }), '李伟 moved it from Tom Baker to 李伟'],
    [event('OBSERVED', { from: TOM, to: LI, actor: null }), 'The owner was changed from Tom Baker to 李伟 in Twenty'],
    [event('HELD', { facts: { kind: 'REQUEST', days: 14 } }), 'Tom Baker asked for 14 more days'],
    [event('PROTECTED', { facts: { until: null, lock: true } }), 'Tom Baker locked it'],
    [event('UNDONE', { to: TOM, actor: LI }), '李伟 undid a change; Tom Baker has it again'],
    [event('CLAIMED', { actor: null }), 'a former member claimed it'],
  ])('should be told in words: %#', (line, words) => {
    expect(eventWords(line, 'en')).toBe(words);
  });

  it('should be told in Chinese', () => {
    expect(
      eventWords(event('RECLAIMED', { from: TOM, bySystem: true, rule: 'NO_ACTIVITY', facts: { days: 7 } }), 'zh-CN'),
    ).toBe('从 Tom Baker 处回收：7 天内未跟进');
  });

  it('should be told of every kind, with nothing left open', () => {
    const kinds: EventType[] = [
      'ROUTED',
      'CLAIMED',
      'RELEASED',
      'RECLAIMED',
      'ASSIGNED',
      'REASSIGNED',
      'OFFBOARDED',
      'OBSERVED',
      'REVERTED',
      'PROTECTED',
      'HELD',
      'ARCHIVED',
      'RESTORED',
      'UNDONE',
    ];
    const lines = kinds.flatMap((kind) => [
      event(kind),
      event(kind, { from: TOM, to: LI, facts: { kind: 'QUIET', quietUntil: '2026-12-01' } }),
    ]);

    for (const locale of ['en', 'zh-CN'] as const)
      for (const line of lines) expect(eventWords(line, locale)).not.toMatch(/[{}]|undefined/);
  });
});
