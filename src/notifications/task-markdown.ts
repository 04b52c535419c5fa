import type { Locale } from '../domain/customer/customer';
import { digestText } from '../domain/reminders/digest-text';
import { invisiblyBroken, unlinked } from '../domain/text/unlinked';
import type { Digest } from '../domain/reminders/digest.types';

/** The body of a digest's task. */
export function taskMarkdown(digest: Digest, locale: Locale): string {
  const { sections } = digestText(digest, locale, { escape: asTyped });
  return sections
    .map(({ heading, lines }) => [heading, lines.map((line) => `- ${line}`).join('\n')].join('\n\n'))
    .join('\n\n');
}

/** Markdown that shows a text as it was typed, whatever markdown would make of it, and links nowhere. */
export function asTyped(text: string): string {
  return unlinked(text, invisiblyBroken).replace(/[\\`*_[\]<>#|~]/g, '\\$&');
}
