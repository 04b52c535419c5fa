import { EngineFault } from '../domain/fault';
import type { Locale } from '../domain/strings';
import { say } from '../domain/strings';
import { readHost } from '../engine/host';
import { requestJson } from '../engine/http';
import { plugin } from '../plugin/plugin';
import type { FilterField, FilterKind } from './filter-field.types';

interface Field {
  name: string;
  label: string;
  type: string;
  isActive: boolean | null;
  options: { value: string; label: string }[] | null;
}

interface Listing {
  data?: { objects?: { edges: { node: { nameSingular: string; fieldsList: Field[] } }[] } };
}

const QUERY =
  '{ objects(paging: { first: 1000 }) { edges { node { nameSingular fieldsList { name label type isActive options } } } } }';

const KINDS: Record<string, FilterKind> = {
  TEXT: 'text',
  NUMBER: 'number',
  NUMERIC: 'number',
  BOOLEAN: 'yesNo',
  SELECT: 'choice',
  RATING: 'choice',
  MULTI_SELECT: 'choices',
  DATE: 'date',
  DATE_TIME: 'date',
};

/** What the engine itself writes is no reason for a rule, and what is deleted is in no list. */
const HIDDEN: ReadonlySet<string> = new Set([
  'deletedAt',
  'updatedBy',
  ...plugin.extends.flatMap(({ fields }) => fields.filter(({ readOnly }) => readOnly).map(({ name }) => name)),
]);

/** Who or what made a record, as Twenty tells it. */
const SOURCES = ['MANUAL', 'IMPORT', 'API', 'WEBHOOK', 'WORKFLOW', 'EMAIL', 'CALENDAR', 'APPLICATION'] as const;

/** The parts of a composite field that are worth a condition. */
function partsOf({ name, label, type }: Field, locale: Locale): FilterField[] {
  const part = (key: string, words: string): FilterField => ({
    path: `${name}.${key}`,
    label: `${label} · ${words}`,
    kind: 'text',
  });
  switch (type) {
    case 'ADDRESS':
      return [
        part('addressCountry', say(locale, 'partCountry')),
        part('addressState', say(locale, 'partState')),
        part('addressCity', say(locale, 'partCity')),
      ];
    case 'LINKS':
      return [{ ...part('primaryLinkUrl', ''), label }];
    case 'EMAILS':
      return [{ ...part('primaryEmail', ''), label }];
    case 'FULL_NAME':
      return [part('firstName', say(locale, 'partFirstName')), part('lastName', say(locale, 'partLastName'))];
    case 'ACTOR':
      return [
        {
          path: `${name}.source`,
          label: `${label} · ${say(locale, 'partSource')}`,
          kind: 'choice',
          options: SOURCES.map((value) => ({ value, label: say(locale, `source${value}`) })),
        },
      ];
    default:
      return [];
  }
}

function fieldOf(field: Field, locale: Locale): FilterField[] {
  const { name, label, type, options } = field;
  if (field.isActive === false || HIDDEN.has(name)) return [];
  const kind = KINDS[type];
  if (kind === undefined) return partsOf(field, locale);
  return [
    {
      path: name,
      label,
      kind,
      ...(options &&
        (kind === 'choice' || kind === 'choices') && {
          options: options.map((option) => ({ value: option.value, label: option.label })),
        }),
    },
  ];
}

export type FilteredObject = 'company' | 'person';

/**
 * What conditions on customers of these kinds can be about, in the reader's language: with both kinds, what both have.
 *
 * @throws EngineFault
 */
export async function readFilterFields(objects: FilteredObject[], locale: Locale): Promise<FilterField[]> {
  const host = readHost();
  const { body } = await requestJson(host, `${host.apiUrl}/metadata`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-locale': locale },
    body: JSON.stringify({ query: QUERY }),
  });
  const nodes = (body as Listing | undefined)?.data?.objects?.edges.map(({ node }) => node);
  if (!nodes) throw new EngineFault('UNAVAILABLE');
  const [first = [], ...others] = objects.map(
    (object) =>
      nodes
        .find(({ nameSingular }) => nameSingular === object)
        ?.fieldsList.flatMap((field) => fieldOf(field, locale)) ?? [],
  );
  const shared = first.filter(({ path, kind }) =>
    others.every((fields) => fields.some((other) => other.path === path && other.kind === kind)),
  );
  return shared.sort((a, b) => a.label.localeCompare(b.label, locale));
}
