import type { PluginField } from '../plugin/plugin.types';
import { say, type Locale } from '../domain/strings';

/** A value as the control shows it. */
export function toText(field: PluginField, value: unknown): string {
  if (value === null || value === undefined) return '';
  switch (field.type) {
    case 'BOOLEAN':
      return value === true ? 'yes' : '';
    case 'ARRAY':
      return Array.isArray(value) ? value.join(', ') : '';
    case 'RAW_JSON':
      return JSON.stringify(value, null, 2);
    case 'NUMBER':
      return typeof value === 'number' ? String(value) : '';
    default:
      return typeof value === 'string' ? value : '';
  }
}

export type Parsed = { value: unknown } | { problem: string };

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const number = Number(text);
  return /^\d+$/.test(text) && number >= least && number <= most ? number : undefined;
}

/** A control's text as Twenty keeps it, or what is wrong with it: Twenty itself checks nothing. Empty means off. */
export function fromText(field: PluginField, text: string, locale: Locale): Parsed {
  const trimmed = text.trim();
  switch (field.type) {
    case 'BOOLEAN':
      return { value: text === 'yes' };
    case 'NUMBER': {
      if (trimmed === '') return { value: null };
      const value = wholeNumber(trimmed, field.min, field.max);
      return value === undefined ? { problem: say(locale, 'notWhole', { min: field.min, max: field.max }) } : { value };
    }
    case 'ARRAY': {
      const parts = trimmed === '' ? [] : trimmed.split(/[,，]/).map((part) => part.trim());
      return parts.every((part) => wholeNumber(part, 1, 365) !== undefined)
        ? { value: parts }
        : { problem: say(locale, 'notDays') };
    }
    case 'RAW_JSON': {
      if (trimmed === '') return { value: null };
      try {
        const value = JSON.parse(trimmed) as unknown;
        const isFilter = typeof value === 'object' && value !== null && !Array.isArray(value);
        return (field.name === 'routingFilter' || field.name === 'filter') && !isFilter
          ? { problem: say(locale, 'notFilter') }
          : { value };
      } catch {
        return { problem: say(locale, 'notJson') };
      }
    }
    default:
      return { value: field.type === 'SELECT' ? trimmed || null : trimmed };
  }
}
