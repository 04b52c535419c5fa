import { bounded, folded, longest, most } from '../../text/bounded-text';
import type { MatchValues } from './auto-assignment.types';

const anything = '*';
const nothing: readonly string[] = [];

/**
 * How closely what a member takes fits a customer: the number of fields that fit by name, counting none that fits by `*`;
 * null when a field does not fit, because what a member does not say they do not take.
 */
export function matchDegree(
  taken: MatchValues | null,
  fields: readonly string[],
  values: Readonly<Record<string, readonly string[]>>,
): number | null {
  if (!taken || fields.length === 0) return null;
  let degree = 0;
  for (const field of fields) {
    const accepted = plain(isList(taken) ? taken : listAt(taken, field));
    if ([...plain(listAt(values, field))].some((value) => accepted.has(value))) degree += 1;
    else if (!accepted.has(anything)) return null;
  }
  return degree;
}

/** What Twenty has of a member, as people write it: a list, or lists or single values by field. Anything else is nothing. */
export function readMatchValues(raw: unknown): MatchValues | null {
  if (Array.isArray(raw)) return texts(raw);
  if (typeof raw !== 'object' || raw === null) return null;
  const fields = Object.entries(raw).filter(([field]) => field.length <= longest.fieldPath);
  return Object.fromEntries(
    fields.slice(0, most.fields).map(([field, value]) => [field, texts(Array.isArray(value) ? value : [value])]),
  );
}

function texts(values: unknown[]): string[] {
  return values
    .slice(0, most.values)
    .flatMap((value) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [bounded(String(value), longest.value)]
        : [],
    );
}

function isList(taken: MatchValues): taken is readonly string[] {
  return Array.isArray(taken);
}

/** A field may be called `constructor`. */
function listAt(lists: Readonly<Record<string, readonly string[]>>, field: string): readonly string[] {
  return (Object.hasOwn(lists, field) && lists[field]) || nothing;
}

/** The same list is looked at for every customer, or for every member, of a batch. */
const known = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Case, width and blanks around make no difference. */
function plain(list: readonly string[]): ReadonlySet<string> {
  const found = known.get(list) ?? new Set(list.map((text) => folded(text, longest.value)));
  known.set(list, found);
  return found;
}
