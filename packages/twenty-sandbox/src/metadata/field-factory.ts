import { deterministicId } from '../ids';
import type { FieldMeta, FieldOption, FieldType, OnDelete } from './metadata.types';

type FieldExtras = Partial<Omit<FieldMeta, 'name' | 'type'>>;
export type FieldDraft = Omit<FieldMeta, 'id' | 'applicationId' | 'universalIdentifier'> & {
  universalIdentifier?: string;
};

/** "engineId" -> "Engine Id", the label Twenty derives from a name. */
export function labelFromName(name: string): string {
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

export function field(name: string, type: FieldType, extras: FieldExtras = {}): FieldDraft {
  return { name, type, label: labelFromName(name), isSystem: false, isNullable: true, isUnique: false, ...extras };
}

export function select(name: string, values: readonly string[], extras: FieldExtras = {}): FieldDraft {
  const options: FieldOption[] = values.map((value, position) => ({ value, label: value, position }));
  return field(name, 'SELECT', { options, ...extras });
}

export function manyToOne(name: string, target: string, inverse: string, onDelete: OnDelete): FieldDraft {
  return field(name, 'RELATION', {
    relation: { kind: 'MANY_TO_ONE', target, inverse, joinColumn: `${name}Id`, onDelete },
  });
}

export function oneToMany(name: string, target: string, inverse: string): FieldDraft {
  return field(name, 'RELATION', { relation: { kind: 'ONE_TO_MANY', target, inverse } });
}

const SYSTEM: FieldDraft[] = [
  field('id', 'UUID', { isSystem: true, isNullable: false, defaultValue: 'uuid' }),
  field('createdAt', 'DATE_TIME', { isNullable: false, defaultValue: 'now', label: 'Creation date' }),
  field('updatedAt', 'DATE_TIME', { isNullable: false, defaultValue: 'now', label: 'Last update' }),
  field('deletedAt', 'DATE_TIME', { isSystem: true, label: 'Deleted at' }),
  field('position', 'POSITION', { isSystem: true, isNullable: false, defaultValue: 0 }),
  field('createdBy', 'ACTOR', { isSystem: true, isNullable: false, defaultValue: {} }),
  field('updatedBy', 'ACTOR', { isSystem: true, isNullable: false, defaultValue: {} }),
  field('searchVector', 'TS_VECTOR', { isSystem: true }),
];

const SYSTEM_BY_NAME = new Map(SYSTEM.map((draft) => [draft.name, draft]));
export const SYSTEM_FIELD_NAMES: readonly string[] = SYSTEM.map((draft) => draft.name);

export function systemField(name: string): FieldDraft {
  const draft = SYSTEM_BY_NAME.get(name);
  if (!draft) throw new Error(`Not a system field: ${name}`);
  return draft;
}

/** Gives a draft its ids; the same object and field have the same id in every sandbox. */
export function finishField(
  draft: FieldDraft,
  object: string,
  applicationId: string,
  universalIdentifier?: string,
): FieldMeta {
  return {
    ...draft,
    id: deterministicId(`field:${object}.${draft.name}`),
    universalIdentifier:
      universalIdentifier ?? draft.universalIdentifier ?? deterministicId(`universal:${object}.${draft.name}`),
    applicationId,
  };
}
