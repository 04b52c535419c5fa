import type { CSSProperties, ReactNode } from 'react';
import type { Theme } from './theme';

export const headStyle = (theme: Theme): CSSProperties => ({
  textAlign: 'left',
  padding: '5px 8px',
  color: theme.muted,
  fontWeight: 500,
  borderBottom: `1px solid ${theme.line}`,
  whiteSpace: 'nowrap',
  position: 'sticky',
  top: 0,
  background: theme.raised,
  zIndex: 1,
});

export const cellStyle = (theme: Theme): CSSProperties => ({
  padding: '5px 8px',
  borderBottom: `1px solid ${theme.line}`,
  verticalAlign: 'top',
  overflowWrap: 'anywhere',
});

/** A table that scrolls in its own box rather than widen or lengthen the page. `busy`: what it shows is about to change. */
export function TableBox({ label, busy = false, children }: { label: string; busy?: boolean; children: ReactNode }) {
  return (
    <div style={{ overflow: 'auto', maxHeight: 560, opacity: busy ? 0.55 : 1 }}>
      <table
        aria-label={label}
        aria-busy={busy}
        style={{ borderCollapse: 'separate', borderSpacing: 0, width: '100%' }}
      >
        {children}
      </table>
    </div>
  );
}
