import type { Locale } from '../domain/customer/customer';
import { digestText } from '../domain/reminders/digest-text';
import type { Digest } from '../domain/reminders/digest.types';

/** The body of a digest's task. Names are shown as they were typed, whatever markdown would make of them. */
export function taskMarkdown(digest: Digest, locale: Locale): string {
  const { sections } = digestText(digest, locale, { escape: (text) => text.replace(/[\\`*_[\]<>#|~]/g, '\\$&') });
  return sections
    .map(({ heading, lines }) => [heading, lines.map((line) => `- ${line}`).join('\n')].join('\n\n'))
    .join('\n\n');
}
