import type { CSSProperties } from 'react';

interface FormStyles {
  form: CSSProperties;
  label: CSSProperties;
  control: CSSProperties;
  button: CSSProperties;
  busyButton: CSSProperties;
  message: (variant: 'success' | 'info' | 'warning' | 'error') => CSSProperties;
}

const PALETTES = {
  light: { text: '#333333', muted: '#666666', line: '#d6d6d6', ground: '#ffffff', accent: '#1961ed' },
  dark: { text: '#ebebeb', muted: '#b3b3b3', line: '#4c4c4c', ground: '#1b1b1b', accent: '#4f83f1' },
} as const;

const SIGNALS = { success: '#2e7d32', info: '#1961ed', warning: '#b26a00', error: '#c62828' } as const;

/** Looks that fit Twenty's side panel in its light and its dark scheme. */
export function formStyles(scheme: 'light' | 'dark'): FormStyles {
  const { text, muted, line, ground, accent } = PALETTES[scheme];
  const button: CSSProperties = {
    alignSelf: 'flex-end', padding: '8px 16px', border: 'none', borderRadius: 4, background: accent, color: '#ffffff', fontSize: 13, fontWeight: 500, cursor: 'pointer',
  };
  return {
    form: { display: 'flex', flexDirection: 'column', gap: 12, padding: 16, color: text, fontFamily: 'Inter, "PingFang SC", "Microsoft YaHei", sans-serif', fontSize: 13 },
    label: { display: 'flex', flexDirection: 'column', gap: 4, color: muted, fontSize: 12 },
    control: { padding: 8, border: `1px solid ${line}`, borderRadius: 4, background: ground, color: text, fontSize: 13, fontFamily: 'inherit' },
    button,
    busyButton: { ...button, opacity: 0.6, cursor: 'default' },
    message: (variant) => ({ padding: 8, borderRadius: 4, border: `1px solid ${SIGNALS[variant]}`, color: text, whiteSpace: 'pre-line' }),
  };
}
