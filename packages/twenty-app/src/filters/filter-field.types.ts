/** What a condition can be about, as far as rows can show it. */
export type FilterKind = 'text' | 'number' | 'yesNo' | 'choice' | 'choices' | 'date';

export interface FilterField {
  /** As Twenty's filters name it: a field, or a part of one after a dot. */
  path: string;
  label: string;
  kind: FilterKind;
  /** Of a choice. */
  options?: { value: string; label: string }[];
}

export type FilterOperator = 'is' | 'isNot' | 'contains' | 'atLeast' | 'atMost' | 'anyOf' | 'isEmpty' | 'isNotEmpty';

export interface FilterRow {
  path: string;
  operator: FilterOperator;
  /** Text as typed; of `anyOf` a list. */
  value: string | string[];
}

export interface FilterRows {
  /** All rows, or one of them. */
  join: 'and' | 'or';
  rows: FilterRow[];
}
