import { invalidValue, unknownField } from '../errors';
import { COMPOSITE_TYPES } from '../metadata/composite-types';
import type { FieldMeta, ObjectMeta } from '../metadata/metadata.types';
import { columnOf, type MetadataRegistry } from '../metadata/metadata-registry';
import { kindOfField, kindOfSubField, operatorTest, type Truth } from './filter-operators';
import type { RecordFilter, StoredRecord } from './record.types';
import { searchText } from './search-vector';

export type Predicate = (record: StoredRecord) => Truth;
type Lookup = (object: string, id: string) => StoredRecord | undefined;

const CONNECTIVES = new Set(['and', 'or', 'not']);

const all = (parts: Predicate[]): Predicate => {
  const [first] = parts;
  if (parts.length === 1 && first) return first;
  return (record) => {
    let result: Truth = true;
    for (const part of parts) {
      const truth = part(record);
      if (truth === false) return false;
      if (truth === null) result = null;
    }
    return result;
  };
};

const any =
  (parts: Predicate[]): Predicate =>
  (record) => {
    let result: Truth = false;
    for (const part of parts) {
      const truth = part(record);
      if (truth === true) return true;
      if (truth === null) result = null;
    }
    return result;
  };

function isFilter(value: unknown): value is RecordFilter {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Turns the filters of requests into predicates with SQL's three-valued logic; a record matches when the answer is `true`. */
export class FilterCompiler {
  constructor(
    private readonly registry: MetadataRegistry,
    private readonly lookup: Lookup,
  ) {}

  compile(object: ObjectMeta, filter: RecordFilter): Predicate {
    const parts: Predicate[] = [];
    for (const [key, value] of Object.entries(filter)) {
      if (value === undefined || value === null) continue;
      if (CONNECTIVES.has(key)) parts.push(this.connective(object, key, value));
      else parts.push(this.fieldTest(object, key, value));
    }
    return all(parts);
  }

  private connective(object: ObjectMeta, key: string, value: unknown): Predicate {
    const filters = (Array.isArray(value) ? value : [value]).filter(isFilter);
    const parts = filters.map((part) => this.compile(object, part));
    if (key === 'and') return all(parts);
    if (key === 'or') return parts.length === 0 ? () => true : any(parts);
    const inner = all(parts);
    return (record) => {
      const truth = inner(record);
      return truth === null ? null : !truth;
    };
  }

  private fieldTest(object: ObjectMeta, key: string, value: unknown): Predicate {
    const field = object.fields.get(key) ?? relationOfColumn(object, key);
    if (!field || !isFilter(value)) throw unknownField('FILTER', object.nameSingular, key);
    if (field.type === 'RELATION' && key === field.name) return this.relationTest(field, value);
    const composite = COMPOSITE_TYPES[field.type];
    if (composite) {
      const parts = Object.entries(value).flatMap(([name, test]) => {
        const sub = composite.subFields.find((candidate) => candidate.name === name);
        if (!sub || !isFilter(test)) throw unknownField('FILTER', object.nameSingular, `${key}.${name}`);
        const kind = kindOfSubField(sub.type);
        return operators(test).map(([operator, operand]): Predicate => {
          const valueTest = operatorTest(field, kind, operator, operand);
          return (record) => valueTest((record[field.name] as Record<string, unknown> | undefined)?.[name]);
        });
      });
      return all(parts);
    }
    if (field.type === 'TS_VECTOR') {
      const words = String(value.search ?? '')
        .toLowerCase()
        .split(/\s+/)
        .filter(Boolean);
      return (record) => {
        const text = searchText(object, record).toLowerCase();
        return words.every((word) => text.includes(word));
      };
    }
    const column = columnOf(field) ?? field.name;
    const kind = kindOfField(field);
    return all(
      operators(value).map(([operator, operand]): Predicate => {
        const valueTest = operatorTest(field, kind, operator, operand);
        return (record) => valueTest(record[column]);
      }),
    );
  }

  private relationTest(field: FieldMeta, filter: RecordFilter): Predicate {
    const { relation } = field;
    if (!relation?.joinColumn) {
      throw invalidValue('FILTER', `Cannot filter by one-to-many relation "${field.name}"`);
    }
    const { joinColumn, target } = relation;
    const inner = this.compile(this.registry.get(target), filter);
    return (record) => {
      const id = record[joinColumn];
      const related = typeof id === 'string' ? this.lookup(target, id) : undefined;
      return related ? inner(related) : null;
    };
  }
}

function operators(value: RecordFilter): [string, unknown][] {
  return Object.entries(value).filter(([, operand]) => operand !== undefined);
}

export function relationOfColumn(object: ObjectMeta, column: string): FieldMeta | undefined {
  if (!column.endsWith('Id')) return undefined;
  const field = object.fields.get(column.slice(0, -2));
  return field?.relation?.joinColumn === column ? field : undefined;
}

/** Whether the filter says anything about `deletedAt`: then Twenty no longer hides soft-deleted records. */
export function mentionsDeletedAt(filter: RecordFilter): boolean {
  return Object.entries(filter).some(([key, value]) => {
    if (key === 'deletedAt') return value !== undefined && value !== null;
    if (!CONNECTIVES.has(key)) return false;
    return (Array.isArray(value) ? value : [value]).filter(isFilter).some(mentionsDeletedAt);
  });
}
