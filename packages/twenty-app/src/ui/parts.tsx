import { Children, type CSSProperties, type ReactNode } from 'react';
import { toneOf, useTheme, type Tone } from './theme';

/** A titled box. */
export function Card({ title, aside, children }: { title?: string; aside?: ReactNode; children: ReactNode }) {
  const theme = useTheme();
  return (
    <section
      {...(title !== undefined && { 'aria-label': title })}
      style={{
        display: 'flex',
        flexDirection: 'column',
        gap: 10,
        padding: 14,
        border: `1px solid ${theme.line}`,
        borderRadius: 8,
        background: theme.raised,
        minWidth: 0,
      }}
    >
      {(title !== undefined || aside !== undefined) && (
        <div
          style={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', alignItems: 'center', gap: 8 }}
        >
          {title !== undefined && <h3 style={{ margin: 0, fontSize: 13, fontWeight: 600 }}>{title}</h3>}
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}

/** Boxes side by side as long as they fit. */
export function Columns({ least, children }: { least: number; children: ReactNode }) {
  return (
    <div
      style={{
        display: 'grid',
        gridTemplateColumns: `repeat(auto-fit, minmax(min(${least}px, 100%), 1fr))`,
        gap: 12,
        alignItems: 'start',
      }}
    >
      {children}
    </div>
  );
}

/** Boxes side by side, as high as the highest beside them; those of the last line fill it. */
export function Tiles({ least, children }: { least: number; children: ReactNode }) {
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12 }}>
      {Children.toArray(children).map((child, index) => (
        <div key={index} style={{ flex: `1 1 ${least}px`, minWidth: 0, display: 'grid' }}>
          {child}
        </div>
      ))}
    </div>
  );
}

export function Row({ children, gap = 8 }: { children: ReactNode; gap?: number }) {
  return <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap }}>{children}</div>;
}

export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  const theme = useTheme();
  return (
    <span style={{ ...toneOf(theme, tone), padding: '1px 8px', borderRadius: 4, fontSize: 12, whiteSpace: 'nowrap' }}>
      {children}
    </span>
  );
}

export function Muted({ children }: { children: ReactNode }) {
  return <span style={{ color: useTheme().muted }}>{children}</span>;
}

export interface ButtonProps {
  children: ReactNode;
  onClick: () => void;
  /** `plain`: a word to press among other words. */
  look?: 'primary' | 'secondary' | 'danger' | 'plain';
  disabled?: boolean;
  label?: string;
  pressed?: boolean;
}

export function Button({ children, onClick, look = 'secondary', disabled = false, label, pressed }: ButtonProps) {
  const theme = useTheme();
  const looks: Record<NonNullable<ButtonProps['look']>, CSSProperties> = {
    primary: { background: theme.accent, color: theme.onAccent, border: `1px solid ${theme.accent}` },
    secondary: {
      background: pressed ? theme.hover : theme.ground,
      color: theme.text,
      border: `1px solid ${theme.strong}`,
    },
    plain: { background: 'transparent', color: theme.accent, border: '1px solid transparent', padding: '0 2px' },
    danger: { background: theme.ground, color: theme.bad, border: `1px solid ${theme.bad}` },
  };
  return (
    <button
      type="button"
      disabled={disabled}
      {...(label !== undefined && { 'aria-label': label })}
      {...(pressed !== undefined && { 'aria-pressed': pressed })}
      onClick={onClick}
      style={{
        padding: '4px 10px',
        ...looks[look],
        borderRadius: 4,
        font: 'inherit',
        fontWeight: 500,
        cursor: disabled ? 'default' : 'pointer',
        opacity: disabled ? 0.55 : 1,
        whiteSpace: 'nowrap',
      }}
    >
      {children}
    </button>
  );
}

/** What went well or wrong, or is to be known. Wrong things are announced. */
export function Notice({ tone, title, children }: { tone: Tone; title?: string; children?: ReactNode }) {
  const theme = useTheme();
  const { color, background } = toneOf(theme, tone);
  return (
    <div
      role={tone === 'bad' || tone === 'warn' ? 'alert' : 'status'}
      style={{
        padding: '8px 12px',
        borderRadius: 4,
        background,
        borderLeft: `3px solid ${color}`,
        whiteSpace: 'pre-line',
        overflowWrap: 'anywhere',
      }}
    >
      {title !== undefined && <strong style={{ display: 'block', fontWeight: 600 }}>{title}</strong>}
      {children}
    </div>
  );
}

/** A name and its value, one under the other. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div style={{ display: 'flex', flexDirection: 'column', minWidth: 0 }}>
      <Muted>{name}</Muted>
      <span style={{ fontWeight: 500, overflowWrap: 'anywhere' }}>{children}</span>
    </div>
  );
}

/** @param disabled shown as such: Twenty's page draws what cannot be edited like what can */
export const controlStyle = (theme: ReturnType<typeof useTheme>, disabled = false): CSSProperties => ({
  padding: '6px 8px',
  border: `1px solid ${theme.strong}`,
  borderRadius: 4,
  background: disabled ? theme.raised : theme.ground,
  color: disabled ? theme.muted : theme.text,
  font: 'inherit',
  minWidth: 0,
  width: '100%',
  boxSizing: 'border-box',
});

/** A caption with its control. */
export function Labelled({ caption, hint, children }: { caption: string; hint?: string; children: ReactNode }) {
  const theme = useTheme();
  return (
    <label style={{ display: 'flex', flexDirection: 'column', gap: 4, color: theme.muted, fontSize: 12, minWidth: 0 }}>
      {caption}
      {children}
      {hint !== undefined && <span style={{ color: theme.faint }}>{hint}</span>}
    </label>
  );
}
