import type { Text } from './plugin.types';

/**
 * Both languages in one label, for what Twenty cannot translate: options, views, navigation, commands and settings.
 * The same word in both languages is shown once.
 */
export function bilingual(text: Text): string {
  return text.en === text['zh-CN'] ? text.en : `${text.en} ${text['zh-CN']}`;
}
