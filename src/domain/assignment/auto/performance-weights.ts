import type { Assignee } from './auto-assignment.types';
import type { Weighted } from './turn';

export const performanceDays = 28;
export const newcomerDays = 30;
/** A won deal counts as much as ten qualifying activities. */
const pointsPerDeal = 10;

export function performanceScore(activities: number, wonDeals: number): number {
  return activities + wonDeals * pointsPerDeal;
}

/**
 * Best performer: shares in proportion to the points of the last four weeks, so that the best get most and get first, and
 * one good month does not bury one person. Everybody has one point to begin with. Newcomers, who have had no time to earn
 * points, together get the floor at the least.
 * @returns weights that add up to 1
 */
export function performanceWeights(members: readonly Assignee[], newcomerFloorPercent: number): Weighted[] {
  const points = members.map(({ memberId, score, isNewcomer }) => ({ memberId, isNewcomer, weight: score + 1 }));
  const sum = (newcomers: boolean) =>
    points.reduce((total, { isNewcomer, weight }) => total + (isNewcomer === newcomers ? weight : 0), 0);
  const [settled, newcomers] = [sum(false), sum(true)];
  const natural = newcomers / (settled + newcomers);
  const share = settled > 0 && newcomers > 0 ? Math.max(natural, newcomerFloorPercent / 100) : natural;
  return points.map(({ memberId, isNewcomer, weight }) => ({
    memberId,
    weight: isNewcomer ? (share * weight) / newcomers : ((1 - share) * weight) / settled,
  }));
}
