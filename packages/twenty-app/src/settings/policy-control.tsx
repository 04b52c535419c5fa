import { say, type Locale, type StringKey } from '../domain/strings';
import { FilterControl } from '../filters/filter-control';
import type { FilteredObject } from '../filters/filter-fields';
import type { PluginField } from '../plugin/plugin.types';
import { controlStyle, Labelled } from '../ui/parts';
import { TextField } from '../ui/text-field';
import { useTheme } from '../ui/theme';

interface PolicyControlProps {
  field: PluginField;
  value: string;
  problem: string | undefined;
  disabled: boolean;
  /** Which customers a filter is about. */
  objects?: FilteredObject[];
  /** What an empty number says. */
  whenEmpty?: StringKey;
  /** Says only what is wrong: the same field is explained elsewhere on the page. */
  terse?: boolean;
  locale: Locale;
  onChange: (value: string) => void;
}

const FILTERS: ReadonlySet<string> = new Set(['routingFilter', 'filter']);
const BOTH: FilteredObject[] = ['company', 'person'];

/** The control of one declared field, with its words and limits from plugin.json. */
export function PolicyControl({
  field,
  value,
  problem,
  disabled,
  objects = BOTH,
  whenEmpty = 'emptyIsOff',
  terse = false,
  locale,
  onChange,
}: PolicyControlProps) {
  const theme = useTheme();
  const caption = field.label[locale];
  const wrong = problem === undefined ? {} : { border: `1px solid ${theme.bad}` };
  const style = { ...controlStyle(theme), ...wrong };
  const limits = field.type === 'NUMBER' ? say(locale, 'fromTo2', { min: field.min, max: field.max }) : undefined;
  const hint = problem ?? (terse ? [] : [field.description?.[locale], limits]).filter(Boolean).join(' ');
  if (FILTERS.has(field.name))
    return (
      <FilterControl
        caption={caption}
        hint={hint}
        value={value}
        objects={objects}
        invalid={problem !== undefined}
        disabled={disabled}
        locale={locale}
        onChange={onChange}
      />
    );
  if (field.type === 'BOOLEAN') {
    return (
      <label style={{ display: 'flex', gap: 8, alignItems: 'flex-start', color: theme.muted, fontSize: 12 }}>
        <input
          type="checkbox"
          checked={value === 'yes'}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked ? 'yes' : '')}
        />
        <span>
          {caption}
          {hint !== '' && <span style={{ display: 'block', color: theme.faint }}>{hint}</span>}
        </span>
      </label>
    );
  }
  return (
    <Labelled caption={caption} {...(hint !== '' && { hint })}>
      {field.type === 'SELECT' ? (
        <select style={style} value={value} disabled={disabled} onChange={(event) => onChange(event.target.value)}>
          {field.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label[locale]}
            </option>
          ))}
        </select>
      ) : field.type === 'RAW_JSON' ? (
        <TextField
          style={{ ...wrong, fontFamily: 'ui-monospace, Menlo, Consolas, monospace' }}
          rows={4}
          value={value}
          disabled={disabled}
          invalid={problem !== undefined}
          onChange={onChange}
        />
      ) : (
        <TextField
          value={value}
          disabled={disabled}
          invalid={problem !== undefined}
          style={wrong}
          placeholder={field.type === 'NUMBER' ? say(locale, whenEmpty) : ''}
          onChange={onChange}
        />
      )}
    </Labelled>
  );
}
