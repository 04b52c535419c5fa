import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, extendSchema, type GraphQLSchema, isInputObjectType, isObjectType, parse } from 'graphql';
import { PluginManifest } from '../../src/config/plugin-manifest';
import type { FieldDefinition } from '../../src/config/plugin-manifest.types';

/** Schemas and errors recorded from a running Twenty 2.21; they are not part of the project. */
const FOLDER = join(__dirname, '../../../shared/twenty');

/** `describe`, or a skipped one that says why, when the recordings are not beside the project. */
export function describeWithRecordings(name: string, tests: () => void): void {
  if (existsSync(FOLDER)) describe(name, tests);
  // The tests themselves read the recordings while they are being collected.
  else
    describe.skip(`${name} (skipped: no recordings of Twenty in ../shared/twenty)`, () =>
      it('should be as recorded', () => expect(existsSync(FOLDER)).toBe(true)));
}

export function recordedErrors(): { case: string; httpStatus: number; request?: { path?: string }; body: unknown }[] {
  return JSON.parse(readFileSync(join(FOLDER, 'errors-2.21.json'), 'utf8')) as ReturnType<typeof recordedErrors>;
}

export function recordedSchema(endpoint: 'core' | 'metadata'): GraphQLSchema {
  const schema = buildSchema(readFileSync(join(FOLDER, `${endpoint}-2.21.graphql`), 'utf8'), { assumeValidSDL: true });
  return endpoint === 'core' ? withDeclaredFields(schema, PluginManifest.load()) : schema;
}

/** The recorded workspace had only some of the app's fields: those of plugin.json that it lacks are added the way Twenty would. */
function withDeclaredFields(schema: GraphQLSchema, manifest: PluginManifest): GraphQLSchema {
  const objects = [
    ...manifest.data.objects.map(({ name, fields }) => ({ name, fields })),
    ...manifest.data.extends.map(({ object, fields }) => ({ name: object, fields })),
  ];
  return objects.reduce((extended, { name, fields }) => withFields(extended, capitalise(name), fields), schema);
}

function withFields(schema: GraphQLSchema, object: string, fields: readonly FieldDefinition[]): GraphQLSchema {
  const additions = fields.flatMap((field) => {
    const name = field.type === 'RELATION' ? `${field.name}Id` : field.name;
    const enumName = `${object}${capitalise(field.name)}Enum`;
    const type = field.type === 'SELECT' ? enumName : GRAPHQL_TYPE[field.type];
    if (!type) throw new Error(`No GraphQL type known for ${field.type} of ${object}.${field.name}`);
    const holders = [object, `${object}CreateInput`, `${object}UpdateInput`].filter((holder) =>
      lacks(schema, holder, name),
    );
    const definesEnum = field.type === 'SELECT' && !schema.getType(enumName);
    return [
      ...(definesEnum ? [`enum ${enumName} { ${(field.options ?? []).map(({ value }) => value).join(' ')} }`] : []),
      ...holders.map((holder) => `extend ${holder === object ? 'type' : 'input'} ${holder} { ${name}: ${type} }`),
      ...(field.type === 'DATE_TIME' && lacks(schema, `${object}FilterInput`, name)
        ? [`extend input ${object}FilterInput { ${name}: DateTimeFilter }`]
        : []),
    ];
  });
  return additions.length > 0 ? extendSchema(schema, parse(additions.join('\n')), { assumeValidSDL: true }) : schema;
}

const GRAPHQL_TYPE: Readonly<Record<string, string>> = {
  TEXT: 'String',
  NUMBER: 'Float',
  BOOLEAN: 'Boolean',
  DATE: 'Date',
  DATE_TIME: 'DateTime',
  RAW_JSON: 'JSON',
  ARRAY: '[String]',
  RELATION: 'ID',
};

function lacks(schema: GraphQLSchema, holder: string, field: string): boolean {
  const type = schema.getType(holder);
  return (isObjectType(type) || isInputObjectType(type)) && !(field in type.getFields());
}

function capitalise(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
