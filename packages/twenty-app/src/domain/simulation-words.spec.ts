import { simulationWords } from './simulation-words';

const LI_WEI = { member: { id: 'l', name: 'Li Wei' }, count: 150 };
const TOM = { member: { id: 't', name: 'Tom Baker' }, count: 64 };
// A Sunday.
const TODAY = '2026-11-22';

describe('what a simulation says', () => {
  it('should say how many fall tonight, when most do, and whose most of them are', () => {
    const simulated = {
      affected: 220,
      byDay: [
        { on: '2026-11-22', count: 0 },
        { on: '2026-11-25', count: 14 },
        { on: '2026-11-27', count: 200 },
        { on: '2027-01-09', count: 6 },
      ],
      byOwner: [LI_WEI, TOM],
    };

    expect(simulationWords(simulated, TODAY, 'en')).toBe(
      'Tonight 0, by Friday: 214, most of them Li Wei’s; 220 within 90 days.',
    );
    expect(simulationWords(simulated, TODAY, 'zh-CN')).toBe(
      '今晚 0 个，到星期五 214 个，以Li Wei的居多；90 天内共 220 个。',
    );
  });

  it('should name a day beyond the week by its date, and one owner as the only one', () => {
    const simulated = {
      affected: 64,
      byDay: [
        { on: '2026-11-22', count: 3 },
        { on: '2026-12-29', count: 61 },
      ],
      byOwner: [TOM],
    };

    expect(simulationWords(simulated, TODAY, 'en')).toBe(
      'Tonight 3, by Dec 29: 64; 64 within 90 days, all of them Tom Baker’s.',
    );
  });

  it('should say that nobody falls due', () => {
    expect(simulationWords({ affected: 0, byDay: [], byOwner: [] }, TODAY, 'en')).toBe(
      'Nobody falls due in the next 90 days.',
    );
  });
});
