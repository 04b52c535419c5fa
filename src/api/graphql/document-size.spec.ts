import { getIntrospectionQuery, parse } from 'graphql';
import { tooLarge } from './document-size';

const problemOf = (text: string) => tooLarge(parse(text));
const times = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => text(at)).join(' ');
const record = '{ object: COMPANY, recordId: "00000000-0000-0000-0000-000000000000" }';

describe('the size of a document', () => {
  it.each([
    [
      'a claim of a thousand records written inline',
      `mutation { claim(customers: [${record.repeat(1000)}]) { done } }`,
    ],
    ['what tools ask for to know the schema', getIntrospectionQuery()],
    ['500 fields', `{ viewer { ${'today '.repeat(499)} } }`],
    ['20 root fields', `{ ${times(20, (at) => `a${at}: viewer { today }`)} }`],
    ['5 lists', `{ ${times(5, (at) => `a${at}: customers { totalCount }`)} }`],
    ['10 levels', `{ ${'a { '.repeat(9)} a ${'} '.repeat(9)} }`],
    [
      'a fragment that is used thrice',
      `{ ${times(3, (at) => `a${at}: viewer { ...F }`)} } fragment F on Viewer { today }`,
    ],
    ['a fragment within itself, which validation refuses', '{ viewer { ...F } } fragment F on Viewer { today ...F }'],
    ['a fragment that is not there', '{ viewer { ...F } }'],
  ])('should be borne of %s', (_, text) => {
    expect(problemOf(text)).toBeNull();
  });

  it.each([
    ['501 fields', `{ viewer { ${'today '.repeat(500)} } }`, /500 fields/],
    ['4,900 fields', `{ ${'viewer { today } '.repeat(2450)} }`, /500 fields/],
    ['21 root fields', `{ ${times(21, (at) => `a${at}: viewer { today }`)} }`, /20 root fields/],
    [
      '21 root fields within fragments',
      `{ ${times(7, () => '...F')} } fragment F on Query { ${times(3, (at) => `a${at}: pools { id }`)} }`,
      /20 root fields/,
    ],
    ['6 lists', `{ ${times(6, (at) => `a${at}: customers { totalCount }`)} }`, /5 lists/],
    ['51 aliases', `{ viewer { ${times(51, (at) => `a${at}: today`)} } }`, /50 aliases/],
    ['11 levels', `{ ${'a { '.repeat(10)} a ${'} '.repeat(10)} }`, /depth/],
    [
      '11 levels within fragments',
      `{ a { ...F } } fragment F on A { ${'a { '.repeat(9)} a ${'} '.repeat(9)} }`,
      /depth/,
    ],
    [
      'a chain of 300 fragments',
      `{ viewer { ...F0 } } ${times(300, (at) => `fragment F${at} on Viewer { today ...F${at + 1} }`)}`,
      /50 fragments/,
    ],
    [
      '26 fragments, each used twice by the one before',
      `{ viewer { ...F0 } } ${times(26, (at) => `fragment F${at} on Viewer { today ...F${at + 1} ...F${at + 1} }`)}`,
      /500 fields/,
    ],
    [
      '26 fragments of root fields, each used twice by the one before',
      `{ ...F0 } ${times(26, (at) => `fragment F${at} on Query { pools { id } ...F${at + 1} ...F${at + 1} }`)}`,
      /20 root fields/,
    ],
    ['11 operations', times(11, (at) => `query Q${at} { viewer { today } }`), /10 operations/],
    ['a value within a hundred lists', `{ job(id: ${'['.repeat(100)}1${']'.repeat(100)}) { id } }`, /nested/],
    ['600 uses of a fragment', `{ viewer { ${'...F '.repeat(600)} } } fragment F on Viewer { today }`, /500 uses/],
  ])('should be too much of %s', (_, text, problem) => {
    expect(problemOf(text)).toMatch(problem);
  });
});
