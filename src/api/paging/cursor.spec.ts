import fc from 'fast-check';
import { ApiError } from '../graphql/api-error';
import { decodePosition, decodeSequence, encodePosition } from './cursor';

const ID = '7f3d3c5e-2d5c-4a53-9b0e-0d6a4a8a1c11';

function codeOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    if (error instanceof ApiError) return error.extensions['code'];
    throw error;
  }
  return 'none';
}

const sealed = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('cursors', () => {
  it('should come back as the position they were made from', () => {
    const position = fc.record({
      reclaimOn: fc.constantFrom(null, '2026-03-10', '2028-02-29'),
      name: fc.option(
        fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
        { nil: null },
      ),
      recordId: fc.uuid(),
    });
    fc.assert(fc.property(position, (one) => expect(decodePosition(encodePosition(one))).toEqual(one)));
  });

  it('should be safe in a URL, whatever the name', () => {
    expect(encodePosition({ reclaimOn: null, name: '公海???>>>/+', recordId: ID })).toMatch(/^[\w-]+$/);
  });

  it('should be absent where there is no position', () => {
    expect([encodePosition(null), decodePosition(null), decodePosition(undefined)]).toEqual([null, null, null]);
  });

  it.each<[string, string]>([
    ['empty', ''],
    ['no base64', '***'],
    ['no JSON', Buffer.from('[1,').toString('base64url')],
    ['no list', sealed({ recordId: ID })],
    ['too short', sealed([null, 'Acme'])],
    ['a date that does not exist', sealed(['2026-02-30', 'Acme', ID])],
    ['a time in place of a date', sealed(['2026-02-03T00:00:00Z', 'Acme', ID])],
    ['a number in place of a date', sealed([20260203, 'Acme', ID])],
    ['a number in place of a name', sealed([null, 7, ID])],
    ['a name that PostgreSQL has no place for', sealed([null, 'a\0b', ID])],
    ['no id', sealed([null, 'Acme', null])],
    ['an id that is none', sealed([null, 'Acme', '-'.repeat(36)])],
    ['SQL in place of an id', sealed([null, 'Acme', "' OR 1=1 --"])],
  ])('should be refused as bad input when they are %s', (_, cursor) => {
    expect(codeOf(() => decodePosition(cursor))).toBe('BAD_USER_INPUT');
  });

  it.each(['0', '1', '999999999999999999'])('should position the history by its sequence: %s', (cursor) => {
    expect(decodeSequence(cursor)).toBe(cursor);
  });

  it.each([
    '',
    '-1',
    '1.5',
    ' 1',
    '1e3',
    '0x1',
    '9999999999999999999',
    'abc',
    encodePosition({ reclaimOn: null, name: null, recordId: ID }),
  ])('should be refused as no sequence: %p', (cursor) =>
    expect(codeOf(() => decodeSequence(cursor))).toBe('BAD_USER_INPUT'),
  );

  it('should begin the history where no sequence is given', () => {
    expect([decodeSequence(null), decodeSequence(undefined)]).toEqual([null, null]);
  });
});
