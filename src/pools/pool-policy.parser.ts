import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { PoolPolicy } from '../domain/pool/pool-policy';
import { PoolPolicyInput } from './pool-policy.input';

export interface ParsedPolicy {
  policy: PoolPolicy;
  /** What could not be used, for the pool's managers to read; null when everything could. */
  problem: string | null;
}

/**
 * Semantics of a pool's record: empty fields mean off or their default, a value that cannot be used leaves the last good
 * value of its field in force.
 * @param fields what Twenty has, by field name
 * @param lastGood the policy in force until now
 */
export function parsePoolPolicy(fields: Record<string, unknown>, lastGood: PoolPolicy | null): ParsedPolicy {
  const known = new PoolPolicyInput();
  const names = Object.keys(known) as (keyof PoolPolicyInput)[];
  const given = Object.fromEntries(names.flatMap((name) => (isEmpty(fields[name]) ? [] : [[name, fields[name]]])));
  const candidate = plainToInstance(PoolPolicyInput, given, { exposeDefaultValues: true });
  const errors = validateSync(candidate);
  // A last good policy may be older than a field of it.
  const inForce = { ...known, ...lastGood };
  for (const { property } of errors)
    Object.assign(candidate, { [property]: inForce[property as keyof PoolPolicyInput] });
  const problems = errors.map(
    ({ property, constraints }) => `${property}: ${Object.values(constraints ?? {}).join(', ')}`,
  );
  return { policy: { ...candidate }, problem: problems.length > 0 ? problems.join('; ') : null };
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}
