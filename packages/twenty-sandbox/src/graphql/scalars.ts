import { GraphQLEnumType, GraphQLScalarType, valueFromASTUntyped } from 'graphql';
import { ACTOR_SOURCES } from '../metadata/composite-types';

/** Twenty checks values against the field's metadata, not against the scalar, so these let everything through. */
const passThrough = (name: string): GraphQLScalarType =>
  new GraphQLScalarType({
    name,
    parseValue: (value) => value,
    parseLiteral: (ast, variables) => withoutUndefined(valueFromASTUntyped(ast, variables)),
  });

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, withoutUndefined(item)]),
  );
}

const enumeration = (name: string, values: readonly string[]): GraphQLEnumType =>
  new GraphQLEnumType({ name, values: Object.fromEntries(values.map((value) => [value, { value }])) });

export const JsonScalar = passThrough('JSON');
export const UuidScalar = passThrough('UUID');
export const DateTimeScalar = passThrough('DateTime');
export const DateScalar = passThrough('Date');
export const BigFloatScalar = passThrough('BigFloat');
export const PositionScalar = passThrough('Position');
export const TsVectorScalar = passThrough('TSVector');
export const CursorScalar = passThrough('Cursor');
export const ConnectionCursorScalar = passThrough('ConnectionCursor');

export const FilterIsEnum = enumeration('FilterIs', ['NULL', 'NOT_NULL']);
export const OrderByDirectionEnum = enumeration('OrderByDirection', [
  'AscNullsFirst',
  'AscNullsLast',
  'DescNullsFirst',
  'DescNullsLast',
]);
export const ActorSourceEnum = enumeration('ActorSourceEnum', ACTOR_SOURCES);
export const DateGranularityEnum = enumeration('DateGranularityEnum', [
  'DAY',
  'MONTH',
  'QUARTER',
  'YEAR',
  'WEEK',
  'DAY_OF_THE_WEEK',
  'MONTH_OF_THE_YEAR',
  'QUARTER_OF_THE_YEAR',
  'NONE',
]);
export const FirstDayOfTheWeekEnum = enumeration('FirstDayOfTheWeek', ['MONDAY', 'SUNDAY', 'SATURDAY']);
