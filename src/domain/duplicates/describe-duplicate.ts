import type { Locale } from '../customer/customer';

/**
 * What may be told of a customer that is the same as another: who has it, or in which pool it is, and no more; of one that not everybody sees,
 * nothing but that it is there.
 */
export type DuplicateStanding = { ownerName: string } | { poolName: string } | { isHidden: true };

function describeDuplicate(standing: Exclude<DuplicateStanding, { isHidden: true }>, locale: Locale): string {
  if ('ownerName' in standing)
    return locale === 'en'
      ? `owned by ${standing.ownerName || 'a colleague'}`
      : `由${standing.ownerName || '同事'}负责`;
  return locale === 'en' ? `in the pool ${standing.poolName}` : `在公海池“${standing.poolName}”中`;
}

/** A field of Twenty has one text for all its readers, of both languages. */
export function duplicateFieldText(standing: DuplicateStanding): string {
  if ('isHidden' in standing) return '在仅成员可见的公海池中 · in a pool that only its members see';
  return `${describeDuplicate(standing, 'zh-CN')} · ${describeDuplicate(standing, 'en')}`;
}

/** Told to whoever claimed it where the pool only warns. */
export function duplicateWarning(standing: DuplicateStanding, locale: Locale): string {
  if ('isHidden' in standing)
    return locale === 'en'
      ? 'The same customer seems to be there already: a customer that you may not see.'
      : '疑似撞单：已有同一客户，但您无权查看。';
  const text = describeDuplicate(standing, locale);
  return locale === 'en' ? `The same customer seems to be there already: ${text}.` : `疑似撞单：同一客户已${text}。`;
}
