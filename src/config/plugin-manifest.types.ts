import type { JobName } from './job.decorator';

/** The shape of plugin.json; plugin.schema.json checks it. */
export interface LocalizedText {
  en: string;
  'zh-CN': string;
}

export interface SelectOption {
  value: string;
  label: LocalizedText;
  color?: string;
}

export type FieldDefault = string | number | boolean | null | readonly unknown[] | { readonly [key: string]: unknown };

/** One field of an object, or one workspace setting. Numbers carry their limits. */
export interface ValueDefinition {
  type: string;
  universalIdentifier: string;
  label?: LocalizedText;
  description?: LocalizedText;
  default?: FieldDefault;
  min?: number;
  max?: number;
  integer?: boolean;
  options?: SelectOption[];
}

export interface FieldDefinition extends ValueDefinition {
  name: string;
  unique?: boolean;
  relation?: { target: string; onDelete?: string };
}

export interface SettingDefinition extends ValueDefinition {
  key: string;
}

export interface ObjectDefinition {
  name: string;
  namePlural: string;
  universalIdentifier: string;
  label: LocalizedText;
  labelPlural: LocalizedText;
  labelField: string;
  fields: FieldDefinition[];
}

/** `quick` is what somebody waits for, `bulk` what may take long; neither waits for the other. */
export type Lane = 'quick' | 'bulk';

/** The boot makes sure that plugin.json and the engine know the same names. */
export interface JobDefinition {
  name: JobName;
  lane: Lane;
  everySeconds?: number;
  cron?: string;
}

export interface PluginManifestData {
  name: string;
  version: string;
  universalIdentifier: string;
  label: LocalizedText;
  twenty: { min: string; testedWith: string[] };
  objects: ObjectDefinition[];
  extends: { object: string; fields: FieldDefinition[] }[];
  settings: SettingDefinition[];
  jobs: JobDefinition[];
  webhooks: { operations: string[] };
}
