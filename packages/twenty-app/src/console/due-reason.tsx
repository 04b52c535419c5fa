import { sayShortDate } from '../domain/days';
import { say, type Locale } from '../domain/strings';
import { sayExemption } from '../pool-tab/countdown';
import { Badge, Muted } from '../ui/parts';
import { useTheme } from '../ui/theme';
import type { ConsoleCustomer } from './console.types';

/** Which rule returns a customer, or what keeps it, and from when it counts how long; the whole reason opens below. */
export function DueReason({
  customer: { clock, reclaimRule, reclaimOn },
  locale,
}: {
  customer: ConsoleCustomer;
  locale: Locale;
}) {
  const theme = useTheme();
  if (!clock) return reclaimRule === null ? null : <Badge>{say(locale, `rule${reclaimRule}`)}</Badge>;
  const binding = reclaimOn === null ? undefined : clock.rules.find((rule) => rule.binding);
  return (
    <details title={clock.text}>
      <summary style={{ cursor: 'pointer' }}>
        {binding ? (
          <>
            <Badge>{say(locale, `rule${binding.rule}`)}</Badge>{' '}
            <Muted>
              {say(locale, 'daysFrom', { days: binding.days, date: sayShortDate(binding.base.slice(0, 10), locale) })}
              {clock.heldDays > 0 && ` ${say(locale, 'plusHeld', { days: clock.heldDays })}`}
            </Muted>
          </>
        ) : clock.exemptions.length > 0 ? (
          clock.exemptions.map((code) => (
            <span key={code}>
              <Badge tone="info">{sayExemption(code, locale)}</Badge>{' '}
            </span>
          ))
        ) : (
          <Badge tone="info">{say(locale, 'staysWithYou')}</Badge>
        )}
      </summary>
      <div style={{ color: theme.muted, padding: '4px 0 4px 16px', maxWidth: 480 }}>{clock.text}</div>
    </details>
  );
}
