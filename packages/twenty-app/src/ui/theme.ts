import type { CSSProperties } from 'react';
import { useColorScheme } from 'twenty-sdk/front-component';

const PALETTES = {
  light: {
    scheme: 'light',
    text: '#333333',
    muted: '#666666',
    faint: '#767676',
    line: '#ebebeb',
    strong: '#d6d6d6',
    ground: '#ffffff',
    raised: '#fcfcfc',
    hover: '#f1f1f1',
    accent: '#3e63dd',
    info: '#3a5bc7',
    onAccent: '#ffffff',
    good: '#2e7d32',
    warn: '#b26a00',
    bad: '#c62828',
    goodGround: '#e8f5e9',
    warnGround: '#fff4e0',
    badGround: '#fdecea',
    infoGround: '#edf2fe',
  },
  dark: {
    scheme: 'dark',
    text: '#ebebeb',
    muted: '#b3b3b3',
    faint: '#949494',
    line: '#2e2e2e',
    strong: '#4c4c4c',
    ground: '#171717',
    raised: '#1d1d1d',
    hover: '#292929',
    accent: '#3e63dd',
    info: '#9eb1ff',
    onAccent: '#ffffff',
    good: '#7ccf82',
    warn: '#f0b354',
    bad: '#f08a85',
    goodGround: '#1c2b1e',
    warnGround: '#30260f',
    badGround: '#331c1b',
    infoGround: '#1a2440',
  },
} as const;

export type Theme = { [Name in keyof (typeof PALETTES)['light']]: string };
export type Tone = 'neutral' | 'good' | 'warn' | 'bad' | 'info';

/** Colours that fit Twenty's light and dark scheme and keep their contrast in both. */
export const useTheme = (): Theme => PALETTES[useColorScheme()];

export function toneOf(theme: Theme, tone: Tone): { color: string; background: string } {
  switch (tone) {
    case 'good':
      return { color: theme.good, background: theme.goodGround };
    case 'warn':
      return { color: theme.warn, background: theme.warnGround };
    case 'bad':
      return { color: theme.bad, background: theme.badGround };
    case 'info':
      return { color: theme.info, background: theme.infoGround };
    case 'neutral':
      return { color: theme.muted, background: theme.hover };
  }
}

export const pageStyle = (theme: Theme): CSSProperties => ({
  display: 'flex',
  flexDirection: 'column',
  gap: 16,
  padding: 16,
  color: theme.text,
  fontSize: 13,
  lineHeight: 1.5,
  // Checkboxes, lists and calendars are the browser's own: Twenty does not tell it which scheme is meant.
  colorScheme: theme.scheme,
  fontFamily: 'Inter, Roboto, "Segoe UI", Arial, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif',
});
