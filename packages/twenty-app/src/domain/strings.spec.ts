import { REFUSAL_CODES } from './engine.types';
import { say, strings, toLocale, type StringKey } from './strings';

const keys = Object.keys(strings.en) as StringKey[];
const placeholders = (text: string) => new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));

describe('the texts of the app', () => {
  it.each(keys)('should have %s in both languages with the same placeholders', (key) => {
    expect(strings['zh-CN'][key]).toBeTruthy();
    expect(placeholders(strings['zh-CN'][key])).toEqual(placeholders(strings.en[key]));
  });

  it('should have no Chinese text that is still English', () => {
    const withWords = keys.filter((key) => /[A-Za-z]{3}/.test(strings.en[key].replace(/\{\w+\}/g, '')));

    expect(withWords.filter((key) => !/[\u4e00-\u9fff]/.test(strings['zh-CN'][key]))).toEqual([]);
  });

  it('should have words for every refusal of the engine', () => {
    expect(REFUSAL_CODES.filter((code) => !keys.includes(code))).toEqual([]);
  });

  it('should group large numbers and leave a placeholder without a value as it is', () => {
    expect(say('en', 'tooMany', { count: 5000 })).toContain('5,000 rows');
    expect(say('en', 'tooMany', { count: 5000 })).toContain('{max}');
  });

  it.each([
    ['zh-CN', 'zh-CN'],
    ['zh-TW', 'zh-CN'],
    ['en', 'en'],
    ['fr-FR', 'en'],
    [undefined, 'en'],
  ] as const)('should speak to host locale %s in %s', (host, expected) => {
    expect(toLocale(host)).toBe(expected);
  });
});
