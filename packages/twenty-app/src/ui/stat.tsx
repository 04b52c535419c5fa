import type { ReactNode } from 'react';
import { useTheme } from './theme';

/** A number to be seen from afar, with what it means below it. */
export function Stat({ name, value, children }: { name: string; value: string; children?: ReactNode }) {
  const theme = useTheme();
  return (
    <section
      aria-label={name}
      style={{
        display: 'flex',
        flexDirection: 'column',
        gap: 2,
        padding: '10px 14px',
        border: `1px solid ${theme.line}`,
        borderRadius: 8,
        background: theme.raised,
        minWidth: 0,
      }}
    >
      <span style={{ color: theme.muted }}>{name}</span>
      <strong style={{ fontSize: 20, lineHeight: 1.3, fontWeight: 600 }}>{value}</strong>
      {children !== undefined && <span style={{ color: theme.muted, fontSize: 12 }}>{children}</span>}
    </section>
  );
}
