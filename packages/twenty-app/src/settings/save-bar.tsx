import type { ReactNode } from 'react';
import { say, type Locale } from '../domain/strings';
import { Badge, Button } from '../ui/parts';
import { useTheme } from '../ui/theme';

interface SaveBarProps {
  /** Changed values. */
  count: number;
  /** One of them cannot be used. */
  isWrong: boolean;
  busy: boolean;
  locale: Locale;
  onSave: () => void;
  onDiscard: () => void;
  /** What saving would do, or what went wrong with it. */
  children?: ReactNode;
}

/**
 * In sight as long as something is changed, wherever on the page that was. It is fixed to the window: what is meant to stick to a place
 * within Twenty's page does not.
 */
export function SaveBar({ count, isWrong, busy, locale, onSave, onDiscard, children }: SaveBarProps) {
  const theme = useTheme();
  if (count === 0) return null;
  return (
    <>
      <div aria-hidden="true" style={{ height: 72 }} />
      <div
        role="region"
        aria-label={say(locale, 'changedCount', { count })}
        style={{
          position: 'fixed',
          left: '50%',
          bottom: 16,
          transform: 'translateX(-50%)',
          zIndex: 3,
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          gap: 10,
          maxWidth: 'calc(100vw - 48px)',
          boxSizing: 'border-box',
          padding: '10px 14px',
          border: `1px solid ${theme.strong}`,
          borderRadius: 8,
          background: theme.raised,
          boxShadow: '0 4px 16px rgba(0, 0, 0, 0.18)',
        }}
      >
        <Badge tone={isWrong ? 'bad' : 'warn'}>{say(locale, 'changedCount', { count })}</Badge>
        {children}
        <span style={{ display: 'flex', gap: 8, marginLeft: 'auto' }}>
          <Button disabled={busy} onClick={onDiscard}>
            {say(locale, 'discard')}
          </Button>
          <Button look="primary" disabled={busy || isWrong} onClick={onSave}>
            {say(locale, busy ? 'saving' : 'save')}
          </Button>
        </span>
      </div>
    </>
  );
}
