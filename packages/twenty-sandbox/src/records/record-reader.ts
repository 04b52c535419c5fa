import { permissionDenied, recordNotFound } from '../errors';
import type { Caller } from '../auth/caller';
import { mayOnRecords } from '../auth/role';
import type { ObjectMeta } from '../metadata/metadata.types';
import { mentionsDeletedAt } from './filter';
import { candidateIds, earliestUpdatedAt } from './filter-hints';
import { RecordOrder } from './order';
import type { OrderByInput, RecordFilter, StoredRecord } from './record.types';
import type { RecordStore } from './record-store';
import type { RecordTable } from './record-table';

/** What Twenty returns when neither `first` nor `last` is given. */
const DEFAULT_PAGE = 200;

export interface PageArguments {
  first?: number;
  last?: number;
  offset?: number;
  before?: string;
  after?: string;
  filter?: RecordFilter;
  orderBy?: OrderByInput | OrderByInput[];
}

export interface RecordPage {
  object: ObjectMeta;
  records: StoredRecord[];
  order: RecordOrder;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** Everything that matches, whatever the page; read only when an aggregate is asked for. */
  all: () => StoredRecord[];
  count: () => number;
}

interface Query {
  table: RecordTable;
  filter: RecordFilter;
  order: RecordOrder;
  matches: (record: StoredRecord) => boolean;
}

/** Reads records as Twenty's find queries do. */
export class RecordReader {
  constructor(private readonly store: RecordStore) {}

  assertReadable(caller: Caller, object: ObjectMeta): void {
    if (!mayOnRecords(caller.role, object.nameSingular, 'read')) throw permissionDenied();
  }

  findOne(caller: Caller, object: ObjectMeta, filter: RecordFilter): StoredRecord {
    const [record] = this.findMany(caller, object, { filter, first: 1 }).records;
    if (!record) throw recordNotFound();
    return record;
  }

  findMany(caller: Caller, object: ObjectMeta, args: PageArguments): RecordPage {
    this.assertReadable(caller, object);
    const query = this.query(object, args);
    const forward = args.last === undefined && args.before === undefined;
    const page = forward ? this.forwardPage(query, args) : this.backwardPage(query, args);
    const all = () => [...this.scan(query)].filter(query.matches);
    const unfiltered = Object.keys(query.filter).length === 0;
    return {
      object,
      order: query.order,
      ...page,
      all,
      count: () => (unfiltered ? query.table.live : this.countOf(query)),
    };
  }

  private query(object: ObjectMeta, args: PageArguments): Query {
    const table = this.store.table(object.nameSingular);
    const filter = args.filter ?? {};
    const predicate = this.store.filters.compile(object, filter);
    const showsDeleted = mentionsDeletedAt(filter);
    const orderBy = args.orderBy === undefined || Array.isArray(args.orderBy) ? args.orderBy : [args.orderBy];
    return {
      table,
      filter,
      order: RecordOrder.of(this.store.registry, this.store.lookup, object, orderBy),
      matches: (record) => (showsDeleted || record.deletedAt === null) && predicate(record) === true,
    };
  }

  private forwardPage(query: Query, args: PageArguments) {
    const limit = args.first ?? DEFAULT_PAGE;
    const after = args.after === undefined ? undefined : query.order.keysOfCursor(args.after);
    let skip = args.offset ?? 0;
    const records: StoredRecord[] = [];
    let hasNextPage = false;
    for (const record of this.inOrder(query, after)) {
      if (!query.matches(record)) continue;
      if (skip > 0) {
        skip -= 1;
        continue;
      }
      if (records.length === limit) {
        hasNextPage = true;
        break;
      }
      records.push(record);
    }
    return { records, hasNextPage, hasPreviousPage: after !== undefined };
  }

  private backwardPage(query: Query, args: PageArguments) {
    const limit = args.last ?? args.first ?? DEFAULT_PAGE;
    const before = args.before === undefined ? undefined : query.order.keysOfCursor(args.before);
    const matching = [...this.inOrder(query, undefined)].filter(
      (record) => query.matches(record) && (!before || query.order.compareKeys(query.order.keysOf(record), before) < 0),
    );
    const start = Math.max(0, matching.length - limit);
    return { records: matching.slice(start), hasNextPage: before !== undefined, hasPreviousPage: start > 0 };
  }

  /** Records in the query's order, from just behind the cursor, by the cheapest way that gives it. */
  private *inOrder(query: Query, after: unknown[] | undefined): Generator<StoredRecord> {
    const { table, order } = query;
    const behind = (record: StoredRecord) => !after || order.compareKeys(order.keysOf(record), after) > 0;
    const candidates = candidateIds(table, query.filter);
    if (candidates) {
      const records = [...this.scan(query)].filter((record) => query.matches(record) && behind(record));
      yield* records.sort(order.compare);
      return;
    }
    if (order.isChangeOrder) {
      const bound = earliestUpdatedAt(query.filter);
      const cursor = after ? { updatedAt: String(after[0]), id: String(after[1]) } : undefined;
      const from = bound !== undefined && (!cursor || bound > cursor.updatedAt) ? { updatedAt: bound, id: '' } : cursor;
      for (const record of table.changes.from(from)) if (behind(record)) yield record;
      return;
    }
    const records = table.ordered(order.key, order.compare);
    for (let index = after ? firstBehind(records, order, after) : 0; index < records.length; index += 1) {
      const record = records[index];
      if (record) yield record;
    }
  }

  private *scan(query: Query): Generator<StoredRecord> {
    const candidates = candidateIds(query.table, query.filter);
    if (!candidates) {
      yield* query.table.all();
      return;
    }
    for (const id of candidates) {
      const record = query.table.get(id);
      if (record) yield record;
    }
  }

  private countOf(query: Query): number {
    let count = 0;
    for (const record of this.scan(query)) if (query.matches(record)) count += 1;
    return count;
  }
}

function firstBehind(records: readonly StoredRecord[], order: RecordOrder, after: readonly unknown[]): number {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const record = records[middle];
    if (record && order.compareKeys(order.keysOf(record), after) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
