import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  type DocumentNode,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
  Kind,
  print,
  validate,
} from 'graphql';
import { PluginManifest } from '../../src/config/plugin-manifest';
import * as core from '../../src/twenty/generated/core';
import * as metadata from '../../src/twenty/generated/metadata';
import { followedNames, listDocument } from '../../src/twenty/records/followed-records.service';
import { readPoolDataDocument, readPoolsDocument } from '../../src/twenty/records/pool-records.service';
import { describeWithRecordings, recordedSchema } from '../support/recorded-twenty';

const MOST_ROOT_FIELDS = 20;
const manifest = PluginManifest.load();

const documentsOf = (module: Record<string, unknown>): [string, DocumentNode][] =>
  Object.entries(module)
    .filter((entry): entry is [string, DocumentNode] => (entry[1] as DocumentNode | undefined)?.kind === Kind.DOCUMENT)
    .filter(([name]) => !name.endsWith('FragmentDoc'));

const documents: Record<'core' | 'metadata', [string, DocumentNode][]> = {
  core: [
    ...documentsOf(core),
    ['readPoolsDocument(plugin.json)', readPoolsDocument(manifest.poolFields.map(({ name }) => name))],
    ['readPoolDataDocument(plugin.json)', readPoolDataDocument(manifest.poolFields.map(({ name }) => name))],
    ['listDocument by updatedAt', listDocument('updatedAt', followedNames)],
    ['listDocument by id', listDocument('id', followedNames)],
  ],
  metadata: documentsOf(metadata),
};

describeWithRecordings('documents sent to Twenty', () => {
  describe.each(['core', 'metadata'] as const)('%s API', (endpoint) => {
    let recorded: GraphQLSchema;
    beforeAll(() => {
      recorded = recordedSchema(endpoint);
    });

    it.each(documents[endpoint])('%s should be one that Twenty 2.21 understands', (_, document) => {
      expect(validate(recorded, document).map(({ message }) => message)).toEqual([]);
    });

    it.each(documents[endpoint])('%s should name each root field once, and at most twenty', (_, document) => {
      const roots = document.definitions
        .flatMap((node) => (node.kind === Kind.OPERATION_DEFINITION ? node.selectionSet.selections : []))
        .map((node) => print(node).split(/[ ({]/)[0]);
      expect(new Set(roots).size).toBe(roots.length);
      expect(roots.length).toBeLessThanOrEqual(MOST_ROOT_FIELDS);
    });

    it('the schema the documents are typed by should say nothing else than Twenty', () => {
      const ours = buildSchema(readFileSync(join(__dirname, `../../src/twenty/schema/${endpoint}.graphql`), 'utf8'));
      expect(differences(ours, recorded)).toEqual([]);
    });
  });
});

/** What our part of the schema has that Twenty's lacks or has otherwise. */
function differences(ours: GraphQLSchema, recorded: GraphQLSchema): string[] {
  return Object.values(ours.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => {
      const theirs = recorded.getType(type.name);
      if (!theirs) return [`${type.name} is unknown`];
      if (isObjectType(type) && isObjectType(theirs)) {
        return Object.values(type.getFields()).flatMap((field) =>
          fieldDifferences(type.name, field, theirs.getFields()[field.name]),
        );
      }
      if (isInputObjectType(type) && isInputObjectType(theirs)) {
        return Object.values(type.getFields()).flatMap((field) =>
          typeDifferences(`${type.name}.${field.name}`, field, theirs.getFields()[field.name]),
        );
      }
      if (isEnumType(type) && isEnumType(theirs)) {
        // Options of the app's own SELECT fields are plugin.json's to say; the recorded app was an early one.
        if (APP_ENUMS.has(type.name)) return [];
        return type
          .getValues()
          .filter(({ name }) => !theirs.getValue(name))
          .map(({ name }) => `${type.name}.${name} is unknown`);
      }
      return type.toString() === theirs.toString() ? [] : [`${type.name} is something else`];
    });
}

const APP_ENUMS = new Set(['OwnershipEventEventTypeEnum', 'CompanyReclaimRuleEnum', 'PersonReclaimRuleEnum']);

function fieldDifferences(
  parent: string,
  field: GraphQLField<unknown, unknown>,
  theirs: GraphQLField<unknown, unknown> | undefined,
): string[] {
  const path = `${parent}.${field.name}`;
  return [
    ...typeDifferences(path, field, theirs),
    ...field.args.flatMap((arg) =>
      typeDifferences(
        `${path}(${arg.name})`,
        arg,
        theirs?.args.find(({ name }) => name === arg.name),
      ),
    ),
  ];
}

function typeDifferences(
  path: string,
  ours: Pick<GraphQLInputField | GraphQLField<unknown, unknown>, 'type'>,
  theirs: { type: { toString(): string } } | undefined,
): string[] {
  if (!theirs) return [`${path} is unknown`];
  return String(ours.type) === String(theirs.type)
    ? []
    : [`${path} is ${String(theirs.type)}, not ${String(ours.type)}`];
}

describe('SELECT options the engine knows', () => {
  const schema = buildSchema(readFileSync(join(__dirname, '../../src/twenty/schema/core.graphql'), 'utf8'));
  const optionsOf = (name: string): string[] => {
    const type = schema.getType(name);
    return isEnumType(type) ? type.getValues().map((value) => value.name) : [];
  };
  const declared = (object: string, field: string): string[] | undefined =>
    [...manifest.data.objects, ...manifest.data.extends.map(({ object: name, fields }) => ({ name, fields }))]
      .find(({ name }) => name === object)
      ?.fields.find(({ name }) => name === field)
      ?.options?.map(({ value }) => value);

  it.each([
    ['company', 'poolStatus', 'CompanyPoolStatusEnum'],
    ['person', 'poolStatus', 'PersonPoolStatusEnum'],
    ['company', 'reclaimRule', 'CompanyReclaimRuleEnum'],
    ['person', 'reclaimRule', 'PersonReclaimRuleEnum'],
    ['customerPoolMember', 'memberRole', 'CustomerPoolMemberMemberRoleEnum'],
    ['ownershipEvent', 'eventType', 'OwnershipEventEventTypeEnum'],
  ])('%s.%s should have the options of plugin.json', (object, field, enumName) => {
    expect(optionsOf(enumName)).toEqual(declared(object, field));
  });
});
