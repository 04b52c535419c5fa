import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import { invalidQuery } from '../errors';
import { isUuid } from '../ids';
import type { ObjectMeta, RelationMeta } from '../metadata/metadata.types';
import type { PageArguments, RecordPage } from '../records/record-reader';
import type { InputData } from '../records/record-input';
import type { RecordFilter, StoredRecord } from '../records/record.types';
import { assertNotTooComplex } from './complexity';
import { groupRecords, orderGroups, type RecordGroup } from './group-by';
import type { RequestContext } from './request-context';

type Arguments = Record<string, unknown>;
type RootResolver = GraphQLFieldResolver<unknown, RequestContext, Arguments>;

export interface GroupSource extends RecordGroup {
  page: RecordPage;
}

/** Every root field pays its token and is checked for depth before it does anything. */
function root<T>(run: (context: RequestContext, args: Arguments) => T): RootResolver {
  return (_source, args, context, info: GraphQLResolveInfo) => {
    context.spend();
    assertNotTooComplex(info);
    return run(context, args);
  };
}

function required<T>(args: Arguments, name: string, type: string): T {
  const value = args[name];
  if (value === undefined || value === null) throw invalidQuery(`Missing required argument: "${name}" (${type})`);
  return value as T;
}

function requiredId(args: Arguments): string {
  // Twenty reads an id that is no uuid as a missing one.
  if (!isUuid(args.id)) throw invalidQuery('Missing required argument: "id" (UUID)');
  return args.id.toLowerCase();
}

/** An argument given as null is an argument not given. */
function pageArguments(args: Arguments): PageArguments {
  for (const name of ['first', 'last', 'offset']) {
    const value = args[name] ?? 0;
    if (!Number.isInteger(value) || Number(value) < 0)
      throw invalidQuery(`${name} argument must be a non-negative integer`);
  }
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null && value !== undefined));
}

export function queryResolvers(object: ObjectMeta) {
  const filterType = `${object.nameSingular}FilterInput`;
  return {
    findMany: root(({ caller, reader }, args) => reader.findMany(caller, object, pageArguments(args))),
    findOne: root(({ caller, reader }, args) =>
      reader.findOne(caller, object, required<RecordFilter>(args, 'filter', filterType)),
    ),
    groupBy: root(({ caller, reader, store }, args): GroupSource[] => {
      const { filter, limit, orderBy } = args as {
        filter?: RecordFilter;
        limit?: number;
        orderBy?: Record<string, unknown>[];
      };
      const page = reader.findMany(caller, object, { ...(filter && { filter }), first: 0 });
      const groups = groupRecords(
        store,
        object,
        required<Record<string, unknown>[]>(args, 'groupBy', 'GroupByInput'),
        page.all(),
      );
      return orderGroups(object, groups, orderBy ?? [])
        .slice(0, limit ?? groups.length)
        .map((group) => ({
          ...group,
          page: { ...page, records: group.records, all: () => group.records, count: () => group.records.length },
        }));
    }),
  };
}

export function mutationResolvers(object: ObjectMeta) {
  const filterOf = (args: Arguments) => required<RecordFilter>(args, 'filter', `${object.nameSingular}FilterInput`);
  const dataOf = <T>(args: Arguments) => required<T>(args, 'data', `${object.nameSingular}Input`);
  const first = (records: StoredRecord[]) => records[0] ?? null;
  return {
    createMany: root(({ caller, writer }, args) => {
      const data = dataOf<InputData | InputData[]>(args);
      return writer.create(caller, object, Array.isArray(data) ? data : [data], args.upsert === true);
    }),
    createOne: root(({ caller, writer }, args) =>
      first(writer.create(caller, object, [dataOf<InputData>(args)], args.upsert === true)),
    ),
    updateOne: root(({ caller, writer }, args) =>
      writer.updateOne(caller, object, requiredId(args), dataOf<InputData>(args)),
    ),
    updateMany: root(({ caller, writer }, args) =>
      writer.updateMany(caller, object, filterOf(args), dataOf<InputData>(args)),
    ),
    deleteOne: root(({ caller, writer }, args) =>
      first(writer.delete(caller, object, [writer.byId(object, requiredId(args))])),
    ),
    deleteMany: root(({ caller, writer }, args) =>
      writer.delete(caller, object, writer.matching(object, filterOf(args))),
    ),
    destroyOne: root(({ caller, writer }, args) =>
      first(writer.destroy(caller, object, [writer.byId(object, requiredId(args))])),
    ),
    destroyMany: root(({ caller, writer }, args) =>
      writer.destroy(caller, object, writer.matching(object, filterOf(args))),
    ),
    restoreOne: root(({ caller, writer }, args) =>
      first(writer.restore(caller, object, [writer.byId(object, requiredId(args))])),
    ),
    restoreMany: root(({ caller, writer }, args) =>
      writer.restore(caller, object, writer.matching(object, filterOf(args))),
    ),
  };
}

/** The record at the other end of a many-to-one relation; a soft-deleted one is not shown. */
export function relatedOne(target: ObjectMeta, joinColumn: string): GraphQLFieldResolver<StoredRecord, RequestContext> {
  return (record, _args, { caller, reader, store }) => {
    const id = record[joinColumn];
    if (typeof id !== 'string') return null;
    reader.assertReadable(caller, target);
    const related = store.lookup(target.nameSingular, id);
    return related && related.deletedAt === null ? related : null;
  };
}

export function relatedMany(
  target: ObjectMeta,
  relation: RelationMeta,
): GraphQLFieldResolver<StoredRecord, RequestContext, Arguments> {
  const joinColumn = target.fields.get(relation.inverse)?.relation?.joinColumn;
  return (record, args, { caller, reader }) => {
    if (joinColumn === undefined) throw invalidQuery(`Relation ${relation.inverse} has no column`);
    const page = pageArguments(args);
    const own: RecordFilter = { [joinColumn]: { eq: record.id } };
    return reader.findMany(caller, target, { ...page, filter: page.filter ? { and: [own, page.filter] } : own });
  };
}
