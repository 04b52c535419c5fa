import { useState } from 'react';
import type { Locale } from '../domain/strings';
import type { PluginField } from '../plugin/plugin.types';
import { fromText, toText } from './field-value';
import type { TwentyRecord } from './twenty-records';

export interface Edits {
  /** As the control shows it. */
  valueOf: (field: PluginField) => string;
  edit: (name: string, value: string) => void;
  discard: () => void;
  /** As Twenty keeps it; what is wrong is not in it. */
  changes: Record<string, unknown>;
  problems: ReadonlyMap<string, string>;
  /** Changed values, wrong ones included. */
  count: number;
}

/** What somebody has changed of a record and not saved yet, checked as it is typed. */
export function useEdits(fields: PluginField[], record: TwentyRecord, locale: Locale): Edits {
  const [edits, setEdits] = useState<Record<string, string>>({});
  const problems = new Map<string, string>();
  const changes: Record<string, unknown> = {};
  for (const field of fields) {
    const text = edits[field.name];
    if (text === undefined || text === toText(field, record[field.name])) continue;
    const parsed = fromText(field, text, locale);
    if ('problem' in parsed) problems.set(field.name, parsed.problem);
    else changes[field.name] = parsed.value;
  }
  return {
    valueOf: (field) => edits[field.name] ?? toText(field, record[field.name]),
    edit: (name, value) => setEdits((before) => ({ ...before, [name]: value })),
    discard: () => setEdits({}),
    changes,
    problems,
    count: Object.keys(changes).length + problems.size,
  };
}
