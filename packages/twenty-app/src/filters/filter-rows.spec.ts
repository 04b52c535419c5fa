import type { FilterKind, FilterRows } from './filter-field.types';
import { toFilter, toRows } from './filter-rows';

const KINDS: Record<string, FilterKind> = {
  name: 'text',
  employees: 'number',
  idealCustomerProfile: 'yesNo',
  industry: 'choice',
  tags: 'choices',
  'address.addressCity': 'text',
  createdAt: 'date',
  'createdBy.source': 'choice',
};
const kindOf = (path: string): FilterKind => KINDS[path] ?? 'text';

const CASES: [string, FilterRows, unknown][] = [
  ['one text', { join: 'and', rows: [{ path: 'name', operator: 'is', value: 'Acme' }] }, { name: { eq: 'Acme' } }],
  [
    'a part of a text',
    { join: 'and', rows: [{ path: 'name', operator: 'contains', value: '贸易' }] },
    { name: { ilike: '%贸易%' } },
  ],
  [
    'a part of a field',
    { join: 'and', rows: [{ path: 'address.addressCity', operator: 'is', value: '上海' }] },
    { address: { addressCity: { eq: '上海' } } },
  ],
  [
    'not',
    { join: 'and', rows: [{ path: 'name', operator: 'isNot', value: 'Acme' }] },
    { not: { name: { eq: 'Acme' } } },
  ],
  [
    'a number as a number',
    { join: 'and', rows: [{ path: 'employees', operator: 'atLeast', value: '50' }] },
    { employees: { gte: 50 } },
  ],
  [
    'yes or no as such',
    { join: 'and', rows: [{ path: 'idealCustomerProfile', operator: 'is', value: 'true' }] },
    { idealCustomerProfile: { eq: true } },
  ],
  [
    'some of a choice',
    { join: 'and', rows: [{ path: 'createdBy.source', operator: 'anyOf', value: ['IMPORT', 'API'] }] },
    { createdBy: { source: { in: ['IMPORT', 'API'] } } },
  ],
  [
    'some of several',
    { join: 'and', rows: [{ path: 'tags', operator: 'anyOf', value: ['A'] }] },
    { tags: { containsAny: ['A'] } },
  ],
  [
    'empty',
    { join: 'and', rows: [{ path: 'industry', operator: 'isEmpty', value: '' }] },
    { industry: { is: 'NULL' } },
  ],
  [
    'one of several rows',
    {
      join: 'or',
      rows: [
        { path: 'name', operator: 'is', value: 'A' },
        { path: 'createdAt', operator: 'atMost', value: '2026-05-01' },
      ],
    },
    { or: [{ name: { eq: 'A' } }, { createdAt: { lte: '2026-05-01' } }] },
  ],
];

describe('rows of a filter', () => {
  it.each(CASES)('should be a filter of Twenty and come back from it: %s', (_, rows, filter) => {
    expect(toFilter(rows, kindOf)).toEqual(filter);
    expect(toRows(filter)).toEqual(rows);
  });

  it('should be no filter while nothing is entered', () => {
    expect(
      toFilter(
        {
          join: 'and',
          rows: [
            { path: 'name', operator: 'is', value: '' },
            { path: 'industry', operator: 'anyOf', value: [] },
          ],
        },
        kindOf,
      ),
    ).toBeNull();
  });

  it('should read several fields side by side as all of them', () => {
    expect(toRows({ name: { eq: 'A' }, employees: { gte: 5 } })).toEqual({
      join: 'and',
      rows: [
        { path: 'name', operator: 'is', value: 'A' },
        { path: 'employees', operator: 'atLeast', value: '5' },
      ],
    });
  });

  it.each([[null], [undefined], [{}]])('should be none for %j', (filter) => {
    expect(toRows(filter)).toEqual({ join: 'and', rows: [] });
  });

  it.each([
    ['groups within groups', { and: [{ or: [{ name: { eq: 'A' } }] }] }],
    ['two comparisons of one field', { employees: { gte: 1, lte: 5 } }],
    ['a comparison without a row', { name: { startsWith: 'A' } }],
    ['a pattern', { name: { ilike: 'A%' } }],
    ['a relation', { people: { some: { name: { firstName: { eq: 'A' } } } } }],
    ['no filter at all', ['a']],
    ['not of more than being', { not: { name: { ilike: '%A%' } } }],
  ])('should leave %s to the text', (_, filter) => {
    expect(toRows(filter)).toBeUndefined();
  });
});
