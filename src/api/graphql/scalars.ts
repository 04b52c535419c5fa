import { GraphQLScalarType, type ValueNode, valueFromASTUntyped } from 'graphql';
import { jsonFault } from '../../domain/text/bounded-json';
import { ApiError } from './api-error';

/** Values are strings from the domain to the wire; what comes in is checked where it is used. */
export const scalars = {
  DateTime: new GraphQLScalarType({ name: 'DateTime', description: 'ISO 8601 instant, UTC' }),
  Date: new GraphQLScalarType({ name: 'Date', description: 'Local date, YYYY-MM-DD' }),
  JSON: new GraphQLScalarType({
    name: 'JSON',
    parseValue: usable,
    parseLiteral: (node: ValueNode, variables) => usable(valueFromASTUntyped(node, variables)),
  }),
};

/** JSON has to be looked at here: validation comes after a transformation that recurses into it and leaves out reserved keys. */
function usable(value: unknown): unknown {
  const fault = jsonFault(value);
  if (fault) throw new ApiError('BAD_USER_INPUT', `JSON ${fault.en}. JSON ${fault.zh}。`);
  return value;
}
