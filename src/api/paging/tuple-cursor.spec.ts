import { decodeTuple, encodeTuple } from './tuple-cursor';

const shapes = [/^(COMPANY|PERSON)$/, /^[dnep]:[^\0]+$/];

describe('a cursor of several texts', () => {
  it('should come back as it was', () => {
    expect(decodeTuple(encodeTuple(['COMPANY', 'n:华为技术']), shapes)).toEqual(['COMPANY', 'n:华为技术']);
    expect([encodeTuple(null), decodeTuple(null, shapes), decodeTuple(undefined, shapes)]).toEqual([null, null, null]);
  });

  it.each([
    '',
    'nonsense',
    encodeTuple(['COMPANY']),
    encodeTuple(['COMPANY', 'n:a', 'b']),
    encodeTuple(['OTHER', 'n:a']),
    encodeTuple(['COMPANY', 'n:\0']),
    Buffer.from('{"a":1}').toString('base64url'),
    Buffer.from('["COMPANY", 1]').toString('base64url'),
  ])('should be refused when it is none of the query: %p', (cursor) => {
    expect(() => decodeTuple(cursor, shapes)).toThrow('`after` is no cursor of this query.');
  });
});
