import {
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLString,
  type GraphQLInputFieldConfigMap,
  type GraphQLInputType,
} from 'graphql';
import { COMPOSITE_TYPES, type CompositeType, type SubField } from '../metadata/composite-types';
import type { FieldMeta, ObjectMeta } from '../metadata/metadata.types';
import { aggregatesOf } from './aggregates';
import * as filters from './filter-inputs';
import * as scalars from './scalars';
import { enumName, pascal } from './type-names';

const GroupByDateGranularityInput = new GraphQLInputObjectType({
  name: 'GroupByDateGranularityInput',
  fields: {
    granularity: { type: scalars.DateGranularityEnum },
    weekStartDay: { type: scalars.FirstDayOfTheWeekEnum },
    timeZone: { type: GraphQLString },
  },
});
const OrderByDateGranularityInput = new GraphQLInputObjectType({
  name: 'OrderByDateGranularityInput',
  fields: { orderBy: { type: scalars.OrderByDirectionEnum }, granularity: { type: scalars.DateGranularityEnum } },
});
const FileItemInput = new GraphQLInputObjectType({
  name: 'FileItemInput',
  fields: {
    fileId: { type: new GraphQLNonNull(scalars.UuidScalar) },
    label: { type: new GraphQLNonNull(GraphQLString) },
  },
});
const ActorSourceEnumFilter = filters.enumFilter(scalars.ActorSourceEnum);

type InputKind = 'Create' | 'Update' | 'Filter' | 'OrderBy' | 'OrderByWithGroupBy' | 'GroupBy' | 'Relation';

const NOT_GROUPABLE = new Set(['RAW_JSON', 'FILES', 'TS_VECTOR', 'ACTOR']);

/** The input types of every object, built on demand and once, under Twenty's names. */
export class InputTypes {
  private readonly types = new Map<string, GraphQLInputObjectType>();
  private readonly enums = new Map<string, GraphQLEnumType>();

  constructor(private readonly objectOf: (name: string) => ObjectMeta) {}

  enumOf(object: ObjectMeta, field: FieldMeta): GraphQLEnumType {
    const name = enumName(object, field);
    return this.memo(
      this.enums,
      name,
      () =>
        new GraphQLEnumType({
          name,
          values: Object.fromEntries((field.options ?? []).map(({ value }) => [value, { value }])),
        }),
    );
  }

  of(kind: InputKind, object: ObjectMeta): GraphQLInputObjectType {
    const name = `${pascal(object.nameSingular)}${kind}Input`;
    return this.memo(
      this.types,
      name,
      () => new GraphQLInputObjectType({ name, fields: () => this.fields(kind, object) }),
    );
  }

  private fields(kind: InputKind, object: ObjectMeta): GraphQLInputFieldConfigMap {
    const fields: GraphQLInputFieldConfigMap = {};
    if (kind === 'Relation')
      return { connect: { type: this.connectInput(object) }, disconnect: { type: GraphQLBoolean } };
    if (kind === 'OrderByWithGroupBy') fields.aggregate = { type: this.aggregateOrder(object) };
    for (const field of object.fields.values()) {
      if (field.type === 'RELATION') Object.assign(fields, this.relationFields(kind, field));
      else {
        const type = this.fieldType(kind, object, field);
        if (type) fields[field.name] = { type };
      }
    }
    if (kind === 'Filter') {
      const self = this.of('Filter', object);
      Object.assign(fields, {
        and: { type: new GraphQLList(self) },
        or: { type: new GraphQLList(self) },
        not: { type: self },
      });
    }
    return fields;
  }

  private relationFields(kind: Exclude<InputKind, 'Relation'>, field: FieldMeta): GraphQLInputFieldConfigMap {
    const { relation } = field;
    if (!relation?.joinColumn) return {};
    const target = this.objectOf(relation.target);
    const { joinColumn } = relation;
    switch (kind) {
      case 'Create':
      case 'Update':
        return { [joinColumn]: { type: GraphQLID }, [field.name]: { type: this.of('Relation', target) } };
      case 'Filter':
        return { [joinColumn]: { type: filters.UuidFilter }, [field.name]: { type: this.of('Filter', target) } };
      case 'OrderBy':
      case 'OrderByWithGroupBy':
        return { [joinColumn]: { type: scalars.OrderByDirectionEnum }, [field.name]: { type: this.of(kind, target) } };
      case 'GroupBy':
        return { [field.name]: { type: this.of('GroupBy', target) } };
    }
  }

