/** The shape of plugin.json; plugin.schema.json is its exact form. */
export interface Text {
  en: string;
  'zh-CN': string;
}

export type ExtendedObject = 'company' | 'person';

export type OptionColor =
  | 'red'
  | 'ruby'
  | 'crimson'
  | 'tomato'
  | 'orange'
  | 'amber'
  | 'yellow'
  | 'lime'
  | 'grass'
  | 'green'
  | 'jade'
  | 'mint'
  | 'turquoise'
  | 'cyan'
  | 'sky'
  | 'blue'
  | 'iris'
  | 'violet'
  | 'purple'
  | 'plum'
  | 'pink'
  | 'bronze'
  | 'gold'
  | 'brown'
  | 'gray';

export interface PluginOption {
  value: string;
  label: Text;
  color?: OptionColor;
}

interface FieldBase {
  name: string;
  universalIdentifier: string;
  label: Text;
  description?: Text;
  icon?: string;
  unique?: boolean;
  /** Written by the engine; people do not edit it. */
  readOnly?: boolean;
}

export interface PluginRelation {
  target: string;
  inverse: { name: string; universalIdentifier: string; label: Text; icon?: string };
  onDelete: 'SET_NULL' | 'CASCADE';
}

export type RelationField = FieldBase & { type: 'RELATION'; relation: PluginRelation };

export type PluginField =
  | (FieldBase & { type: 'TEXT' | 'DATE' | 'DATE_TIME' | 'RAW_JSON' })
  | (FieldBase & { type: 'NUMBER'; default?: number; min: number; max: number; integer?: boolean })
  | (FieldBase & { type: 'BOOLEAN'; default: boolean })
  | (FieldBase & { type: 'SELECT'; default?: string; options: PluginOption[] })
  | (FieldBase & { type: 'ARRAY'; default?: string[] })
  | RelationField;

export interface PluginObject {
  name: string;
  namePlural: string;
  universalIdentifier: string;
  label: Text;
  labelPlural: Text;
  description: Text;
  icon: string;
  labelField: string;
  fields: PluginField[];
}

export interface PluginSetting {
  key: string;
  type: 'TEXT' | 'NUMBER' | 'BOOLEAN' | 'SELECT' | 'MULTI_SELECT' | 'ARRAY' | 'RAW_JSON' | 'DATE';
  universalIdentifier: string;
  default: string | number | boolean | string[] | Record<string, unknown>;
  label: Text;
  description: Text;
  options?: PluginOption[];
  /** Of a text. */
  format?: 'url' | 'time-zone' | 'country' | 'member';
  /** Of the items of a list. */
  items?: { format: 'date' };
  min?: number;
  max?: number;
  /** How many of the options have to be chosen. */
  minItems?: number;
  /** Holds secrets: it is written, and never shown. */
  sensitive?: boolean;
}

export interface PluginAction {
  name: string;
  objects: ExtendedObject[];
  components: Record<ExtendedObject, string>;
  commands: Record<ExtendedObject, string>;
  availableWhen: 'OWNED' | 'POOLED' | 'ARCHIVED' | 'NOT_ARCHIVED' | 'MANAGED';
  /** Default true. */
  pinned?: boolean;
  /** The component that asks for input, when the action needs any. */
  form?: string;
  label: Text;
  shortLabel: Text;
  description: Text;
  icon: string;
}

export interface Plugin {
  name: string;
  version: string;
  universalIdentifier: string;
  label: Text;
  description: Text;
  twenty: { min: string; testedWith: string[] };
  objects: PluginObject[];
  extends: { object: ExtendedObject; fields: PluginField[] }[];
  settings: PluginSetting[];
  actions: PluginAction[];
  permissions: { objects: Record<string, { read: boolean; update: boolean }>; flags: string[] };
}
