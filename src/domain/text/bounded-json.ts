import { isStorable } from './bounded-text';

/** A filter with every record of a call in it has a tenth of this. */
const mostValues = 5000;
const mostCharacters = 200_000;
const deepest = 30;

/** Libraries drop these keys unseen, and an object without its only key is an empty one. */
const reserved = new Set(['__proto__', 'constructor', 'prototype']);

/** What is wrong with it, for people. */
export interface JsonFault {
  en: string;
  zh: string;
}

const faults = {
  tooDeep: { en: `must not be nested more than ${deepest} deep`, zh: `嵌套不得超过 ${deepest} 层` },
  tooLarge: {
    en: `must not have more than ${mostValues} values or ${mostCharacters} characters`,
    zh: `不得超过 ${mostValues} 个值或 ${mostCharacters} 个字符`,
  },
  reservedKey: {
    en: `must not use the keys ${[...reserved].join(', ')}`,
    zh: `不得使用 ${[...reserved].join('、')} 作为键名`,
  },
  badText: { en: 'must not contain NUL or half a character', zh: '不得包含 NUL 或不完整的字符' },
} satisfies Record<string, JsonFault>;

/**
 * Why a JSON value from outside cannot be used; null when it can. It ends at the first fault and does not recurse, so that a
 * value without end costs no more than one that is just too large.
 */
export function jsonFault(value: unknown): JsonFault | null {
  const open = [{ value, depth: 0 }];
  let values = 0;
  let characters = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    values += 1;
    const texts = typeof next.value === 'string' ? [next.value] : keysOf(next.value);
    if (texts.some((text) => (characters += text.length) > mostCharacters)) return faults.tooLarge;
    if (!texts.every(isStorable)) return faults.badText;
    if (typeof next.value !== 'object' || next.value === null) continue;
    if (next.depth >= deepest) return faults.tooDeep;
    if (texts.some((key) => reserved.has(key))) return faults.reservedKey;
    const inside = Object.values(next.value) as unknown[];
    if (values + open.length + inside.length > mostValues) return faults.tooLarge;
    for (const one of inside) open.push({ value: one, depth: next.depth + 1 });
  }
  return null;
}

function keysOf(value: unknown): string[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}
