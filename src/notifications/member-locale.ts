import type { Locale } from '../domain/customer/customer';
import type { MemberEntity } from '../storage/entities/member.entity';

/** The language a member reads: Twenty's locale, as far as there are words in it. */
export function localeOf({ locale }: Pick<MemberEntity, 'locale'>): Locale {
  return locale?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}
