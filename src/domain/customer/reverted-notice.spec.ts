import type { Locale } from './customer';
import { type RevertedFacts, revertedNotice } from './reverted-notice';

const named: RevertedFacts = { customerName: 'Acme 公司', ownerName: 'Anna', editedToName: 'Ben' };

describe('notice of a reverted edit', () => {
  it.each<Locale>(['en', 'zh-CN'])('should name the customer and both people (%s)', (locale) => {
    const { title, body } = revertedNotice(named, locale);
    expect(title).toContain('Acme 公司');
    expect(body).toMatch(/Acme 公司.*Ben.*Anna/);
  });

  it.each<[Locale, keyof RevertedFacts, string]>([
    ['en', 'customerName', 'a customer without a name'],
    ['en', 'ownerName', 'back in its pool'],
    ['en', 'editedToName', 'nobody'],
    ['zh-CN', 'customerName', '未命名客户'],
    ['zh-CN', 'ownerName', '恢复为公海'],
    ['zh-CN', 'editedToName', '改为空'],
  ])('should tell in %s what is missing when there is no %s', (locale, missing, told) => {
    const { title, body } = revertedNotice({ ...named, [missing]: null }, locale);
    expect(`${title} ${body}`).toContain(told);
    expect(`${title} ${body}`).not.toMatch(/null|undefined/);
  });
});
