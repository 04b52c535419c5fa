import { NOT_REACHED, type CustomerRef, type Result } from '../domain/engine.types';
import type { StringKey } from '../domain/strings';
import type { ActionName } from '../domain/summary';
import type { Engine } from '../engine/engine-client';

export type FormValues = Record<string, string>;

export interface FormField {
  name: string;
  kind: 'member' | 'pool' | 'releaseReason' | 'text' | 'note' | 'number' | 'date' | 'check' | 'choice';
  caption: StringKey;
  /** What stands in an empty note. */
  hint?: StringKey;
  /** Of a pool: what none means; without it one has to be chosen. */
  none?: StringKey;
  /** Of a choice. */
  options?: { value: string; caption: StringKey }[];
  initial?: string;
  required?: boolean;
  /** Shown only with these values. */
  when?: (values: FormValues) => boolean;
}

/** An action that asks before it acts. */
export interface FormSpec {
  action: ActionName;
  title: StringKey;
  /** Takes {count}. */
  intro: StringKey;
  /** Takes something away from somebody: its button says so. */
  danger?: boolean;
  fields: FormField[];
  /** `onProgress` gets how many of the customers are through, where they go one by one. */
  run: (
    engine: Engine,
    customers: CustomerRef[],
    values: FormValues,
    onProgress: (done: number) => void,
  ) => Promise<Result>;
}

/** The fields that count with these values. */
export const shownFields = ({ fields }: FormSpec, values: FormValues): FormField[] =>
  fields.filter(({ when }) => when?.(values) ?? true);

/** The first required field without a value. */
export function firstMissing(spec: FormSpec, values: FormValues): FormField | undefined {
  return shownFields(spec, values).find(({ name, required }) => required && (values[name] ?? '').trim() === '');
}

export const initialValues = ({ fields }: FormSpec): FormValues =>
  Object.fromEntries(fields.map(({ name, initial }) => [name, initial ?? '']));

/** Refusals that another try with this form can mend. */
const MENDABLE: ReadonlySet<string> = new Set(['REASON_REQUIRED', NOT_REACHED]);

/** The customers that stay in the form. */
export const remaining = ({ outcomes }: Result): CustomerRef[] =>
  outcomes
    .filter(({ refusal }) => refusal !== null && MENDABLE.has(refusal.code))
    .map(({ object, recordId }) => ({ object, recordId }));
