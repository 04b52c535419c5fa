import { useState } from 'react';
import { moveClock } from './api';
import type { Locale, Say } from './strings';

interface ClockControlProps {
  now: string;
  locale: Locale;
  say: Say;
  onMoved: (message: { message: string; detailedMessage?: string; variant: 'success' | 'error' }) => void;
}

/** Lets days pass, for Twenty and for the engine. */
export function ClockControl({ now, locale, say, onMoved }: ClockControlProps) {
  const [moving, setMoving] = useState(false);
  const move = async (days: number) => {
    setMoving(true);
    try {
      const { reclaimed = 0, reminders = 0 } = await moveClock(days);
      onMoved({
        variant: 'success',
        message: say('clockMoved', { days }),
        detailedMessage: say('timeBrought', { reclaimed, reminders }),
      });
    } catch (error) {
      onMoved({
        variant: 'error',
        message: say('clockFailed', { reason: error instanceof Error ? error.message : '' }),
      });
    } finally {
      setMoving(false);
    }
  };
  return (
    <div className="clock" role="group" aria-label={say('today')}>
      <time dateTime={now}>
        {new Date(now).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'Asia/Shanghai' })}
      </time>
      <button type="button" disabled={moving} onClick={() => void move(1)}>
        {say('day')}
      </button>
      <button type="button" disabled={moving} onClick={() => void move(7)}>
        {say('week')}
      </button>
      {moving && <span role="status">{say('passing')}</span>}
    </div>
  );
}
