import type { ObjectMeta } from '../metadata/metadata.types';
import type { StoredRecord } from './record.types';

/** The words Twenty finds a record by: its label and its composite contact fields. */
export function searchText(object: ObjectMeta, record: StoredRecord): string {
  const parts: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') parts.push(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  collect(record[object.labelIdentifier]);
  for (const name of ['emails', 'domainName', 'userEmail']) {
    if (object.fields.has(name)) collect(record[name]);
  }
  return parts.filter((part) => part !== '').join(' ');
}

/** PostgreSQL's text form of a tsvector: each word with the places it stands at. */
export function searchVector(object: ObjectMeta, record: StoredRecord): string {
  const places = new Map<string, number[]>();
  searchText(object, record)
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .forEach((word, index) => {
      const known = places.get(word);
      if (known) known.push(index + 1);
      else places.set(word, [index + 1]);
    });
  return [...places.keys()]
    .sort()
    .map((word) => `'${word.replaceAll("'", "''")}':${(places.get(word) ?? []).join(',')}`)
    .join(' ');
}
