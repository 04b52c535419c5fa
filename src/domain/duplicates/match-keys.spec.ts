import fc from 'fast-check';
import { matchKeys, normaliseCompanyName, normaliseDomain, normaliseEmail, normalisePhone } from './match-keys';

type Pair = [a: string, b: string];

const sameCompanies: Pair[] = [
  ['华为技术有限公司', '华为技术'],
  ['华为技术有限公司', '华为技术股份有限公司'],
  ['华为技术有限公司', '华为技术有限责任公司'],
  ['比亚迪股份有限公司', '比亚迪'],
  ['比亚迪股份', '比亚迪公司'],
  ['海尔集团', '海尔集团公司'],
  ['海尔集团有限公司', '海尔集团股份有限公司'],
  ['海尔集团', '海尔'],
  ['海尔控股集团有限公司', '海尔集团'],
  ['华为技术 有限公司', '华为技术有限公司'],
  ['阿里巴巴（中国）有限公司', '阿里巴巴(中国)有限公司'],
  ['阿里巴巴（中国）有限公司', '阿里巴巴中国'],
  ['ＡＣＭＥ　Ｌｔｄ．', 'Acme Ltd'],
  ['ＡＢＣ科技有限公司', 'abc科技'],
  ['ACME', 'acme'],
  ['Acme Co., Ltd.', 'Acme'],
  ['Acme Co.,Ltd', 'ACME CO LTD'],
  ['Acme Co., Ltd.', 'Acme Company Limited'],
  ['Acme, Inc.', 'Acme Incorporated'],
  ['Acme Inc', 'Acme Corporation'],
  ['Acme Corp.', 'Acme LLC'],
  ['Acme L.L.C.', 'Acme LLC'],
  ['Acme L.L.C', 'Acme'],
  ['Acme GmbH', 'Acme AG'],
  ['Acme S.A.', 'Acme SA'],
  ['Acme B.V.', 'ACME BV'],
  ['Acme Pte Ltd', 'Acme Pte. Ltd.'],
  ['Acme Pte Ltd', 'Acme Private Limited'],
  ['Acme Pty Ltd', 'Acme'],
  ['Acme PLC', 'Acme P.L.C.'],
  ['Smith & Sons Ltd', 'Smith Sons'],
  ["L'Oréal SA", 'L’ORÉAL'],
  ['U.S.A. Trading', 'USA Trading Inc'],
  ['3M Company', '3M'],
  ['上海 Acme 贸易有限公司', '上海acme贸易'],
  ['Cafe\u0301 Ltd', 'Café'],
  ['鴻海精密工業股份有限公司', '鴻海精密工業'],
  ['長江控股集團有限公司', '長江集團'],
  ['Petronas Sdn. Bhd.', 'Petronas'],
  ['Acme S.à r.l.', 'Acme SÀRL'],
];

const differentCompanies: Pair[] = [
  ['华为技术有限公司', '华为终端有限公司'],
  ['阿里巴巴（中国）有限公司', '阿里巴巴有限公司'],
  ['小米集团', '小米科技有限责任公司'],
  ['招商银行股份有限公司', '招商银行股份有限公司深圳分公司'],
  ['中国银行', '中国建设银行'],
  ['公司宝科技', '宝科技'],
  ['Limited Brands', 'Brands'],
  ['Inc Magazine', 'Magazine'],
  ['Cosco', 'Cos'],
  ['Acme Holdings', 'Acme'],
  ['Acme', 'Acme China'],
  ['Acme 1', 'Acme 2'],
  ['Company', 'Limited'],
  ['有限公司', '集团'],
  ['राम', 'रम'],
  ['Müller GmbH', 'Muller GmbH'],
];

