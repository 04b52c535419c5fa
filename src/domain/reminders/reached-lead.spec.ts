import fc from 'fast-check';
import { reachedLead } from './reached-lead';

const lead = fc.integer({ min: 1, max: 60 });
const leads = fc.array(lead, { maxLength: 6 });

describe('the lead a customer is at', () => {
  it.each<[number, number[], number[], number | null]>([
    [8, [7, 3, 1], [], null],
    [7, [7, 3, 1], [], 7],
    [6, [7, 3, 1], [7], null],
    [3, [7, 3, 1], [7], 3],
    [2, [7, 3, 1], [], 3],
    [1, [7, 3, 1], [7, 3], 1],
    [0, [7, 3, 1], [7, 3, 1], null],
    [0, [7, 3, 1], [], 1],
    [-4, [7, 3, 1], [], 1],
    [5, [], [], null],
    [2, [5, 3], [3], null],
  ])('should, with %i days left of leads %j and told at %j, be %p', (daysLeft, all, told, expected) => {
    expect(reachedLead({ daysLeft, leads: all, told })?.lead ?? null).toBe(expected);
  });

  it('should cover every lead that is passed at once, and tell one', () => {
    expect(reachedLead({ daysLeft: 2, leads: [7, 3, 1], told: [] })).toEqual({ lead: 3, covered: [3, 7] });
  });

  it('should tell nothing again once what it covers is told', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 70 }), leads, fc.array(lead, { maxLength: 6 }), (daysLeft, all, told) => {
        const reached = reachedLead({ daysLeft, leads: all, told });
        if (!reached) return;
        expect(reached.covered.every((one) => all.includes(one) && daysLeft <= one)).toBe(true);
        expect(told).not.toContain(reached.lead);
        expect(reachedLead({ daysLeft, leads: all, told: [...told, ...reached.covered] })).toBeNull();
      }),
    );
  });

  it('should tell once at each lead when days pass one by one', () => {
    fc.assert(
      fc.property(leads, (all) => {
        const told: number[] = [];
        const tellings: number[] = [];
        for (let daysLeft = 70; daysLeft >= 0; daysLeft -= 1) {
          const reached = reachedLead({ daysLeft, leads: all, told });
          if (!reached) continue;
          told.push(...reached.covered);
          tellings.push(reached.lead);
        }
        expect(tellings).toEqual([...new Set(all)].sort((a, b) => b - a));
      }),
    );
  });

  it('should tell exactly once when it is looked at only some days, and never late', () => {
    fc.assert(
      fc.property(leads, fc.uniqueArray(fc.integer({ min: 0, max: 70 })), (all, looks) => {
        const told: number[] = [];
        for (const daysLeft of [...looks].sort((a, b) => b - a)) {
          const reached = reachedLead({ daysLeft, leads: all, told });
          const passed = all.filter((one) => daysLeft <= one && !told.includes(one));
          expect(reached !== null).toBe(passed.length > 0);
          told.push(...(reached?.covered ?? []));
        }
      }),
    );
  });
});
