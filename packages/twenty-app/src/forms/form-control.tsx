import { say, type Locale } from '../domain/strings';
import type { ReleaseReason } from '../domain/release-reasons';
import type { MemberChoice } from '../engine/members-source';
import { controlStyle, Labelled } from '../ui/parts';
import { TextField } from '../ui/text-field';
import { useTheme } from '../ui/theme';
import type { FormField } from './form-spec';

export interface FormControlProps {
  field: FormField;
  value: string;
  disabled: boolean;
  locale: Locale;
  members: MemberChoice[];
  pools: { id: string; name: string }[];
  reasons: ReleaseReason[];
  onChange: (value: string) => void;
}

/** The control of one field of a form, with its caption. */
export function FormControl({ field, value, disabled, locale, members, pools, reasons, onChange }: FormControlProps) {
  const theme = useTheme();
  const style = controlStyle(theme);
  const caption = say(locale, field.caption);
  const select = (first: string | undefined, options: { id: string; name: string }[]) => (
    <select style={style} value={value} disabled={disabled} onChange={(event) => onChange(event.target.value)}>
      {first !== undefined && <option value="">{first}</option>}
      {options.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
  switch (field.kind) {
    case 'member':
      return <Labelled caption={caption}>{select(say(locale, 'chooseMember'), members)}</Labelled>;
    case 'pool':
      return <Labelled caption={caption}>{select(say(locale, field.none ?? 'choosePool'), pools)}</Labelled>;
    case 'releaseReason':
      return (
        <Labelled caption={caption}>
          {select(
            say(locale, 'releaseReasonNone'),
            reasons.map(({ code, label }) => ({ id: code, name: label })),
          )}
        </Labelled>
      );
    case 'choice':
      return (
        <Labelled caption={caption}>
          {select(
            undefined,
            (field.options ?? []).map((option) => ({ id: option.value, name: say(locale, option.caption) })),
          )}
        </Labelled>
      );
    case 'note':
      return (
        <Labelled caption={caption}>
          <TextField
            rows={3}
            value={value}
            disabled={disabled}
            placeholder={field.hint === undefined ? '' : say(locale, field.hint)}
            onChange={onChange}
          />
        </Labelled>
      );
    case 'check':
      return (
        <label style={{ display: 'flex', gap: 8, alignItems: 'center', fontSize: 12, color: theme.muted }}>
          <input
            type="checkbox"
            checked={value === 'yes'}
            disabled={disabled}
            onChange={(event) => onChange(event.target.checked ? 'yes' : '')}
          />
          {caption}
        </label>
      );
    case 'date':
      return (
        <Labelled caption={caption}>
          <input
            type="date"
            style={style}
            value={value}
            disabled={disabled}
            onChange={(event) => onChange(event.target.value)}
          />
        </Labelled>
      );
    default:
      return (
        <Labelled caption={caption}>
          <TextField
            type={field.kind === 'number' ? 'number' : 'text'}
            value={value}
            disabled={disabled}
            onChange={onChange}
          />
        </Labelled>
      );
  }
}
