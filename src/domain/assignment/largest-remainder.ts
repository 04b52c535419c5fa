/**
 * Splits `total` whole things in proportion to weights: everybody gets the whole part of their due, and what is left goes
 * one by one to the largest fractions, the earlier first when they are equal. The shares add up to `total`.
 * @param weights none negative; when all are 0 nobody gets anything
 */
export function largestRemainder(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum <= 0) return weights.map(() => 0);
  const dues = weights.map((weight) => (total * weight) / sum);
  const shares = dues.map(Math.floor);
  const left = total - shares.reduce((a, b) => a + b, 0);
  const byFraction = dues
    .map((due, index) => ({ index, fraction: due - Math.floor(due) }))
    .filter(({ index }) => (weights[index] ?? 0) > 0)
    .sort((a, b) => b.fraction - a.fraction || a.index - b.index);
  for (const { index } of byFraction.slice(0, left)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}
