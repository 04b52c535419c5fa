import type { Locale } from './strings';

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
