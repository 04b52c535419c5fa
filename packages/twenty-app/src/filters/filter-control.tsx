import { useState } from 'react';
import { say, type Locale } from '../domain/strings';
import { Button, controlStyle, Muted, Row } from '../ui/parts';
import { QuestionState } from '../ui/question-state';
import { Segments } from '../ui/segments';
import { TextField } from '../ui/text-field';
import { useTheme } from '../ui/theme';
import { useQuestion } from '../ui/use-question';
import { type FilteredObject, readFilterFields } from './filter-fields';
import type { FilterField, FilterRow, FilterRows } from './filter-field.types';
import { OPERATORS, takesValue, toFilter, toRows } from './filter-rows';

interface FilterControlProps {
  caption: string;
  hint: string;
  /** The filter as JSON text; empty for none. */
  value: string;
  objects: FilteredObject[];
  invalid: boolean;
  disabled: boolean;
  locale: Locale;
  onChange: (value: string) => void;
}

function parsed(text: string): unknown {
  try {
    return text.trim() === '' ? null : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

const JOINS = ['and', 'or'] as const;

/**
 * A filter on customers as conditions to choose. Their fields are asked for when somebody looks, so that the page shows itself without them. What
 * conditions cannot say is the text that Twenty understands.
 */
export function FilterControl({
  caption,
  hint,
  value,
  objects,
  invalid,
  disabled,
  locale,
  onChange,
}: FilterControlProps) {
  const theme = useTheme();
  const [open, setOpen] = useState(false);
  const [asText, setAsText] = useState(false);
  // Rows that are not complete yet are in no filter: they live here while they are edited.
  const [draft, setDraft] = useState<FilterRows>();
  const filter = parsed(value);
  const readable = filter === undefined ? undefined : toRows(filter);
  const rows = draft ?? readable;
  const text = asText || rows === undefined;
  const fields = useQuestion(open && !text ? objects.join(' ') : null, locale, () => readFilterFields(objects, locale));
  const known = fields.answer ?? [];

  const write = (next: FilterRows) => {
    setDraft(next);
    const made = toFilter(next, (path) => known.find((field) => field.path === path)?.kind ?? 'text');
    onChange(made === null ? '' : JSON.stringify(made, null, 2));
  };
  const add = () => {
    const [field] = known;
    if (rows && field) write({ ...rows, rows: [...rows.rows, emptyRow(field)] });
  };

  return (
    <fieldset
      style={{
        border: 'none',
        margin: 0,
        padding: 0,
        minWidth: 0,
        display: 'flex',
        flexDirection: 'column',
        gap: 6,
        gridColumn: '1 / -1',
      }}
    >
      <legend style={{ padding: '0 0 4px', color: theme.muted, fontSize: 12 }}>{caption}</legend>
      {text && (
        <TextField
          label={caption}
          rows={4}
          value={value}
          disabled={disabled}
          invalid={invalid}
          onChange={(next) => {
            setDraft(undefined);
            onChange(next);
          }}
          style={{
            fontFamily: 'ui-monospace, Menlo, Consolas, monospace',
            ...(invalid && { border: `1px solid ${theme.bad}` }),
          }}
        />
      )}
      {!text && !open && (
        <Muted>
          {rows.rows.length === 0
            ? say(locale, 'noConditions')
            : say(locale, 'conditionCount', { count: rows.rows.length })}
        </Muted>
      )}
      {!text && open && (
        <>
          <QuestionState question={fields} locale={locale} />
          {fields.answer && rows.rows.length > 1 && (
            <Row>
              <Segments
                label={say(locale, 'joinRows')}
                options={JOINS.map((id) => ({ id, name: say(locale, `join_${id}`) }))}
                chosen={rows.join}
                onChoose={(join) => write({ ...rows, join })}
              />
            </Row>
          )}
          {fields.answer &&
            rows.rows.map((row, index) => (
              <ConditionRow
                key={index}
                row={chosen(row, known)}
                index={index}
                fields={known}
                disabled={disabled}
                locale={locale}
                onChange={(next) =>
                  write({ ...rows, rows: rows.rows.map((other, at) => (at === index ? next : other)) })
                }
                onRemove={() => write({ ...rows, rows: rows.rows.filter((_, at) => at !== index) })}
              />
            ))}
        </>
      )}
      <Row>
        {!text && !open && (rows.rows.length > 0 || !disabled) && (
          <Button onClick={() => setOpen(true)}>
            {say(locale, rows.rows.length === 0 ? 'addCondition' : 'showConditions')}
          </Button>
        )}
        {!text && open && fields.answer && !disabled && <Button onClick={add}>{say(locale, 'addCondition')}</Button>}
        {!disabled && readable !== undefined && (
          <Button
            look="plain"
            onClick={() => {
              setDraft(undefined);
              setAsText(!asText);
            }}
          >
            {say(locale, asText ? 'asConditions' : 'asText')}
          </Button>
        )}
        {readable === undefined && filter !== undefined && !invalid && <Muted>{say(locale, 'tooRich')}</Muted>}
      </Row>
      <span style={{ color: invalid ? theme.bad : theme.faint, fontSize: 12 }}>{hint}</span>
    </fieldset>
  );
}

/** One of a choice is chosen like several. */
function chosen(row: FilterRow, fields: FilterField[]): FilterRow {
  const isChoice = fields.some(({ path, kind }) => path === row.path && kind === 'choice');
  return isChoice && row.operator === 'is' && typeof row.value === 'string'
    ? { ...row, operator: 'anyOf', value: [row.value] }
    : row;
}

function emptyRow({ path, kind }: FilterField): FilterRow {
  const [operator = 'is'] = OPERATORS[kind];
  return { path, operator, value: operator === 'anyOf' ? [] : kind === 'yesNo' ? 'true' : '' };
}

interface ConditionRowProps {
  row: FilterRow;
  index: number;
  fields: FilterField[];
  disabled: boolean;
  locale: Locale;
  onChange: (row: FilterRow) => void;
  onRemove: () => void;
}

function ConditionRow({ row, index, fields, disabled, locale, onChange, onRemove }: ConditionRowProps) {
  const theme = useTheme();
  const field = fields.find(({ path }) => path === row.path) ?? {
    path: row.path,
    label: row.path,
    kind: 'text' as const,
  };
  const offered = fields.some(({ path }) => path === row.path) ? fields : [field, ...fields];
  const operators = OPERATORS[field.kind].includes(row.operator)
    ? OPERATORS[field.kind]
    : [row.operator, ...OPERATORS[field.kind]];
  const style = { ...controlStyle(theme), width: 'auto', flex: '1 1 130px' };
  const named = (word: 'conditionField' | 'conditionOperator' | 'conditionValue') =>
    `${say(locale, word)} ${index + 1}`;
  const operate = (operator: FilterRow['operator']) =>
    onChange({ ...row, operator, value: operator === 'anyOf' ? [] : Array.isArray(row.value) ? '' : row.value });
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 6, alignItems: 'flex-start' }}>
      <select
        aria-label={named('conditionField')}
        style={style}
        value={row.path}
        disabled={disabled}
        onChange={(event) => {
          const next = fields.find(({ path }) => path === event.target.value);
          if (next) onChange(emptyRow(next));
        }}
      >
        {offered.map(({ path, label }) => (
          <option key={path} value={path}>
            {label}
          </option>
        ))}
      </select>
      <select
        aria-label={named('conditionOperator')}
        style={{ ...style, flex: '0 1 120px' }}
        value={row.operator}
        disabled={disabled}
        onChange={(event) => operate(event.target.value as FilterRow['operator'])}
      >
        {operators.map((operator) => (
          <option key={operator} value={operator}>
            {say(locale, `operator_${operator}`)}
          </option>
        ))}
      </select>
      {takesValue(row.operator) && (
        <span style={{ flex: '2 1 160px', minWidth: 0 }}>
          <ConditionValue
            row={row}
            field={field}
            label={named('conditionValue')}
            disabled={disabled}
            locale={locale}
            onChange={(value) => onChange({ ...row, value })}
          />
        </span>
      )}
      <Button
        look="plain"
        label={say(locale, 'takeAway', { name: `${field.label} ${index + 1}` })}
        disabled={disabled}
        onClick={onRemove}
      >
        ✕
      </Button>
    </div>
  );
}

