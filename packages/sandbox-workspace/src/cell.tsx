import type { Locale } from './strings';
import type { Field } from './workspace.types';

interface Parts {
  firstName?: string;
  lastName?: string;
  primaryLinkUrl?: string;
  primaryEmail?: string;
  primaryPhoneNumber?: string;
  addressCity?: string;
  addressState?: string;
  name?: unknown;
}

const HAN = /[\u4e00-\u9fff]/;

/** A person's name as their language writes it. */
function fullName({ firstName = '', lastName = '' }: Parts): string {
  return HAN.test(firstName + lastName) ? `${lastName}${firstName}` : `${firstName} ${lastName}`.trim();
}

export function nameOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  const parts = value as Parts;
  return parts.name === undefined ? fullName(parts) : nameOf(parts.name);
}

export function textOf(field: Field, value: unknown, locale: Locale): string {
  if (value === null || value === undefined || value === '') return '';
  const parts = value as Parts;
  switch (field.type) {
    case 'FULL_NAME':
      return fullName(parts);
    case 'LINKS':
      return (parts.primaryLinkUrl ?? '').replace(/^https?:\/\//, '');
    case 'EMAILS':
      return parts.primaryEmail ?? '';
    case 'PHONES':
      return parts.primaryPhoneNumber ?? '';
    case 'ADDRESS':
      return [parts.addressCity, parts.addressState].filter(Boolean).join(', ');
    case 'RELATION':
      return nameOf(value);
    case 'DATE':
      return new Date(`${String(value)}T00:00:00Z`).toLocaleDateString(locale, {
        dateStyle: 'medium',
        timeZone: 'UTC',
      });
    case 'DATE_TIME':
      return new Date(String(value)).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
    case 'BOOLEAN':
      return value === true ? '✓' : '–';
    case 'ARRAY':
    case 'MULTI_SELECT':
      return Array.isArray(value) ? value.join(', ') : '';
    case 'RAW_JSON':
      return JSON.stringify(value);
    default:
      return typeof value === 'number' ? value.toLocaleString(locale) : String(value as string);
  }
}

export function Cell({ field, value, locale }: { field: Field; value: unknown; locale: Locale }) {
  const option = field.type === 'SELECT' ? field.options?.find((candidate) => candidate.value === value) : undefined;
  if (option) return <span className={`chip chip-${option.color ?? 'gray'}`}>{option.label}</span>;
  return <>{textOf(field, value, locale)}</>;
}
