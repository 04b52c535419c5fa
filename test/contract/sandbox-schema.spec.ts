import { buildSchema, isEnumType, isInputObjectType, isObjectType, parse, validate, type GraphQLSchema } from 'graphql';
import { METADATA_SDL } from '../../packages/twenty-sandbox/src/metadata-api/metadata-schema';
import { startSandbox, type Sandbox } from '../../packages/twenty-sandbox/src';
import { pluginManifest } from '../../packages/twenty-sandbox/test/support/plugin-manifest';
import { describeWithRecordings, recordedSchema } from '../support/recorded-twenty';

/** "Type.field" or "Type.field(argument)" with its type, for everything that a schema defines. */
function membersOf(schema: GraphQLSchema): Map<string, string> {
  const members = new Map<string, string>();
  for (const [name, type] of Object.entries(schema.getTypeMap())) {
    if (name.startsWith('__')) continue;
    if (isEnumType(type)) for (const value of type.getValues()) members.set(`${name}.${value.name}`, 'enum value');
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) members.set(`${name}.${field.name}`, String(field.type));
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      members.set(`${name}.${field.name}`, String(field.type));
      for (const argument of field.args) members.set(`${name}.${field.name}(${argument.name})`, String(argument.type));
    }
  }
  return members;
}

function differences(actual: Map<string, string>, expected: Map<string, string>): string[] {
  return [...actual].flatMap(([member, type]) => {
    const other = expected.get(member);
    return other === undefined || other === type ? [] : [`${member}: ${type}, Twenty has ${other}`];
  });
}

/** Objects that Twenty itself brings: whatever the sandbox has of them must be in the recorded schema. */
const STANDARD =
  /^(Company|Person|Opportunity|Note|NoteTarget|Task|TaskTarget|WorkspaceMember|Message|MessageParticipant|MessageChannelMessageAssociation|CalendarEvent|CalendarEventParticipant)([A-Z]\w*)?$/;

describeWithRecordings('the record API of the sandbox', () => {
  let twenty: GraphQLSchema;
  let sandbox: Sandbox;
  let plain: Sandbox;

  beforeAll(async () => {
    twenty = recordedSchema('core');
    sandbox = await startSandbox({ sample: false, manifest: pluginManifest() });
    plain = await startSandbox({ sample: false });
  });
  afterAll(() => Promise.all([sandbox.close(), plain.close()]));

  it('should give every member that Twenty 2.21 has too the same type', () => {
    const actual = membersOf(sandbox.workspace.schemas().published);
    const expected = membersOf(twenty);
    // The recorded workspace had an early version of the app, in which a pool's isActive was required.
    const known = ['CustomerPool.isActive'];
    expect(
      differences(actual, expected).filter((line) => !known.some((member) => line.startsWith(`${member}:`))),
    ).toEqual([]);
    expect([...actual.keys()].filter((member) => expected.has(member)).length).toBeGreaterThan(1500);
  });

  it('should have nothing on the standard objects that Twenty 2.21 has not', () => {
    const expected = membersOf(twenty);
    const invented = [...membersOf(plain.workspace.schemas().published).keys()].filter(
      (member) => STANDARD.test(member.split('.')[0] ?? '') && !expected.has(member),
    );
    expect(invented).toEqual([]);
  });

  it.each([
    [
      'conditional claim',
      `mutation($ids:[UUID!],$m:UUID!,$d:CompanyUpdateInput!){updateCompanies(filter:{and:[{id:{in:$ids}},{deletedAt:{is:NULL}},
      {or:[{accountOwnerId:{is:NULL}},{accountOwnerId:{eq:$m}}]}]},data:$d){id accountOwnerId updatedAt}}`,
    ],
    [
      'change cursor',
      `query($a:String){companies(first:200,after:$a,filter:{or:[{deletedAt:{is:NULL}},{deletedAt:{is:NOT_NULL}}]},
      orderBy:[{updatedAt:AscNullsFirst},{id:AscNullsFirst}]){edges{cursor node{id accountOwner{id name{firstName}}}} pageInfo{endCursor hasNextPage} totalCount}}`,
    ],
    [
      'keyset',
      'query($u:DateTime!,$i:UUID!){people(filter:{or:[{updatedAt:{gt:$u}},{and:[{updatedAt:{eq:$u}},{id:{gt:$i}}]}]}){edges{node{id emails{primaryEmail}}}}}',
    ],
    ['count by status', '{companiesGroupBy(groupBy:[{poolStatus:true}]){groupByDimensionValues totalCount}}'],
    [
      'upsert of history',
      'mutation($d:[OwnershipEventCreateInput!]!){createOwnershipEvents(data:$d,upsert:true){id engineId}}',
    ],
    [
      'activity',
      '{noteTargets(filter:{targetCompanyId:{is:NOT_NULL}}){edges{node{id note{id createdBy{workspaceMemberId}} targetCompanyId}}}}',
    ],
    ['aggregates', '{opportunities(first:0){totalCount countEmptyStage minCreatedAt sumAmountAmountMicros}}'],
    ['wrong field', '{companies{edges{node{nope}}}}'],
    ['wrong argument', '{companies(limit:1){totalCount}}'],
    ['wrong input type', 'mutation($d:PersonUpdateInput!){updateCompany(id:"x",data:$d){id}}'],
  ])('should find the document "%s" valid exactly when Twenty does', (_name, source) => {
    const document = parse(source);
    const answers = [sandbox.workspace.schemas().published, twenty].map(
      (schema) => validate(schema, document).length === 0,
    );
    expect(answers[0]).toBe(answers[1]);
  });
});

describeWithRecordings('the metadata API of the sandbox', () => {
  it('should be a part of what Twenty 2.21 has', () => {
    const expected = membersOf(recordedSchema('metadata'));
    const actual = membersOf(buildSchema(METADATA_SDL));
    expect(differences(actual, expected)).toEqual([]);
    expect([...actual.keys()].filter((member) => !expected.has(member))).toEqual([]);
  });
});
