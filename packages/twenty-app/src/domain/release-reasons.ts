import { say, type Locale } from './strings';

export interface ReleaseReason {
  code: string;
  label: string;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The reasons of the setting RELEASE_REASONS, `{"CODE": {"en": "…", "zh-CN": "…"}}`, in the reader's language.
 * Twenty keeps whatever an admin types, so what cannot be used is left out, and a text that is no JSON gives no reasons.
 */
export function parseReleaseReasons(setting: unknown, locale: Locale): ReleaseReason[] {
  let value = setting;
  if (typeof value === 'string') {
    try {
      value = JSON.parse(value);
    } catch {
      return [];
    }
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([code, labels]) => {
    const label = isRecord(labels) ? (labels[locale] ?? labels.en) : labels;
    return typeof label === 'string' && label !== '' ? [{ code, label }] : [];
  });
}

/** What the system archives by is no setting. */
function sayOwnReason(code: string, locale: Locale): string | undefined {
  switch (code) {
    case 'STALE':
      return say(locale, 'reasonSTALE');
    case 'RETURNED_TOO_OFTEN':
      return say(locale, 'reasonRETURNED_TOO_OFTEN');
    default:
      return undefined;
  }
}

/**
 * A reason of the history: a code of the workspace's or of the system's in words, anything else as somebody typed it.
 * @param known words of the workspace's reasons, by code
 */
export function sayReason(reason: string, known: ReadonlyMap<string, string>, locale: Locale): string {
  return known.get(reason) ?? sayOwnReason(reason, locale) ?? reason;
}
