import type { MatchValues } from './auto-assignment.types';

const anything = '*';

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
    const accepted = (isList(taken) ? taken : (taken[field] ?? [])).map(plain);
    const present = (values[field] ?? []).map(plain);
    if (present.some((value) => accepted.includes(value))) degree += 1;
    else if (!accepted.includes(anything)) return null;
  }
  return degree;
}

/** What Twenty has of a member, as people write it: a list, or lists or single values by field. Anything else is nothing. */
export function readMatchValues(raw: unknown): MatchValues | null {
  if (Array.isArray(raw)) return texts(raw);
  if (typeof raw !== 'object' || raw === null) return null;
  return Object.fromEntries(
    Object.entries(raw).map(([field, value]) => [field, texts(Array.isArray(value) ? value : [value])]),
  );
}

function texts(values: unknown[]): string[] {
  return values.flatMap((value) =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : [],
  );
}

function isList(taken: MatchValues): taken is readonly string[] {
  return Array.isArray(taken);
}

/** Case, width and blanks around make no difference. */
function plain(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