interface ConditionValueProps {
  row: FilterRow;
  field: FilterField;
  label: string;
  disabled: boolean;
  locale: Locale;
  onChange: (value: string | string[]) => void;
}

function ConditionValue({ row: { operator, value }, field, label, disabled, locale, onChange }: ConditionValueProps) {
  const theme = useTheme();
  if (operator === 'anyOf') {
    const chosen = Array.isArray(value) ? value : [];
    // What is stored stays to be seen, also when Twenty does not offer it any more.
    const options = [
      ...(field.options ?? []),
      ...chosen
        .filter((item) => !(field.options ?? []).some((option) => option.value === item))
        .map((item) => ({ value: item, label: item })),
    ];
    return (
      <div
        role="group"
        aria-label={label}
        style={{ display: 'flex', flexWrap: 'wrap', gap: '2px 12px', padding: '4px 0' }}
      >
        {options.map((option) => (
          <label key={option.value} style={{ display: 'flex', gap: 5, alignItems: 'center' }}>
            <input
              type="checkbox"
              checked={chosen.includes(option.value)}
              disabled={disabled}
              onChange={(event) =>
                onChange(
                  event.target.checked ? [...chosen, option.value] : chosen.filter((item) => item !== option.value),
                )
              }
            />
            {option.label}
          </label>
        ))}
      </div>
    );
  }
  const text = Array.isArray(value) ? '' : value;
  if (field.kind === 'yesNo') {
    return (
      <select
        aria-label={label}
        style={controlStyle(theme)}
        value={text}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="true">{say(locale, 'isYes')}</option>
        <option value="false">{say(locale, 'isNo')}</option>
      </select>
    );
  }
  if (field.kind === 'date')
    return (
      <input
        type="date"
        aria-label={label}
        style={controlStyle(theme)}
        value={text.slice(0, 10)}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  return (
    <TextField
      type={field.kind === 'number' ? 'number' : 'text'}
      label={label}
      value={text}
      disabled={disabled}
      onChange={onChange}
    />
  );
}
