import { addDays } from './days';
import { roundTop, spread, toBars } from './day-bars';

const TODAY = '2026-03-02';
const days = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ on: addDays(TODAY, index), up: 1, down: 2 }));

describe('the bars of a plot over days', () => {
  it('should show one day among the empty days after it', () => {
    const shown = spread([{ on: TODAY, up: 45 }], 14, TODAY);

    expect(shown).toHaveLength(14);
    expect(shown.at(-1)).toEqual({ on: '2026-03-15', up: 0 });
    expect(spread(days(20), 14, TODAY)).toHaveLength(20);
    expect(spread([], 3, TODAY).map(({ on }) => on)).toEqual([TODAY, '2026-03-03', '2026-03-04']);
  });

  it('should be a day each as long as there are not too many', () => {
    expect(toBars(days(90)).every(({ on, until }) => on === until)).toBe(true);
  });

  it('should be whole weeks of a year, the last ending today, and lose nothing', () => {
    const bars = toBars(days(365));

    expect(bars).toHaveLength(53);
    expect(bars[0]).toMatchObject({ on: TODAY, until: TODAY, up: 1, down: 2 });
    expect(bars.at(-1)).toMatchObject({ on: addDays(TODAY, 358), until: addDays(TODAY, 364), up: 7, down: 14 });
    expect(bars.reduce((sum, { up }) => sum + up, 0)).toBe(365);
  });

  it.each([
    [0, 0],
    [1, 1],
    [7, 8],
    [12, 15],
    [16, 20],
    [45, 50],
    [62, 80],
    [100, 100],
    [2000, 2000],
    [2001, 3000],
  ])('should stand on an axis for %i that ends with %i', (most, top) => {
    expect(roundTop(most)).toBe(top);
  });
});
