import { createHash } from 'node:crypto';
import { STANDARD_LABELS } from './standard-labels';

/** From words to words, in the language that was asked for. */
export type Translate = (label: string) => string;

/** Twenty finds a translation by a hash of the words (and of a context, which an app's labels do not have). */
function translateBy(catalog: Record<string, string>): Translate {
  return (label) => catalog[createHash('sha256').update(`${label}\u001F`).digest('base64').slice(0, 6)] ?? label;
}

/** Labels of objects and fields, Twenty's own and the app's. */
export function translateTo(locale: string, catalog: Record<string, string>): Translate {
  if (!locale.toLowerCase().startsWith('zh')) return (label) => label;
  const ofApp = translateBy(catalog);
  return (label) => STANDARD_LABELS[label] ?? ofApp(label);
}
