export type FieldType =
  | 'ACTOR'
  | 'ADDRESS'
  | 'ARRAY'
  | 'BOOLEAN'
  | 'CURRENCY'
  | 'DATE'
  | 'DATE_TIME'
  | 'EMAILS'
  | 'FILES'
  | 'FULL_NAME'
  | 'LINKS'
  | 'MULTI_SELECT'
  | 'NUMBER'
  | 'NUMERIC'
  | 'PHONES'
  | 'POSITION'
  | 'RATING'
  | 'RAW_JSON'
  | 'RELATION'
  | 'RICH_TEXT'
  | 'SELECT'
  | 'TEXT'
  | 'TS_VECTOR'
  | 'UUID';

export type OnDelete = 'CASCADE' | 'SET_NULL' | 'RESTRICT' | 'NO_ACTION';

export interface FieldOption {
  value: string;
  label: string;
  position: number;
  color?: string;
}

export interface RelationMeta {
  kind: 'MANY_TO_ONE' | 'ONE_TO_MANY';
  /** Singular name of the object at the other end. */
  target: string;
  /** Name of the field at the other end. */
  inverse: string;
  /** Column that holds the id; only on the many side. */
  joinColumn?: string;
  onDelete?: OnDelete;
}

export interface FieldMeta {
  id: string;
  universalIdentifier: string;
  applicationId: string;
  name: string;
  type: FieldType;
  label: string;
  description?: string;
  icon?: string;
  isSystem: boolean;
  isNullable: boolean;
  isUnique: boolean;
  /** Plain value, already unquoted. */
  defaultValue?: unknown;
  options?: FieldOption[];
  /** NUMBER stored as integers is `Int` in GraphQL, every other NUMBER is `Float`. */
  isInteger?: boolean;
  relation?: RelationMeta;
}

export interface ObjectMeta {
  id: string;
  universalIdentifier: string;
  applicationId: string;
  nameSingular: string;
  namePlural: string;
  labelSingular: string;
  labelPlural: string;
  description?: string;
  icon?: string;
  isCustom: boolean;
  isSystem: boolean;
  labelIdentifier: string;
  fields: Map<string, FieldMeta>;
}
