import { buildSchema, getNamedType, type GraphQLField, isInputObjectType, isObjectType } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Asked again, they answer the same by nature. */
const idempotent = ['cancelJob'];

const mutation = buildSchema(readFileSync(join(__dirname, '../schema.graphql'), 'utf8')).getType('Mutation');
const fields = isObjectType(mutation) ? Object.values(mutation.getFields()) : [];

/** As an argument of its own, or in the one input. */
function takesRequestId({ args }: GraphQLField<unknown, unknown>): boolean {
  return args.some(({ name, type }) => {
    const named = getNamedType(type);
    return name === 'requestId' || (isInputObjectType(named) && named.getFields()['requestId'] !== undefined);
  });
}

describe('mutations of the public API', () => {
  it.each(fields.map((field) => [field.name, field] as const))(
    'should let a lost answer to %s be asked for again',
    (name, field) => {
      expect(takesRequestId(field)).toBe(!idempotent.includes(name));
    },
  );

  it('should all be looked at', () => {
    expect(fields.map(({ name }) => name)).toEqual(expect.arrayContaining(['claim', 'reassign', ...idempotent]));
  });
});
