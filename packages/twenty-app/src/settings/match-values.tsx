import { useState } from 'react';
import { say, type Locale } from '../domain/strings';
import { Labelled } from '../ui/parts';
import { TextField } from '../ui/text-field';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields that a pool matches by; none when they cannot be read. */
export const matchFieldsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];

function valuesOf(text: string): Record<string, string[]> {
  try {
    const value = JSON.parse(text) as unknown;
    if (!isObject(value)) return {};
    return Object.fromEntries(
      Object.entries(value).map(([name, list]) => [name, Array.isArray(list) ? list.map(String) : []]),
    );
  } catch {
    return {};
  }
}

const listed = (text: string): string[] =>
  text
    .split(/[,，、]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** What a member takes of each field that the pool matches by; `value` is the JSON text of their `matchValues`. */
export function MatchValues({
  fields,
  value,
  disabled,
  locale,
  onChange,
}: {
  fields: string[];
  value: string;
  disabled: boolean;
  locale: Locale;
  onChange: (value: string) => void;
}) {
  const values = valuesOf(value);
  // What is typed stays as it is typed, commas and blanks included.
  const [typed, setTyped] = useState<Record<string, string>>({});
  const write = (name: string, text: string) => {
    setTyped((before) => ({ ...before, [name]: text }));
    const kept = Object.entries({ ...values, [name]: listed(text) }).filter(([, items]) => items.length > 0);
    onChange(kept.length === 0 ? '' : JSON.stringify(Object.fromEntries(kept), null, 2));
  };
  return fields.map((name) => (
    <Labelled key={name} caption={`${say(locale, 'takes')}: ${name}`} hint={say(locale, 'takesHint')}>
      <TextField
        value={typed[name] ?? (values[name] ?? []).join(', ')}
        disabled={disabled}
        onChange={(text) => write(name, text)}
      />
    </Labelled>
  ));
}