  private fieldType(
    kind: Exclude<InputKind, 'Relation'>,
    object: ObjectMeta,
    field: FieldMeta,
  ): GraphQLInputType | undefined {
    const composite = COMPOSITE_TYPES[field.type];
    switch (kind) {
      case 'Create': {
        const type = composite ? this.compositeInput('Create', composite) : this.dataType(object, field);
        return field.isNullable || field.defaultValue !== undefined ? type : new GraphQLNonNull(type);
      }
      case 'Update':
        return composite ? this.compositeInput('Update', composite) : this.dataType(object, field);
      case 'Filter':
        return composite ? this.compositeInput('Filter', composite) : this.filterType(object, field);
      case 'OrderBy':
        return composite ? this.compositeInput('OrderBy', composite) : scalars.OrderByDirectionEnum;
      case 'OrderByWithGroupBy':
        if (field.type === 'DATE' || field.type === 'DATE_TIME') return OrderByDateGranularityInput;
        return composite ? this.compositeInput('OrderBy', composite) : scalars.OrderByDirectionEnum;
      case 'GroupBy':
        if (field.isSystem || NOT_GROUPABLE.has(field.type)) return undefined;
        if (field.type === 'DATE' || field.type === 'DATE_TIME') return GroupByDateGranularityInput;
        return composite ? this.compositeInput('GroupBy', composite) : GraphQLBoolean;
    }
  }

  private dataType(object: ObjectMeta, field: FieldMeta): GraphQLInputType {
    switch (field.type) {
      case 'UUID':
        return field.name === 'id' ? GraphQLID : scalars.UuidScalar;
      case 'BOOLEAN':
        return GraphQLBoolean;
      case 'NUMBER':
        return field.isInteger ? GraphQLInt : GraphQLFloat;
      case 'NUMERIC':
        return scalars.BigFloatScalar;
      case 'POSITION':
        return scalars.PositionScalar;
      case 'DATE':
        return scalars.DateScalar;
      case 'DATE_TIME':
        return scalars.DateTimeScalar;
      case 'RAW_JSON':
        return scalars.JsonScalar;
      case 'TS_VECTOR':
        return scalars.TsVectorScalar;
      case 'FILES':
        return new GraphQLList(FileItemInput);
      case 'ARRAY':
        return new GraphQLList(GraphQLString);
      case 'SELECT':
      case 'RATING':
        return this.enumOf(object, field);
      case 'MULTI_SELECT':
        return new GraphQLList(this.enumOf(object, field));
      default:
        return GraphQLString;
    }
  }

  private filterType(object: ObjectMeta, field: FieldMeta): GraphQLInputType {
    switch (field.type) {
      case 'UUID':
        return filters.UuidFilter;
      case 'BOOLEAN':
        return filters.BooleanFilter;
      case 'NUMBER':
        return field.isInteger ? filters.IntFilter : filters.FloatFilter;
      case 'NUMERIC':
        return filters.BigFloatFilter;
      case 'POSITION':
        return filters.FloatFilter;
      case 'DATE':
        return filters.DateFilter;
      case 'DATE_TIME':
        return filters.DateTimeFilter;
      case 'RAW_JSON':
      case 'FILES':
        return filters.RawJsonFilter;
      case 'TS_VECTOR':
        return filters.TsVectorFilter;
      case 'ARRAY':
        return filters.ArrayFilter;
      case 'SELECT':
      case 'RATING':
      case 'MULTI_SELECT': {
        const type = this.enumOf(object, field);
        return this.memo(this.types, `${type.name}Filter`, () => filters.enumFilter(type));
      }
      default:
        return filters.StringFilter;
    }
  }

