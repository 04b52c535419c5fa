import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLFieldConfigMap,
  type GraphQLInputType,
  type GraphQLOutputType,
} from 'graphql';
import { COMPOSITE_TYPES, type CompositeType } from '../metadata/composite-types';
import type { FieldMeta, ObjectMeta } from '../metadata/metadata.types';
import type { MetadataRegistry } from '../metadata/metadata-registry';
import type { RecordPage } from '../records/record-reader';
import type { StoredRecord } from '../records/record.types';
import { aggregatesOf } from './aggregates';
import { InputTypes, subFieldOutput } from './input-types';
import type { RequestContext } from './request-context';
import { mutationResolvers, queryResolvers, relatedMany, relatedOne, type GroupSource } from './resolvers';
import * as scalars from './scalars';
import { operationNames, pascal } from './type-names';

type Fields<TSource> = GraphQLFieldConfigMap<TSource, RequestContext>;

const nonNull = (type: GraphQLOutputType): GraphQLOutputType => new GraphQLNonNull(type as GraphQLObjectType);

const PageInfo = new GraphQLObjectType({
  name: 'PageInfo',
  fields: {
    startCursor: { type: scalars.ConnectionCursorScalar },
    endCursor: { type: scalars.ConnectionCursorScalar },
    hasNextPage: { type: new GraphQLNonNull(GraphQLBoolean) },
    hasPreviousPage: { type: new GraphQLNonNull(GraphQLBoolean) },
  },
});

const FileObject = new GraphQLObjectType({
  name: 'FileObject',
  fields: {
    fileId: { type: new GraphQLNonNull(scalars.UuidScalar) },
    label: { type: new GraphQLNonNull(GraphQLString) },
    extension: { type: GraphQLString },
    url: { type: GraphQLString },
  },
});

/**
 * Builds the record API of a workspace from its metadata, in Twenty's naming.
 *
 * Two schemas come from one description. The published one has exact argument types: it is what documents are validated
 * against. The executed one takes every argument as JSON, because Twenty checks values against metadata with errors of its
 * own instead of GraphQL's coercion errors.
 */
export class SchemaBuilder {
  private readonly objectTypes = new Map<string, GraphQLObjectType>();
  private readonly connectionTypes = new Map<string, GraphQLObjectType>();
  private readonly compositeTypes = new Map<string, GraphQLObjectType>();
  private readonly inputs: InputTypes;

  private constructor(
    private readonly registry: MetadataRegistry,
    private readonly anyArguments: boolean,
  ) {
    this.inputs = new InputTypes((name) => registry.get(name));
  }

  static published(registry: MetadataRegistry): GraphQLSchema {
    return new SchemaBuilder(registry, false).schema();
  }

  static executed(registry: MetadataRegistry): GraphQLSchema {
    return new SchemaBuilder(registry, true).schema();
  }

  private schema(): GraphQLSchema {
    const query: Fields<unknown> = {};
    const mutation: Fields<unknown> = {};
    for (const object of this.registry.objects()) {
      this.addQueries(query, object);
      this.addMutations(mutation, object);
    }
    return new GraphQLSchema({
      query: new GraphQLObjectType({ name: 'Query', fields: query }),
      mutation: new GraphQLObjectType({ name: 'Mutation', fields: mutation }),
    });
  }

