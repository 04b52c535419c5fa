import { engineHealth, HEALTH_CODES, type HealthFacts } from './engine-health';

const WELL: HealthFacts = {
  signInProblem: null,
  readSecondsAgo: 4,
  readEverySeconds: 10,
  webhooks: 'ARRIVING',
  lateWrites: 0,
  lateShown: 0,
  refusedShown: 0,
  oldestWriteSeconds: 0,
  lateEvents: 0,
};
const wrong = (facts: Partial<HealthFacts>) =>
  engineHealth({ ...WELL, ...facts }, 'en')
    .filter(({ ok }) => !ok)
    .map(({ code }) => code);
const said = (facts: Partial<HealthFacts>, code: string) =>
  engineHealth({ ...WELL, ...facts }, 'en').find((check) => check.code === code)?.message ?? '';

describe('whether the engine is well', () => {
  it('should say so of each part, in the order in which one rests on another', () => {
    expect(engineHealth(WELL, 'en').map(({ code, ok }) => [code, ok])).toEqual(
      HEALTH_CODES.map((code) => [code, true]),
    );
    expect(said({}, 'READING')).toBe('Everything has been read up to 4 seconds ago.');
  });

  it.each<[Partial<HealthFacts>, string[]]>([
    [{ signInProblem: 'REFUSED' }, ['SIGN_IN']],
    [{ readSecondsAgo: null }, ['READING']],
    [{ readSecondsAgo: 120 }, []],
    [{ readSecondsAgo: 121 }, ['READING']],
    [{ readSecondsAgo: 121, readEverySeconds: 60 }, []],
    [{ readSecondsAgo: 601, readEverySeconds: 60 }, ['READING']],
    [{ webhooks: 'OFF' }, []],
    [{ webhooks: 'QUIET' }, []],
    [{ webhooks: 'MISSING' }, ['WEBHOOKS']],
    [{ lateWrites: 3, oldestWriteSeconds: 7200 }, ['WRITES']],
    [{ lateShown: 4 }, ['WRITES']],
    [{ refusedShown: 2 }, ['WRITES']],
    [{ lateEvents: 1 }, ['HISTORY']],
  ])('should find with %j wrong: %j', (facts, codes) => {
    expect(wrong(facts)).toEqual(codes);
  });

  it('should say how to mend what is wrong', () => {
    expect(said({ signInProblem: 'REFUSED' }, 'SIGN_IN')).toContain('TWENTY_CLIENT_SECRET');
    expect(said({ signInProblem: 'UNREACHABLE' }, 'SIGN_IN')).toContain('TWENTY_URL');
    expect(said({ webhooks: 'MISSING' }, 'WEBHOOKS')).toContain('OUTBOUND_HTTP_SAFE_MODE_ENABLED=false');
    expect(said({ lateWrites: 3, oldestWriteSeconds: 7200 }, 'WRITES')).toContain(
      'Decided changes that wait for Twenty: 3, the oldest for 2 hours.',
    );
  });

  it('should say everything in Chinese as well', () => {
    for (const signInProblem of [null, 'REFUSED', 'FORBIDDEN', 'UNREACHABLE', 'LIMITED', 'FAULT'] as const) {
      for (const webhooks of ['OFF', 'ARRIVING', 'QUIET', 'MISSING'] as const) {
        for (const late of [0, 5]) {
          const checks = engineHealth(
            {
              signInProblem,
              webhooks,
              readSecondsAgo: late * 100,
              readEverySeconds: 10,
              lateWrites: late,
              lateShown: late,
              refusedShown: late,
              oldestWriteSeconds: 90,
              lateEvents: late,
            },
            'zh-CN',
          );
          for (const { message } of checks) expect(message).toMatch(/[\u4e00-\u9fff]{4}/);
        }
      }
    }
  });
});
