import { Button, Muted } from './parts';
import { toneOf, useTheme, type Tone } from './theme';

export interface BarRow {
  id: string;
  name: string;
  value: number;
  text: string;
  beside?: string;
  tone?: Tone;
}

interface BarRowsProps {
  label: string;
  rows: BarRow[];
  /** The names can be pressed; `label` says what that does. */
  onChoose?: { label: (name: string) => string; choose: (row: Pick<BarRow, 'id' | 'name'>) => void };
}

/** Names with bars whose lengths compare: read as a list by whoever cannot see it. */
export function BarRows({ label, rows, onChoose }: BarRowsProps) {
  const theme = useTheme();
  const most = Math.max(1, ...rows.map(({ value }) => value));
  return (
    <ul
      aria-label={label}
      style={{ listStyle: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: 6 }}
    >
      {rows.map(({ id, name, value, text, beside, tone = 'info' }) => (
        <li key={id} style={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
          <span style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}>
            {onChoose ? (
              <Button look="plain" label={onChoose.label(name)} onClick={() => onChoose.choose({ id, name })}>
                {name}
              </Button>
            ) : (
              <span style={{ overflowWrap: 'anywhere' }}>{name}</span>
            )}
            <span style={{ whiteSpace: 'nowrap' }}>
              {text} {beside !== undefined && <Muted>{beside}</Muted>}
            </span>
          </span>
          <span aria-hidden="true" style={{ display: 'block', height: 6, borderRadius: 3, background: theme.hover }}>
            <span
              style={{
                display: 'block',
                height: 6,
                borderRadius: 3,
                width: `${(100 * value) / most}%`,
                background: toneOf(theme, tone).color,
              }}
            />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** How much of a limit is used. */
export function Meter({ name, used, limit, text }: { name: string; used: number; limit: number | null; text: string }) {
  const theme = useTheme();
  const share = limit === null || limit === 0 ? (limit === 0 ? 1 : 0) : Math.min(1, used / limit);
  const tone: Tone = share >= 1 ? 'bad' : share >= 0.8 ? 'warn' : 'good';
  return (
    <div style={{ display: 'flex', flexDirection: 'column', gap: 3 }}>
      <span style={{ display: 'flex', justifyContent: 'space-between', gap: 8 }}>
        <span style={{ overflowWrap: 'anywhere' }}>{name}</span>
        <strong style={{ whiteSpace: 'nowrap' }}>{text}</strong>
      </span>
      {limit !== null && (
        <span aria-hidden="true" style={{ display: 'block', height: 6, borderRadius: 3, background: theme.hover }}>
          <span
            style={{
              display: 'block',
              height: 6,
              borderRadius: 3,
              width: `${100 * share}%`,
              background: toneOf(theme, tone).color,
            }}
          />
        </span>
      )}
    </div>
  );
}
