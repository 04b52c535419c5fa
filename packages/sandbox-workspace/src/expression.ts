import type { StoredRecord } from './workspace.types';

type Records = readonly StoredRecord[];

interface Scope {
  records: Records;
  isSelectAll: boolean;
}

const isThere = (value: unknown): boolean => value !== null && value !== undefined;

/** As Twenty has them: of no records every one of them is false, `none…` as well. */
const HELPERS: Record<string, (records: Records, field: string, value?: string) => boolean> = {
  everyEquals: (records, field, value) => records.every((record) => record[field] === value),
  everyDefined: (records, field) => records.every((record) => isThere(record[field])),
  someEquals: (records, field, value) => records.some((record) => record[field] === value),
  someDefined: (records, field) => records.some((record) => isThere(record[field])),
  noneEquals: (records, field, value) => records.every((record) => record[field] !== value),
  noneDefined: (records, field) => records.every((record) => !isThere(record[field])),
};

function isTrue(term: string, { records, isSelectAll }: Scope): boolean {
  if (term.startsWith('not ')) return !isTrue(term.slice(4).trim(), { records, isSelectAll });
  if (term === 'isSelectAll') return isSelectAll;
  const [, helper = '', rest = ''] = /^(\w+)\(selectedRecords,\s*(.*)\)$/.exec(term) ?? [];
  const [field = '', value] = rest.split(',').map((argument) => argument.trim().replace(/^'(.*)'$/, '$1'));
  const known = HELPERS[helper];
  if (!known) throw new Error(`The sandbox does not understand "${term}" in an availability expression`);
  // Twenty hands over no records when all are selected.
  return !isSelectAll && records.length > 0 && known(records, field, value);
}

/** Whether a command shows for a selection: alternatives of conjunctions, the form of Twenty's availability expressions that apps use. */
export function isAvailable(expression: string | undefined, selection: Scope): boolean {
  if (expression === undefined) return true;
  return expression
    .split(' or ')
    .some((alternative) => alternative.split(' and ').every((term) => isTrue(term.trim(), selection)));
}
