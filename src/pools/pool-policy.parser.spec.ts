import { PluginManifest } from '../config/plugin-manifest';
import type { FieldDefinition } from '../config/plugin-manifest.types';
import type { PoolPolicy } from '../domain/pool/pool-policy';
import { PoolPolicyInput } from './pool-policy.input';
import { parsePoolPolicy } from './pool-policy.parser';

const defaults = { ...new PoolPolicyInput() };
const names = Object.keys(defaults);
const declared = PluginManifest.load().poolFields.filter(({ name }) => names.includes(name));
const lastGood: PoolPolicy = {
  ...defaults,
  followUpDays: 30,
  holdingCapacity: 50,
  claimingMode: 'MANAGED',
  isActive: false,
};

describe('a pool’s policy', () => {
  it('should have its defaults where Twenty has nothing, and no problem', () => {
    expect(parsePoolPolicy({}, null)).toEqual({ policy: defaults, problem: null });
  });

  it('should be plain data', () => {
    expect(Object.getPrototypeOf(parsePoolPolicy({}, null).policy)).toBe(Object.prototype);
  });

  it('should take over every usable value', () => {
    const filter = { or: [{ name: { ilike: '%展会%' } }, { not: { createdBy: { source: { eq: 'IMPORT' } } } }] };
    const fields = {
      isActive: false,
      visibility: 'MEMBERS',
      claimLimitPeriod: 'WEEK',
      followUpDays: 7,
      holdingCapacity: 0,
      routingFilter: filter,
      priority: 5,
    };
    expect(parsePoolPolicy(fields, lastGood)).toEqual({ policy: { ...defaults, ...fields }, problem: null });
  });

  it.each([null, undefined, ''])(
    'should read %p as off, or as the default of a required field, and not as the last good value',
    (empty) => {
      const fields = { followUpDays: empty, holdingCapacity: empty, claimingMode: empty, isActive: empty };
      expect(parsePoolPolicy(fields, lastGood)).toEqual({ policy: defaults, problem: null });
    },
  );

  it('should take numbers written as text', () => {
    expect(parsePoolPolicy({ followUpDays: '7', reminderLeadDays: ['3', '7', '3'] }, null)).toMatchObject({
      policy: { followUpDays: 7, reminderLeadDays: [7, 3] },
      problem: null,
    });
  });

  it('should ignore fields that are no part of a policy', () => {
    expect(parsePoolPolicy({ name: 'East', policyProblem: 'old', constructor: 'x' }, null)).toEqual({
      policy: defaults,
      problem: null,
    });
  });

  describe('with a value that cannot be used', () => {
    it.each<[string, unknown]>([
      ['followUpDays', 0],
      ['followUpDays', -1],
      ['followUpDays', 2.5],
      ['followUpDays', 'soon'],
      ['followUpDays', 3651],
      ['followUpDays', Number.NaN],
      ['holdingCapacity', -1],
      ['claimingMode', 'ANARCHY'],
      ['isActive', 'yes'],
      ['visibility', 1],
      ['routingFilter', 'name = x'],
      ['routingFilter', []],
      ['claimLimitPeriod', 'YEAR'],
      ['duplicatePolicy', 'IGNORE'],
      ['reminderLeadDays', '7, 3'],
      ['reminderLeadDays', ['soon']],
      ['afterDateField', 7],
      ['afterDateField', 'a'.repeat(200)],
      ['autoAssignSchedule', `0 9 * * ${'1,'.repeat(1000)}1`],
      ['routingFilter', JSON.parse('{"__proto__":{"name":{"eq":"x"}}}')],
      ['routingFilter', JSON.parse('{"and":[{"constructor":{"eq":"x"}}]}')],
      ['routingFilter', JSON.parse(`${'{"not":'.repeat(20_000)}{}${'}'.repeat(20_000)}`)],
      ['routingFilter', { name: { eq: 'x'.repeat(300_000) } }],
      ['routingFilter', { name: { eq: '\ud83d' } }],
    ])('should keep the last good %s instead of %p and say which field it is', (name, value) => {
      const { policy, problem } = parsePoolPolicy({ [name]: value }, lastGood);
      expect(policy[name as keyof PoolPolicy]).toEqual(lastGood[name as keyof PoolPolicy]);
      expect(problem).toMatch(new RegExp(`^${name}: .*\\S`));
    });

    it('should keep the default when there was no good value before', () => {
      expect(parsePoolPolicy({ claimingMode: 'ANARCHY', followUpDays: 0 }, null).policy).toEqual(defaults);
    });

    it('should keep the default when the last good policy is older than the field', () => {
      const { claimLimitPeriod: _, backlogLimit: __, ...older } = lastGood;
      expect(parsePoolPolicy({ claimLimitPeriod: 'YEAR', backlogLimit: -1 }, older as PoolPolicy).policy).toEqual(
        defaults,
      );
    });

    it('should use every other value, and name each field that is wrong', () => {
      const { policy, problem } = parsePoolPolicy({ followUpDays: 0, holdingCapacity: 10, claimLimit: -5 }, lastGood);
      expect(policy).toMatchObject({ followUpDays: 30, holdingCapacity: 10, claimLimit: null });
      expect(problem?.split('; ').map((one) => one.split(':')[0])).toEqual(['followUpDays', 'claimLimit']);
    });

    it('should have no problem any more once the value is mended', () => {
      const { policy } = parsePoolPolicy({ followUpDays: 0 }, lastGood);
      expect(parsePoolPolicy({ followUpDays: 9 }, policy)).toMatchObject({
        policy: { followUpDays: 9 },
        problem: null,
      });
    });
  });

  describe('as plugin.json declares it', () => {
    const limits = declared.flatMap(({ name, min, max }): [string, number, number][] =>
      min === undefined || max === undefined ? [] : [[name, min, max]],
    );
    const selects = declared.filter(({ options }) => options !== undefined);
    const problemOf = (name: string, value: unknown): string | null => parsePoolPolicy({ [name]: value }, null).problem;

    it('should know no field that plugin.json does not', () => {
      expect(declared.map(({ name }) => name).sort()).toEqual([...names].sort());
    });

    it.each(limits)('should take %s from %i to %i and nothing beyond', (name, min, max) => {
      expect([min, max].map((value) => problemOf(name, value))).toEqual([null, null]);
      expect([min - 1, max + 1, min + 0.5].map((value) => problemOf(name, value) === null)).toEqual([
        false,
        false,
        false,
      ]);
    });

    it.each(selects.map((field): [string, FieldDefinition] => [field.name, field]))(
      'should take every option of %s',
      (name, { options = [] }) => {
        expect(options.map(({ value }) => problemOf(name, value))).toEqual(options.map(() => null));
      },
    );

    it.each(
      declared
        .filter(({ default: value }) => value !== undefined && value !== null)
        .map(({ name, default: value }) => [name, value]),
    )('should take the default of a new pool: %s = %p', (name, value) =>
      expect(problemOf(String(name), value)).toBeNull(),
    );
  });
});
