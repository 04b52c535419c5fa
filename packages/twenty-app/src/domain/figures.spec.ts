import { sayHours, sayShare, sortRows, type FiguresRow, type TenureFigures } from './figures';

const none: TenureFigures = {
  taken: 0,
  reclaimed: 0,
  released: 0,
  won: 0,
  reclaimRate: null,
  conversionRate: null,
  medianHoursToClaim: null,
  medianHoursToFirstActivity: null,
};
const row = (name: string, figures: Partial<TenureFigures>, ownsNow?: number): FiguresRow => ({
  id: name,
  name,
  figures: { ...none, ...figures },
  ...(ownsNow !== undefined && { ownsNow }),
});
const namesBy = (
  rows: FiguresRow[],
  ...sorting: Parameters<typeof sortRows> extends [unknown, ...infer Rest] ? Rest : never
) => sortRows(rows, ...sorting).map(({ name }) => name);

describe('figures', () => {
  const rows = [
    row('Tom', { taken: 4, reclaimRate: 0.5 }, 9),
    row('Anna', { taken: 9, reclaimRate: 0 }, 2),
    row('Never', {}),
  ];

  it('should be sorted by a column either way, with what is unknown last', () => {
    expect(namesBy(rows, { column: 'reclaimRate', descending: true }, 'en')).toEqual(['Tom', 'Anna', 'Never']);
    expect(namesBy(rows, { column: 'reclaimRate', descending: false }, 'en')).toEqual(['Anna', 'Tom', 'Never']);
    expect(namesBy(rows, { column: 'ownsNow', descending: true }, 'en')).toEqual(['Tom', 'Anna', 'Never']);
    expect(namesBy(rows, { column: 'taken', descending: false }, 'en')).toEqual(['Never', 'Tom', 'Anna']);
  });

  it('should be sorted by name as the language does', () => {
    expect(
      namesBy([row('张敏', {}), row('李伟', {}), row('孙丽', {})], { column: 'name', descending: false }, 'zh-CN'),
    ).toEqual(['李伟', '孙丽', '张敏']);
  });

  it.each([
    [null, '—', '—'],
    [0.001, '1 min', '1 分钟'],
    [0.5, '30 min', '30 分钟'],
    [5.26, '5.3 h', '5.3 小时'],
    [47.9, '47.9 h', '47.9 小时'],
    [60, '2.5 days', '2.5 天'],
  ] as const)('should say %p hours as people do', (hours, en, zh) => {
    expect(sayHours(hours, 'en')).toBe(en);
    expect(sayHours(hours, 'zh-CN')).toBe(zh);
  });

  it('should say a share in percent, and an unknown one as a dash', () => {
    expect([sayShare(0.3, 'en'), sayShare(0, 'en'), sayShare(null, 'en')]).toEqual(['30%', '0%', '—']);
  });
});
