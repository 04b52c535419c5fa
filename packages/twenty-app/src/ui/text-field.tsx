import { useRef, type ChangeEvent, type CSSProperties } from 'react';
import { controlStyle } from './parts';
import { useTheme } from './theme';
import { keepTyped, TypedText } from './typed-text';

// Twenty does not carry `maxLength` over to the page.
const MOST_CHARACTERS = 2000;

export interface TextFieldProps {
  value: string;
  onChange: (value: string) => void;
  disabled?: boolean;
  placeholder?: string;
  label?: string;
  invalid?: boolean;
  type?: 'text' | 'search' | 'number' | 'password';
  /** More than one line. */
  rows?: number;
  style?: CSSProperties;
  /** What becomes of the typed text. The field goes on showing what was typed: to set it back would take the focus away. */
  format?: (typed: string) => string;
}

/** A line or some lines of text. Use it for all typed text: a bare input loses letters inside Twenty, see keepTyped. */
export function TextField({
  value,
  onChange,
  disabled = false,
  placeholder = '',
  label,
  invalid = false,
  type = 'text',
  rows,
  style,
  format = (typed) => typed,
}: TextFieldProps) {
  const theme = useTheme();
  const text = useRef<TypedText>(undefined);
  const known = (text.current ??= new TypedText(value));
  known.rendered(value);
  const common = {
    ref: keepTyped,
    value,
    disabled,
    placeholder,
    ...(label !== undefined && { 'aria-label': label }),
    ...(invalid && { 'aria-invalid': true }),
    style: { ...controlStyle(theme, disabled), ...style },
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      const typed = format(event.target.value.slice(0, MOST_CHARACTERS));
      known.typed(typed);
      onChange(typed);
    },
  };
  return rows === undefined ? (
    <input key={known.round} type={type} {...common} />
  ) : (
    <textarea key={known.round} rows={rows} {...common} />
  );
}
