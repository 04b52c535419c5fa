import { GraphQLScalarType, type ValueNode, valueFromASTUntyped } from 'graphql';

/** Values are strings from the domain to the wire; what comes in is checked where it is used. */
export const scalars = {
  DateTime: new GraphQLScalarType({ name: 'DateTime', description: 'ISO 8601 instant, UTC' }),
  Date: new GraphQLScalarType({ name: 'Date', description: 'Local date, YYYY-MM-DD' }),
  JSON: new GraphQLScalarType({
    name: 'JSON',
    parseValue: (value: unknown) => value,
    parseLiteral: (node: ValueNode, variables) => valueFromASTUntyped(node, variables),
  }),
};
