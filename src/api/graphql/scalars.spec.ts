import { buildSchema, graphqlSync, type GraphQLScalarType } from 'graphql';
import { scalars } from './scalars';

const schema = buildSchema('scalar JSON type Query { keys(of: JSON!): [String!] }');
Object.assign(schema.getType('JSON') as GraphQLScalarType, {
  parseValue: scalars.JSON.parseValue,
  parseLiteral: scalars.JSON.parseLiteral,
});
const rootValue = { keys: ({ of }: { of: object }) => Object.keys(of) };

const asVariable = (json: string) =>
  graphqlSync({
    schema,
    rootValue,
    source: 'query($of: JSON!) { keys(of: $of) }',
    variableValues: { of: JSON.parse(json) as unknown },
  });
const asLiteral = (text: string) => graphqlSync({ schema, rootValue, source: `{ keys(of: ${text}) }` });
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('JSON of a caller', () => {
  it('should be handed on as it is, written out or as a variable', () => {
    expect(asVariable('{"name":{"ilike":"%展会%"},"and":[]}').data).toEqual({ keys: ['name', 'and'] });
    expect(asLiteral('{ name: { ilike: "%展会%" }, and: [] }').data).toEqual({ keys: ['name', 'and'] });
  });

  it.each([
    ['a reserved key alone', '{"__proto__":{"name":{"eq":"x"}}}', 'keys'],
    ['a reserved key inside', '{"and":[{"constructor":{"eq":"x"}}]}', 'keys'],
    ['half a character', '{"name":{"eq":"\\ud83d"}}', 'character'],
    ['NUL', '{"a\\u0000":1}', 'NUL'],
    ['nesting without end', `{"and":${nested(300_000)}}`, 'nested'],
    ['values without end', JSON.stringify(Array.from({ length: 6000 }, () => 0)), 'values'],
    ['text without end', JSON.stringify({ name: 'x'.repeat(200_001) }), 'characters'],
  ])('should be refused with %s', (_, json, why) => {
    const { data, errors } = asVariable(json);
    expect(data).toBeUndefined();
    expect(errors?.[0]?.message).toContain(why);
    expect(errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
  });

  it.each([
    ['a reserved key alone', '{ __proto__: { name: { eq: "x" } } }'],
    ['a reserved key inside', '{ and: [{ constructor: { eq: "x" } }] }'],
    ['nesting without end', nested(500)],
  ])('should be refused with %s when it is written out', (_, text) => {
    const { data, errors } = asLiteral(text);
    expect(data).toBeUndefined();
    expect(errors).toHaveLength(1);
  });
});