  private addQueries(fields: Fields<unknown>, object: ObjectMeta): void {
    const names = operationNames(object);
    const resolve = queryResolvers(object);
    const filter = this.inputs.of('Filter', object);
    fields[names.findMany] = {
      type: this.connection(object),
      args: this.pageArguments(object),
      resolve: resolve.findMany,
    };
    fields[names.findOne] = {
      type: this.objectType(object),
      args: this.args({ filter: new GraphQLNonNull(filter) }),
      resolve: resolve.findOne,
    };
    fields[names.groupBy] = {
      type: new GraphQLList(new GraphQLNonNull(this.groupConnection(object))),
      args: this.args({
        groupBy: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(this.inputs.of('GroupBy', object)))),
        filter,
        orderBy: new GraphQLList(this.inputs.of('OrderByWithGroupBy', object)),
        orderByForRecords: new GraphQLList(this.inputs.of('OrderBy', object)),
        viewId: scalars.UuidScalar,
        limit: GraphQLInt,
        offsetForRecords: GraphQLInt,
      }),
      resolve: resolve.groupBy,
    };
  }

  private addMutations(fields: Fields<unknown>, object: ObjectMeta): void {
    const names = operationNames(object);
    const resolve = mutationResolvers(object);
    const one = this.objectType(object);
    const many = new GraphQLList(new GraphQLNonNull(one));
    const create = new GraphQLNonNull(this.inputs.of('Create', object));
    const data = new GraphQLNonNull(this.inputs.of('Update', object));
    const id = this.args({ id: new GraphQLNonNull(scalars.UuidScalar) });
    const filter = { filter: new GraphQLNonNull(this.inputs.of('Filter', object)) };
    fields[names.createMany] = {
      type: many,
      args: this.args({ data: new GraphQLNonNull(new GraphQLList(create)), upsert: GraphQLBoolean }),
      resolve: resolve.createMany,
    };
    fields[names.createOne] = {
      type: one,
      args: this.args({ data: create, upsert: GraphQLBoolean }),
      resolve: resolve.createOne,
    };
    fields[names.updateOne] = {
      type: one,
      args: this.args({ id: new GraphQLNonNull(scalars.UuidScalar), data }),
      resolve: resolve.updateOne,
    };
    fields[names.updateMany] = { type: many, args: this.args({ data, ...filter }), resolve: resolve.updateMany };
    fields[names.deleteOne] = { type: one, args: id, resolve: resolve.deleteOne };
    fields[names.deleteMany] = { type: many, args: this.args(filter), resolve: resolve.deleteMany };
    fields[names.destroyOne] = { type: one, args: id, resolve: resolve.destroyOne };
    fields[names.destroyMany] = { type: many, args: this.args(filter), resolve: resolve.destroyMany };
    fields[names.restoreOne] = { type: one, args: id, resolve: resolve.restoreOne };
    fields[names.restoreMany] = { type: many, args: this.args(filter), resolve: resolve.restoreMany };
  }

  private args(types: Record<string, GraphQLInputType>): GraphQLFieldConfigArgumentMap {
    return Object.fromEntries(
      Object.entries(types).map(([name, type]) => [name, { type: this.anyArguments ? scalars.JsonScalar : type }]),
    );
  }

  private pageArguments(object: ObjectMeta): GraphQLFieldConfigArgumentMap {
    return this.args({
      first: GraphQLInt,
      last: GraphQLInt,
      offset: GraphQLInt,
      before: GraphQLString,
      after: GraphQLString,
      filter: this.inputs.of('Filter', object),
      orderBy: new GraphQLList(this.inputs.of('OrderBy', object)),
    });
  }

  private objectType(object: ObjectMeta): GraphQLObjectType {
    return memo(
      this.objectTypes,
      object.nameSingular,
      () =>
        new GraphQLObjectType({
          name: pascal(object.nameSingular),
          fields: () => this.objectFields(object),
        }),
    );
  }

  private objectFields(object: ObjectMeta): Fields<StoredRecord> {
    const fields: Fields<StoredRecord> = {};
    for (const field of object.fields.values()) {
      if (!field.relation) {
        const type = this.outputType(object, field);
        fields[field.name] = { type: field.isNullable ? type : nonNull(type) };
        continue;
      }
      const { joinColumn } = field.relation;
      const target = this.registry.get(field.relation.target);
      if (joinColumn === undefined) {
        fields[field.name] = {
          type: this.connection(target),
          args: this.pageArguments(target),
          resolve: relatedMany(target, field.relation),
        };
      } else {
        fields[joinColumn] = { type: field.isNullable ? GraphQLID : nonNull(GraphQLID) };
        fields[field.name] = { type: this.objectType(target), resolve: relatedOne(target, joinColumn) };
      }
    }
    return fields;
  }

  private outputType(object: ObjectMeta, field: FieldMeta): GraphQLOutputType {
    const composite = COMPOSITE_TYPES[field.type];
    if (composite) return this.compositeType(composite);
    switch (field.type) {
      case 'UUID':
        return scalars.UuidScalar;
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
        return new GraphQLList(FileObject);
      case 'ARRAY':
        return new GraphQLList(GraphQLString);
      case 'SELECT':
      case 'RATING':
        return this.inputs.enumOf(object, field);
      case 'MULTI_SELECT':
        return new GraphQLList(this.inputs.enumOf(object, field));
      default:
        return GraphQLString;
    }
  }

  private compositeType(composite: CompositeType): GraphQLObjectType {
    return memo(
      this.compositeTypes,
      composite.graphqlName,
      () =>
        new GraphQLObjectType({
          name: composite.graphqlName,
          fields: Object.fromEntries(composite.subFields.map((sub) => [sub.name, { type: subFieldOutput(sub) }])),
        }),
    );
  }

  private connection(object: ObjectMeta): GraphQLObjectType {
    const name = pascal(object.nameSingular);
    return memo(
      this.connectionTypes,
      `${name}Connection`,
      () =>
        new GraphQLObjectType<RecordPage, RequestContext>({
          name: `${name}Connection`,
          fields: () => {
            const fields: Fields<RecordPage> = { totalCount: { type: GraphQLInt, resolve: (page) => page.count() } };
            for (const { name: aggregate, type, compute } of aggregatesOf(object)) {
              fields[aggregate] = { type, resolve: (page) => compute(page.all()) };
            }
            fields.edges = {
              type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(this.edge(object)))),
              resolve: (page) => page.records.map((node) => ({ node, cursor: () => page.order.cursorOf(node) })),
            };
            fields.pageInfo = { type: new GraphQLNonNull(PageInfo), resolve: pageInfoOf };
            return fields;
          },
        }),
    );
  }

  private edge(object: ObjectMeta): GraphQLObjectType {
    return new GraphQLObjectType({
      name: `${pascal(object.nameSingular)}Edge`,
      fields: {
        node: { type: new GraphQLNonNull(this.objectType(object)) },
        cursor: { type: new GraphQLNonNull(scalars.CursorScalar) },
      },
    });
  }

  private groupConnection(object: ObjectMeta): GraphQLObjectType {
    const name = pascal(object.nameSingular);
    return new GraphQLObjectType<GroupSource, RequestContext>({
      name: `${name}GroupByConnection`,
      fields: () => {
        const fields: Fields<GroupSource> = {
          totalCount: { type: GraphQLInt, resolve: (group) => group.records.length },
        };
        for (const { name: aggregate, type, compute } of aggregatesOf(object)) {
          fields[aggregate] = { type, resolve: (group) => compute(group.records) };
        }
        const page = (group: GroupSource) => group.page;
        const connection = this.connection(object).getFields();
        const edges = connection.edges;
        if (edges) {
          fields.edges = {
            type: edges.type,
            resolve: (group) =>
              page(group).records.map((node) => ({ node, cursor: () => page(group).order.cursorOf(node) })),
          };
        }
        fields.pageInfo = { type: new GraphQLNonNull(PageInfo), resolve: (group) => pageInfoOf(page(group)) };
        fields.groupByDimensionValues = { type: new GraphQLNonNull(scalars.JsonScalar) };
        return fields;
      },
    });
  }
}

function pageInfoOf(page: RecordPage) {
  const [first] = page.records;
  const last = page.records.at(-1);
  return {
    startCursor: first ? page.order.cursorOf(first) : null,
    endCursor: last ? page.order.cursorOf(last) : null,
    hasNextPage: page.hasNextPage,
    hasPreviousPage: page.hasPreviousPage,
  };
}

function memo<T>(cache: Map<string, T>, name: string, make: () => T): T {
  const known = cache.get(name);
  if (known !== undefined) return known;
  const made = make();
  cache.set(name, made);
  return made;
}