  private compositeInput(
    kind: 'Create' | 'Update' | 'Filter' | 'OrderBy' | 'GroupBy',
    composite: CompositeType,
  ): GraphQLInputObjectType {
    const name = `${composite.graphqlName}${kind}Input`;
    return this.memo(
      this.types,
      name,
      () =>
        new GraphQLInputObjectType({
          name,
          fields: Object.fromEntries(
            composite.subFields.flatMap((sub) => {
              const type = subFieldType(kind, sub);
              return type ? [[sub.name, { type }]] : [];
            }),
          ),
        }),
    );
  }

  private connectInput(object: ObjectMeta): GraphQLInputObjectType {
    const name = pascal(object.nameSingular);
    return this.memo(
      this.types,
      `${name}ConnectInput`,
      () =>
        new GraphQLInputObjectType({
          name: `${name}ConnectInput`,
          fields: () => ({ where: { type: this.whereUniqueInput(object) } }),
        }),
    );
  }

  private whereUniqueInput(object: ObjectMeta): GraphQLInputObjectType {
    const name = pascal(object.nameSingular);
    const fields: GraphQLInputFieldConfigMap = { id: { type: GraphQLID } };
    for (const field of object.fields.values()) {
      if (!field.isUnique) continue;
      const subField = COMPOSITE_TYPES[field.type]?.uniqueSubField;
      fields[field.name] =
        subField === undefined
          ? { type: this.dataType(object, field) }
          : {
              type: new GraphQLInputObjectType({
                name: `${name}${pascal(field.name)}WhereInput`,
                fields: { [subField]: { type: GraphQLString } },
              }),
            };
    }
    return this.memo(
      this.types,
      `${name}WhereUniqueInput`,
      () => new GraphQLInputObjectType({ name: `${name}WhereUniqueInput`, fields }),
    );
  }

  private aggregateOrder(object: ObjectMeta): GraphQLInputObjectType {
    const name = `${pascal(object.nameSingular)}OrderByWithGroupByAggregateInput`;
    return this.memo(
      this.types,
      name,
      () =>
        new GraphQLInputObjectType({
          name,
          fields: () => {
            const fields: GraphQLInputFieldConfigMap = { totalCount: { type: scalars.OrderByDirectionEnum } };
            for (const aggregate of aggregatesOf(object))
              fields[aggregate.name] = { type: scalars.OrderByDirectionEnum };
            for (const field of object.fields.values()) {
              if (field.type === 'RELATION') Object.assign(fields, this.relationFields('OrderBy', field));
            }
            return fields;
          },
        }),
    );
  }

  private memo<T>(cache: Map<string, T>, name: string, make: () => T): T {
    const known = cache.get(name);
    if (known !== undefined) return known;
    const made = make();
    cache.set(name, made);
    return made;
  }
}

function subFieldType(
  kind: 'Create' | 'Update' | 'Filter' | 'OrderBy' | 'GroupBy',
  sub: SubField,
): GraphQLInputType | undefined {
  if (kind === 'OrderBy') return scalars.OrderByDirectionEnum;
  if (kind === 'GroupBy') return sub.type === 'JSON' ? undefined : GraphQLBoolean;
  if (kind === 'Filter') {
    switch (sub.type) {
      case 'String':
        return filters.StringFilter;
      case 'JSON':
        return filters.RawJsonFilter;
      case 'BigFloat':
        return filters.BigFloatFilter;
      case 'UUID':
        return filters.UuidFilter;
      case 'ActorSource':
        return ActorSourceEnumFilter;
    }
  }
  if (sub.readOnly) return undefined;
  return subFieldOutput(sub);
}

export function subFieldOutput(sub: SubField) {
  switch (sub.type) {
    case 'String':
      return GraphQLString;
    case 'JSON':
      return scalars.JsonScalar;
    case 'BigFloat':
      return scalars.BigFloatScalar;
    case 'UUID':
      return scalars.UuidScalar;
    case 'ActorSource':
      return scalars.ActorSourceEnum;
  }
}
