import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { PoolPolicy } from '../domain/pool/pool-policy';
import { jsonFault } from '../domain/text/bounded-json';
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
  const given = names.filter((name) => !isEmpty(fields[name]));
  // Looked at first: turning a value into a policy would recurse into it, and leave out keys that JavaScript reserves.
  const faults = new Map(given.map((name) => [name, jsonFault(fields[name])?.en]));
  const usable = given.filter((name) => faults.get(name) === undefined);
  const candidate = plainToInstance(PoolPolicyInput, Object.fromEntries(usable.map((name) => [name, fields[name]])), {
    exposeDefaultValues: true,
  });
  const errors = new Map(
    validateSync(candidate).map(({ property, constraints }) => [
      property as keyof PoolPolicyInput,
      Object.values(constraints ?? {}).join(', '),
    ]),
  );
  const problems = given.flatMap((name) => {
    const problem = faults.get(name) ?? errors.get(name);
    return problem === undefined ? [] : [{ name, problem }];
  });
  // A last good policy may be older than a field of it.
  const inForce = { ...known, ...lastGood };
  for (const { name } of problems) Object.assign(candidate, { [name]: inForce[name] });
  return {
    policy: { ...candidate },
    problem: problems.map(({ name, problem }) => `${name}: ${problem}`).join('; ') || null,
  };
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}
