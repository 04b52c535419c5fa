import fc from 'fast-check';
import { bounded, folded, isStorable } from './bounded-text';

describe('bounded text', () => {
  it('should be the whole text where it fits, and its beginning where it does not', () => {
    expect([bounded('公海客户', 4), bounded('公海客户', 3), bounded('', 3)]).toEqual(['公海客户', '公海客', '']);
  });

  it('should not end in half a character', () => {
    expect([bounded('ab😀', 4), bounded('ab😀', 3), bounded('😀', 1)]).toEqual(['ab😀', 'ab', '']);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (text, length) => {
        const kept = bounded(text, length);
        expect(text.startsWith(kept) && kept.length <= length && kept.length >= Math.min(text.length, length) - 1).toBe(
          true,
        );
        if (text.isWellFormed()) expect(kept.isWellFormed()).toBe(true);
      }),
    );
  });

  it('should fold case, width and blanks, and stay bounded where characters unfold', () => {
    expect(folded('　ＡＣＭＥ Ltd ', 20)).toBe('acme ltd');
    expect(folded('ﷺ'.repeat(50), 20)).toHaveLength(20);
  });

  it('should tell what PostgreSQL keeps from what it does not', () => {
    expect(['', '公海 😀', 'a\nb'].every(isStorable)).toBe(true);
    expect(['a\0b', '\ud83d', '\ude00', 'x\ude00\ud83d'].some(isStorable)).toBe(false);
    fc.assert(
      fc.property(fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }), (text) => {
        expect(isStorable(text)).toBe(text.isWellFormed() && !text.includes('\0'));
      }),
    );
  });
});