const sameDomains: Pair[] = [
  ['acme.com', 'https://www.acme.com'],
  ['acme.com', 'http://acme.com/'],
  ['acme.com', 'https://acme.com:8443/about?x=1#team'],
  ['acme.com', 'ACME.COM'],
  ['acme.com', 'ｗｗｗ．ａｃｍｅ．ｃｏｍ'],
  ['acme.com', 'www2.acme.com'],
  ['acme.com', 'acme.com.'],
  ['acme.com', ' acme.com/path '],
  ['例子.中国', 'https://例子.中国/首页'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['https://shop123.taobao.com', 'shop123.taobao.com/search'],
  ['https://m.shop123.taobao.com', 'shop123.taobao.com'],
  ['en.acme.com', 'acme.com'],
  ['https://shop.eu.acme.com.cn/', 'www.acme.com.cn'],
  ['en.acme.co.uk', 'acme.co.uk'],
  ['例子.公司.cn', 'www.例子.公司.cn'],
  ['www.acme.github.io', 'https://acme.github.io/about'],
  ['acme.m.en.alibaba.com', 'acme.en.alibaba.com/company_profile.html'],
];

const differentDomains: Pair[] = [
  ['acme.com', 'acme.cn'],
  ['acme.com', 'acme.com.cn'],
  ['wwwacme.com', 'acme.com'],
  ['acme.com', 'acme.com.evil.example'],
  ['https://www.linkedin.com/company/acme', 'linkedin.com/company/other'],
  ['https://cn.linkedin.com/company/acme', 'https://cn.linkedin.com/company/acme-cn'],
  ['https://m.weibo.com/acme', 'https://m.weibo.com/other'],
  ['gmail.com', 'gmail.com'],
  ['qq.com', 'http://www.qq.com'],
  ['https://zh.wikipedia.org/wiki/A', 'https://zh.wikipedia.org/wiki/B'],
  ['https://a.b.c.linkedin.com/acme', 'https://a.b.c.linkedin.com/other'],
  // A registry gives these out one by one; so do shops and builders.
  ['acme.co.uk', 'globex.co.uk'],
  ['acme.com.cn', 'globex.com.cn'],
  ['acme.github.io', 'globex.github.io'],
  ['acme.myshopify.com', 'globex.myshopify.com'],
  ['acme.wordpress.com', 'globex.wordpress.com'],
  ['acme.en.alibaba.com', 'globex.en.alibaba.com'],
  ['github.io', 'https://github.io/'],
  ['www.taobao.com', 'taobao.com'],
  ['com.cn', 'http://com.cn'],
  ['http://10.0.0.1', 'http://10.0.0.1'],
];

const sameEmails: Pair[] = [
  ['Wei.Wang@Acme.com', 'wei.wang@acme.com'],
  [' wei@acme.com ', 'wei@acme.com'],
  ['ｗｅｉ＠ａｃｍｅ．ｃｏｍ', 'wei@acme.com'],
];

const differentEmails: Pair[] = [
  ['wei@acme.com', 'wei@acme.cn'],
  ['wei@acme.com', 'wei.wang@acme.com'],
];

const samePhones: Pair[] = [
  ['13800138000', '+86 138 0013 8000'],
  ['13800138000', '+86-138-0013-8000'],
  ['13800138000', '(+86) 13800138000'],
  ['13800138000', '0086 13800138000'],
  ['13800138000', '8613800138000'],
  ['13800138000', '013800138000'],
  ['13800138000', '１３８００１３８０００'],
  ['13800138000', '＋８６　１３８　００１３　８０００'],
  ['021-68888888', '+86 21 6888 8888'],
  ['021-68888888', '+86 021 68888888'],
  ['021-68888888', '+86 (0)21 68888888'],
  ['021-68888888', '0086 21 68888888'],
  ['021-68888888', '86-21-68888888'],
  ['010-58888888', '+861058888888'],
  ['0755-26888888', '+86 755 2688 8888'],
  ['021-68888888 转 801', '+86 21 6888 8888 ext. 801'],
  ['+44 20 7946 0958', '0044 20 7946 0958'],
  ['+44 (0)20 7946 0958', '+442079460958'],
  ['+1 (415) 555-0132', '001 415 555 0132'],
];

const differentPhones: Pair[] = [
  ['13800138000', '13800138001'],
  ['13800138000', '1380013800'],
  ['021-68888888', '010-68888888'],
  ['021-68888888', '021-68888888 转 801'],
  ['021-68888888 转 801', '021-68888888 转 802'],
  ['+1 380 013 8000', '+86 138 0013 8000'],
  ['+1 380 013 8000', '13800138000'],
  ['+852 2123 4567', '+853 2123 4567'],
];

const company = (name: string | null, ...domains: string[]): string[] =>
  matchKeys('COMPANY', { name, domains, emails: [], phones: [] });
const person = (emails: string[], phones: string[]): string[] =>
  matchKeys('PERSON', { name: 'Wei', domains: [], emails, phones });
const meet = (a: string[], b: string[]): boolean => a.some((key) => b.includes(key));

describe('match keys', () => {
  describe('company names', () => {
    it.each(sameCompanies)('should meet: %s · %s', (a, b) => expect(meet(company(a), company(b))).toBe(true));
    it.each(differentCompanies)('should not meet: %s · %s', (a, b) => expect(meet(company(a), company(b))).toBe(false));
  });

  describe('domains', () => {
    it.each(sameDomains)('should meet: %s · %s', (a, b) => expect(meet(company(null, a), company(null, b))).toBe(true));
    it.each(differentDomains)('should not meet: %s · %s', (a, b) =>
      expect(meet(company(null, a), company(null, b))).toBe(false),
    );
    it.each(['', '  ', 'localhost', 'acme', 'https://', 'not a link', 'http://[bad'])('should be none for %p', (link) =>
      expect(normaliseDomain(link)).toBeNull(),
    );
    it('should be none where a host is longer than DNS has any, and where a link is longer than any', () => {
      const host = (length: number) => `${'a.'.repeat(length)}acme.com`;
      expect(normaliseDomain(host(122))).toBe('acme.com');
      expect(normaliseDomain(host(123))).toBeNull();
      expect(normaliseDomain(`acme.com/${'x'.repeat(2000)}`)).toBe('acme.com');
      expect(normaliseDomain(`acme.com/${'x'.repeat(2100)}`)).toBeNull();
    });
  });

  describe('e-mails', () => {
    it.each(sameEmails)('should meet: %s · %s', (a, b) => expect(meet(person([a], []), person([b], []))).toBe(true));
    it.each(differentEmails)('should not meet: %s · %s', (a, b) =>
      expect(meet(person([a], []), person([b], []))).toBe(false),
    );
    it.each(['', 'acme.com', '@acme.com', 'wei@', 'a b@acme.com', 'a@b@c', `${'a'.repeat(246)}@acme.com`])(
      'should be none for %p',
      (email) => expect(normaliseEmail(email)).toBeNull(),
    );
  });

  describe('phones', () => {
    it.each(samePhones)('should meet: %s · %s', (a, b) => expect(meet(person([], [a]), person([], [b]))).toBe(true));
    it.each(differentPhones)('should not meet: %s · %s', (a, b) =>
      expect(meet(person([], [a]), person([], [b]))).toBe(false),
    );
    it.each(['', '801', '+86', '000000000', 'n/a', '123456', '1'.repeat(65)])('should be none for %p', (phone) =>
      expect(normalisePhone(phone)).toBeNull(),
    );
  });

  it('should keep a name that is nothing but legal forms', () => {
    expect([normaliseCompanyName('Company Ltd'), normaliseCompanyName('有限公司')]).toEqual(['companyltd', '有限公司']);
  });

  it.each(['', ' ', '--', '（）', '!!!'])('should have no name in %p', (name) => {
    expect(company(name)).toEqual([]);
  });

  it('should look at the domain and the name of a company, at e-mail and phone of a person, and say which is which', () => {
    const facts = {
      name: 'Acme Ltd',
      domains: ['acme.com', 'acme.cn'],
      emails: ['wei@acme.com'],
      phones: ['13800138000'],
    };
    expect(matchKeys('COMPANY', facts)).toEqual(['d:acme.cn', 'd:acme.com', 'n:acme']);
    expect(matchKeys('PERSON', facts)).toEqual(['e:wei@acme.com', 'p:13800138000']);
  });

  it('should look at the beginning of a name without end, and at the first of many addresses', () => {
    expect(normaliseCompanyName(`${' '.repeat(500)}Acme ${'x'.repeat(600_000)}`)).toBe(`acme${'x'.repeat(195)}`);
    // Each of these unfolds into eighteen characters.
    expect(normaliseCompanyName('ﷺ'.repeat(200_000))?.length).toBeLessThanOrEqual(200);
    const many = Array.from({ length: 10_000 }, (_, index) => `${index}.example`);
    expect(company(null, ...many)).toHaveLength(50);
    expect(
      person(
        many.map((host) => `wei@${host}`),
        many.map((_, index) => `1${index + 1e9}`),
      ),
    ).toHaveLength(100);
  });

  it('should not take two people for one because they have the same name', () => {
    expect(person([], [])).toEqual([]);
  });

  it('should name each key once, in one order', () => {
    expect(company('Acme', 'www.b.example', 'a.example', 'https://b.example')).toEqual([
      'd:a.example',
      'd:b.example',
      'n:acme',
    ]);
  });

  it('should fail on no text and give no empty key', () => {
    const texts = fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { maxLength: 3 });
    fc.assert(
      fc.property(texts, (some) => {
        for (const key of [...company(some.join(' '), ...some), ...person(some, some)])
          expect(key).toMatch(/^[dnep]:./u);
      }),
    );
  });

  it('should not depend on case, width or blanks around a name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sameCompanies.flat()), (name) => {
        const wide = name.replace(/[!-~]/g, (char) => String.fromCodePoint(char.charCodeAt(0) + 0xfee0));
        expect(normaliseCompanyName(` ${wide.toUpperCase()}　`)).toBe(normaliseCompanyName(name));
      }),
    );
  });
});
