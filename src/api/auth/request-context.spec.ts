import { localeFromHeader } from './request-context';

describe('language of an answer', () => {
  it.each<[string | undefined, 'en' | 'zh-CN' | null]>([
    ['en', 'en'],
    ['en-GB', 'en'],
    ['zh-CN', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['zh-Hans-CN', 'zh-CN'],
    ['ZH-cn', 'zh-CN'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['en-US,en;q=0.9,zh-CN;q=0.8', 'en'],
    ['en;q=0.2, zh-CN;q=0.7', 'zh-CN'],
    ['en ; q=0.2 , zh-CN ; q=0.7', 'zh-CN'],
    ['zh;q=0.5,en;q=0.5', 'zh-CN'],
    ['de-DE,de;q=0.9,en;q=0.1', 'en'],
    ['de, fr;q=0.9', null],
    ['zh;q=0', null],
    ['zh;q=0, en;q=0.1', 'en'],
    ['*', null],
    ['en;q=high', 'en'],
    ['zh;q=1.2.3, en;q=0.1', 'en'],
    [';;,,q=', null],
    ['', null],
    [undefined, null],
  ])('should be read from %p as %p', (header, locale) => {
    expect(localeFromHeader(header)).toBe(locale);
  });
});
