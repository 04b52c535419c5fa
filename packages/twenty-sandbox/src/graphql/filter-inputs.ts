import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLString,
  type GraphQLEnumType,
  type GraphQLInputType,
} from 'graphql';
import { BigFloatScalar, DateScalar, DateTimeScalar, FilterIsEnum, UuidScalar } from './scalars';

const fieldsOf = (types: Record<string, GraphQLInputType>) =>
  Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { type }]));

const listOf = (type: GraphQLInputType) => new GraphQLList(new GraphQLNonNull(type));

function comparable(
  name: string,
  type: GraphQLInputType,
  inList: GraphQLInputType = listOf(type),
): GraphQLInputObjectType {
  return new GraphQLInputObjectType({
    name,
    fields: fieldsOf({ eq: type, gt: type, gte: type, in: inList, lt: type, lte: type, neq: type, is: FilterIsEnum }),
  });
}

export const UuidFilter = comparable('UUIDFilter', UuidScalar, new GraphQLList(UuidScalar));
export const DateTimeFilter = comparable('DateTimeFilter', DateTimeScalar);
export const DateFilter = comparable('DateFilter', DateScalar);
export const FloatFilter = comparable('FloatFilter', GraphQLFloat);
export const IntFilter = comparable('IntFilter', GraphQLInt);
export const BigFloatFilter = comparable('BigFloatFilter', BigFloatScalar);
export const BooleanFilter = new GraphQLInputObjectType({
  name: 'BooleanFilter',
  fields: fieldsOf({ eq: GraphQLBoolean, is: FilterIsEnum }),
});
export const StringFilter = new GraphQLInputObjectType({
  name: 'StringFilter',
  fields: fieldsOf({
    eq: GraphQLString,
    gt: GraphQLString,
    gte: GraphQLString,
    in: listOf(GraphQLString),
    lt: GraphQLString,
    lte: GraphQLString,
    neq: GraphQLString,
    startsWith: GraphQLString,
    endsWith: GraphQLString,
    like: GraphQLString,
    ilike: GraphQLString,
    regex: GraphQLString,
    iregex: GraphQLString,
    is: FilterIsEnum,
  }),
});
export const RawJsonFilter = new GraphQLInputObjectType({
  name: 'RawJsonFilter',
  fields: fieldsOf({ is: FilterIsEnum, like: GraphQLString }),
});
export const ArrayFilter = new GraphQLInputObjectType({
  name: 'ArrayFilter',
  fields: fieldsOf({ containsIlike: GraphQLString, is: FilterIsEnum, isEmptyArray: GraphQLBoolean }),
});
export const TsVectorFilter = new GraphQLInputObjectType({
  name: 'TSVectorFilter',
  fields: fieldsOf({ search: GraphQLString }),
});

export function enumFilter(type: GraphQLEnumType): GraphQLInputObjectType {
  const list = new GraphQLList(type);
  return new GraphQLInputObjectType({
    name: `${type.name}Filter`,
    fields: fieldsOf({
      eq: type,
      neq: type,
      in: list,
      containsAny: list,
      is: FilterIsEnum,
      isEmptyArray: GraphQLBoolean,
    }),
  });
}
