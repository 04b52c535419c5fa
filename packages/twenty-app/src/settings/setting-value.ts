import type { Locale } from '../domain/strings';
import { say } from '../domain/strings';
import type { PluginSetting } from '../plugin/plugin.types';

/** How a setting is edited. Twenty stores every setting as text; a draft is that text, so that what cannot be read is kept as it is. */
export type SettingControlKind =
  | 'text'
  | 'timeZone'
  | 'country'
  | 'member'
  | 'number'
  | 'check'
  | 'select'
  | 'choices'
  | 'dates'
  | 'words'
  | 'reasons'
  | 'webhooks';

export function controlOf({ key, type, format, items }: PluginSetting): SettingControlKind {
  if (key === 'RELEASE_REASONS') return 'reasons';
  if (key === 'REMINDER_WEBHOOKS') return 'webhooks';
  switch (type) {
    case 'BOOLEAN':
      return 'check';
    case 'NUMBER':
      return 'number';
    case 'SELECT':
      return 'select';
    case 'MULTI_SELECT':
      return 'choices';
    case 'ARRAY':
      return items?.format === 'date' ? 'dates' : 'words';
    default:
      return format === 'time-zone'
        ? 'timeZone'
        : format === 'country'
          ? 'country'
          : format === 'member'
            ? 'member'
            : 'text';
  }
}

/** A value as Twenty stores it. */
export const storedText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The list in a draft; undefined when it is none. */
export function listOf(draft: string): string[] | undefined {
  if (draft.trim() === '') return [];
  const value = parsed(draft);
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

export interface ReasonRow {
  code: string;
  en: string;
  'zh-CN': string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Reasons as rows, in their order; undefined when the draft holds none that can be read. While they are edited they are a list, as two rows may have one code for a moment. */
export function reasonsOf(draft: string): ReasonRow[] | undefined {
  if (draft.trim() === '') return [];
  const value = parsed(draft);
  if (Array.isArray(value)) return value as ReasonRow[];
  if (!isRecord(value)) return undefined;
  return Object.entries(value).map(([code, label]) => {
    const words = isRecord(label) ? label : { en: label };
    const word = (locale: Locale) => (typeof words[locale] === 'string' ? words[locale] : '');
    return { code, en: word('en'), 'zh-CN': word('zh-CN') };
  });
}

export const WEBHOOK_KINDS = ['SLACK', 'WECOM', 'DINGTALK', 'FEISHU', 'JSON'] as const;

export interface WebhookRow {
  kind: (typeof WEBHOOK_KINDS)[number];
  url: string;
  secret: string;
}

export const webhooksOf = (draft: string): WebhookRow[] => {
  const value = parsed(draft);
  return Array.isArray(value) ? (value as WebhookRow[]) : [];
};

/** A draft as it is stored: rows without what is empty, reasons by their code. */
export function toStored(setting: PluginSetting, draft: string): string {
  switch (controlOf(setting)) {
    case 'reasons':
      return JSON.stringify(
        Object.fromEntries((reasonsOf(draft) ?? []).map(({ code, ...labels }) => [code.trim(), labels])),
      );
    case 'webhooks':
      return JSON.stringify(
        webhooksOf(draft).map(({ kind, url, secret }) => ({ kind, url: url.trim(), ...(secret !== '' && { secret }) })),
      );
    case 'text':
    case 'country':
      return draft.trim();
    default:
      return draft;
  }
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const COUNTRY = /^([A-Z]{2}(-[A-Z0-9]{1,3})?)?$/;
const CODE = /^[A-Z][A-Z0-9_]*$/;

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export const isDate = (text: string): boolean =>
  DATE.test(text) &&
  !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
  new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

const isWebAddress = (text: string): boolean => /^https?:\/\/\S+$/.test(text.trim()) && URL.canParse(text.trim());

/** What is wrong with a draft, in the reader's language: Twenty itself checks nothing. Undefined when the engine can use it. */
export function problemOf(setting: PluginSetting, draft: string, locale: Locale): string | undefined {
  const { min = 0, max = Number.MAX_SAFE_INTEGER, minItems = 0, options = [], format } = setting;
  const unless = (right: boolean, problem: string) => (right ? undefined : problem);
  switch (controlOf(setting)) {
    case 'number':
      return unless(
        /^\d+$/.test(draft.trim()) && Number(draft) >= min && Number(draft) <= max,
        say(locale, 'notWhole', { min, max }),
      );
    case 'check':
      return unless(draft === 'true' || draft === 'false', say(locale, 'notUsable'));
    case 'select':
      return unless(
        options.some(({ value }) => value === draft),
        say(locale, 'notUsable'),
      );
    case 'timeZone':
      return unless(isTimeZone(draft), say(locale, 'notTimeZone'));
    case 'country':
      return unless(COUNTRY.test(draft.trim()), say(locale, 'notCountry'));
    case 'choices': {
      const chosen = listOf(draft);
      if (chosen === undefined || chosen.some((value) => options.every((option) => option.value !== value)))
        return say(locale, 'notUsable');
      return unless(chosen.length >= minItems, say(locale, 'atLeastOne'));
    }
    case 'dates':
      return unless(listOf(draft)?.every(isDate) ?? false, say(locale, 'notDates'));
    case 'words':
      return unless(listOf(draft) !== undefined, say(locale, 'notUsable'));
    case 'reasons': {
      const rows = reasonsOf(draft);
      if (rows === undefined) return say(locale, 'notUsable');
      const codes = rows.map(({ code }) => code.trim());
      if (new Set(codes).size < codes.length) return say(locale, 'reasonTwice');
      return unless(
        rows.every((row) => CODE.test(row.code.trim()) && row.en.trim() !== '' && row['zh-CN'].trim() !== ''),
        say(locale, 'reasonIncomplete'),
      );
    }
    case 'webhooks':
      return unless(
        webhooksOf(draft).every(({ url }) => isWebAddress(url)),
        say(locale, 'notWebAddress'),
      );
    case 'member':
      return undefined;
    case 'text':
      return unless(format !== 'url' || draft.trim() === '' || isWebAddress(draft), say(locale, 'notWebAddress'));
  }
}
