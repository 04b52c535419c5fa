import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';

const ROOT = join(__dirname, '../..');
const readJson = <Shape>(path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Shape;

interface Text {
  en: string;
  'zh-CN': string;
}
interface Option {
  value: string;
  label: Text;
}
interface Value {
  type: string;
  universalIdentifier: string;
  default?: unknown;
  min?: number;
  max?: number;
  integer?: boolean;
  options?: Option[];
  label: Text;
  description?: Text;
}
interface Field extends Value {
  name: string;
  relation?: { target: string; inverse: { name: string; label: Text } };
}
interface Plugin {
  version: string;
  label: Text;
  description: Text;
  objects: {
    name: string;
    namePlural: string;
    labelField: string;
    fields: Field[];
    label: Text;
    labelPlural: Text;
    description: Text;
  }[];
  extends: { object: string; fields: Field[] }[];
  settings: (Value & { key: string })[];
  jobs: { name: string }[];
  actions: { name: string }[];
  webhooks: { operations: string[] };
  permissions: { objects: Record<string, unknown>; flags: string[] };
}

const plugin = readJson<Plugin>('plugin.json');
const owners = [
  ...plugin.objects.map(({ name, fields }) => ({ name, fields })),
  ...plugin.extends.map(({ object, fields }) => ({ name: object, fields })),
];
const fields = owners.flatMap((owner) =>
  owner.fields.map((field) => ({ ...field, path: `${owner.name}.${field.name}` })),
);
const values: (Value & { path: string })[] = [
  ...fields,
  ...plugin.settings.map((setting) => ({ ...setting, path: setting.key })),
];

function duplicates(items: string[]): string[] {
  return items.filter((item, index) => items.indexOf(item) !== index);
}

describe('plugin.json', () => {
  it('should be valid against plugin.schema.json', () => {
    const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false, strictTypes: false }).compile(
      readJson('plugin.schema.json'),
    );

    validate(plugin);

    expect(validate.errors).toBeNull();
  });

  it.each([
    [
      'a name that Twenty reserves',
      (copy: Plugin) => {
        copy.objects[0]!.fields[0]!.name = 'role';
      },
    ],
    [
      'a text without Chinese',
      (copy: Plugin) => {
        copy.settings[0]!.label = { en: 'Only English' } as Text;
      },
    ],
    [
      'a select without options',
      (copy: Plugin) => {
        delete copy.settings.find(({ type }) => type === 'SELECT')!.options;
      },
    ],
    [
      'a number without limits',
      (copy: Plugin) => {
        delete copy.settings.find(({ type }) => type === 'NUMBER')!.max;
      },
    ],
    [
      'a property nobody knows',
      (copy: Plugin) => {
        Object.assign(copy, { extra: 1 });
      },
    ],
  ])('should be refused by the schema with %s', (_, spoil) => {
    const copy = structuredClone(plugin);
    spoil(copy);
    const validate = new Ajv({ strict: true, strictRequired: false, strictTypes: false }).compile(
      readJson('plugin.schema.json'),
    );

    expect(validate(copy)).toBe(false);
  });

  it('should use every universal identifier once', () => {
    const ids =
      JSON.stringify(plugin).match(/"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"/g) ?? [];

    expect(ids.length).toBeGreaterThan(150);
    expect(duplicates(ids)).toEqual([]);
  });

  it('should use every name once where it is used', () => {
    const inverse = fields.flatMap(({ relation }) => (relation ? [`${relation.target}.${relation.inverse.name}`] : []));

    expect(duplicates([...fields.map(({ path }) => path), ...inverse])).toEqual([]);
    expect(duplicates(plugin.objects.flatMap(({ name, namePlural }) => [name, namePlural]))).toEqual([]);
    expect(duplicates(plugin.settings.map(({ key }) => key))).toEqual([]);
    expect(duplicates(plugin.jobs.map(({ name }) => name))).toEqual([]);
    expect(duplicates(plugin.actions.map(({ name }) => name))).toEqual([]);
  });

  it('should give every default within its own limits and options', () => {
    const wrong = values.filter(({ default: preset, min, max, integer, options }) => {
      if (typeof preset === 'number')
        return preset < min! || preset > max! || (integer === true && !Number.isInteger(preset));
      if (!options || preset === undefined) return false;
      const known = new Set(options.map(({ value }) => value));
      return (Array.isArray(preset) ? preset : [preset]).some((item) => !known.has(String(item)));
    });

    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('should relate to objects that exist, and name each object by one of its fields', () => {
    const known = new Set([...plugin.objects.map(({ name }) => name), 'company', 'person', 'workspaceMember']);

    expect(fields.filter(({ relation }) => relation && !known.has(relation.target)).map(({ path }) => path)).toEqual(
      [],
    );
    expect(
      plugin.objects
        .filter(({ labelField, fields: own }) => !own.some(({ name }) => name === labelField))
        .map(({ name }) => name),
    ).toEqual([]);
  });

  it('should say the same English in one Chinese, as Twenty translates labels by their words', () => {
    const texts = [
      ...plugin.objects.flatMap(({ label, labelPlural, description }) => [label, labelPlural, description]),
      ...fields.flatMap(({ label, description, relation }) => [
        label,
        ...(description ? [description] : []),
        ...(relation ? [relation.inverse.label] : []),
      ]),
    ];
    const chinese = new Map<string, Set<string>>();
    for (const text of texts) chinese.set(text.en, (chinese.get(text.en) ?? new Set()).add(text['zh-CN']));

    expect([...chinese].filter(([, translations]) => translations.size > 1)).toEqual([]);
  });

  it('should have the workspace settings that are specified, and no others', () => {
    expect(plugin.settings.map(({ key }) => key).sort()).toEqual([
      'AI_TOOLS_MAY_ACT',
      'DIRECT_EDITS',
      'EXTRA_HOLIDAYS',
      'EXTRA_WORKDAYS',
      'HIGHSEAS_ENGINE_URL',
      'HOLIDAY_COUNTRY',
      'LOST_STAGES',
      'MEMBER_HOLDING_CAPACITY',
      'OFFBOARDING',
      'OFFBOARDING_SUCCESSOR',
      'ONLY_OWNER_ACTIVITY_COUNTS',
      'OPPORTUNITIES_FOLLOW_OWNER',
      'PEOPLE_FOLLOW_COMPANY',
      'QUALIFYING_ACTIVITIES',
      'RELEASE_REASONS',
      'REMINDER_CHANNELS',
      'REMINDER_WEBHOOKS',
      'TASKS_FOLLOW_OWNER',
      'TIME_ZONE',
      'WON_STAGES',
      'WORKING_WEEKDAYS',
    ]);
  });

  it('should give a new pool the defaults that are specified', () => {
    const defaults = Object.fromEntries(
      fields.filter(({ path }) => path.startsWith('customerPool.')).map(({ name, default: preset }) => [name, preset]),
    );

    expect(defaults).toMatchObject({
      isActive: true,
      visibility: 'EVERYONE',
      claimingMode: 'SELF_SERVICE',
      followUpDays: 30,
      firstFollowUpDays: 7,
      dayCounting: 'CALENDAR',
      reminderLeadDays: ['7', '3', '1'],
      holdingCapacity: 200,
      claimLimit: 20,
      claimLimitPeriod: 'DAY',
      cooldownDays: 14,
      releaseReasonRequired: true,
      graceDays: 7,
      reclaimCapPerRun: 2000,
      reclaimCapPerOwnerPerDay: 50,
      autoAssign: 'OFF',
      approvalDays: 3,
      planDefersDays: 0,
    });
    for (const off of [
      'noOpportunityDays',
      'noDealDays',
      'maxHoldDays',
      'afterDateDays',
      'staleDays',
      'maxReturns',
      'backlogLimit',
      'claimIntervalMinutes',
      'embargoDays',
    ])
      expect(defaults[off]).toBeUndefined();
  });

  it('should have the version of the project and of the app', () => {
    expect(readJson<{ version: string }>('package.json').version).toBe(plugin.version);
    expect(readJson<{ version: string }>('packages/twenty-app/package.json').version).toBe(plugin.version);
  });
});
