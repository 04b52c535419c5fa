import type { ReactNode } from 'react';
import { useTheme } from '../ui/theme';

/** Several controls that are one value. */
export function Group({
  caption,
  hint,
  bad,
  children,
}: {
  caption: string;
  hint: string;
  bad: boolean;
  children: ReactNode;
}) {
  const theme = useTheme();
  return (
    <fieldset
      style={{ border: 'none', margin: 0, padding: 0, minWidth: 0, display: 'flex', flexDirection: 'column', gap: 6 }}
    >
      <legend style={{ padding: '0 0 4px', color: theme.muted, fontSize: 12 }}>{caption}</legend>
      {children}
      <span style={{ color: bad ? theme.bad : theme.faint, fontSize: 12 }}>{hint}</span>
    </fieldset>
  );
}
