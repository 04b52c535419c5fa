import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, isObjectType, type GraphQLSchema } from 'graphql';
import { describeWithRecordings } from '../support/recorded-twenty';

interface Field {
  name: string;
  type: string;
  relation?: { target: string; inverse: { name: string } };
}
interface Plugin {
  objects: { name: string; fields: Field[] }[];
  extends: { object: string; fields: Field[] }[];
}

const plugin = JSON.parse(readFileSync(join(__dirname, '../../plugin.json'), 'utf8')) as Plugin;
const owners = [...plugin.objects, ...plugin.extends.map(({ object, fields }) => ({ name: object, fields }))];
const capitalise = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

const SCALARS: Record<string, string> = {
  TEXT: 'String',
  NUMBER: 'Float',
  BOOLEAN: 'Boolean',
  DATE: 'Date',
  DATE_TIME: 'DateTime',
  RAW_JSON: 'JSON',
  ARRAY: '[String]',
};

function expectedType(object: string, { name, type, relation }: Field): string {
  if (relation) return capitalise(relation.target);
  return type === 'SELECT' ? `${capitalise(object)}${capitalise(name)}Enum` : SCALARS[type]!;
}

describeWithRecordings('plugin.json and the fields of a Twenty with a probe of the app', () => {
  let recorded: GraphQLSchema;
  beforeAll(() => {
    // Without the additions that other tests make: what Twenty itself made of each field type.
    recorded = buildSchema(readFileSync(join(__dirname, '../../../shared/twenty/core-2.21.graphql'), 'utf8'), {
      assumeValidSDL: true,
    });
  });

  const recordedType = (object: string, field: string): string | undefined => {
    const type = recorded.getType(capitalise(object));
    return isObjectType(type) ? type.getFields()[field]?.type.toString().replaceAll('!', '') : undefined;
  };

  it('should agree in the type of every field that both have', () => {
    const compared = owners.flatMap(({ name: object, fields }) =>
      fields.flatMap((field) => {
        const type = recordedType(object, field.name);
        return type ? [{ field: `${object}.${field.name}`, type, expected: expectedType(object, field) }] : [];
      }),
    );

    expect(compared.length).toBeGreaterThan(45);
    expect(compared.filter(({ type, expected }) => type !== expected)).toEqual([]);
  });

  it('should clash with no field that a company, a person or a member has by itself', () => {
    const added = new Set([
      'ownedPeople',
      'formerlyOwnedCompanies',
      'formerlyOwnedPeople',
      'customerPoolMemberships',
      'memberLeaves',
      'ownershipEventsFrom',
      'ownershipEventsTo',
      'ownershipEventsActed',
      'ownershipEvents',
    ]);
    const inverse = owners.flatMap(({ fields }) =>
      fields.flatMap(({ relation }) =>
        relation && ['company', 'person', 'workspaceMember'].includes(relation.target) ? [relation] : [],
      ),
    );

    expect(
      inverse.filter(({ target, inverse: { name } }) => recordedType(target, name) !== undefined && !added.has(name)),
    ).toEqual([]);
  });
});
