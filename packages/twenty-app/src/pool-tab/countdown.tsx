import { daysBetween, sayDate } from '../domain/days';
import { say, type Locale } from '../domain/strings';
import { Badge, Muted, Row } from '../ui/parts';
import { toneOf, useTheme, type Tone } from '../ui/theme';
import type { TabCustomer } from './pool-tab.types';

const SOON_DAYS = 7;

function toneFor(days: number): Tone {
  if (days <= 1) return 'bad';
  return days <= SOON_DAYS ? 'warn' : 'good';
}

export function sayDaysLeft(days: number, reclaimOn: string, locale: Locale): string {
  if (days < 0) return say(locale, 'overdue', { date: sayDate(reclaimOn, locale) });
  if (days === 0) return say(locale, 'dueToday');
  return days === 1 ? say(locale, 'oneDayLeft') : say(locale, 'daysLeft', { count: days });
}

/** Days left as a ring that empties, with the date and the rule that decides. */
export function Countdown({ customer, today, locale }: { customer: TabCustomer; today: string; locale: Locale }) {
  const theme = useTheme();
  const { reclaimOn, reclaimRule, clock, locked, protectedUntil } = customer;
  const marks = (
    <Row>
      {locked && <Badge tone="info">{say(locale, 'locked')}</Badge>}
      {protectedUntil !== null && (
        <Badge tone="info">
          {say(locale, 'protectedUntil', { date: sayDate(protectedUntil.slice(0, 10), locale) })}
        </Badge>
      )}
      {clock?.exemptions
        .filter((code) => code !== 'LOCKED')
        .map((code) => (
          <Badge key={code} tone="info">
            {sayExemption(code, locale)}
          </Badge>
        ))}
    </Row>
  );
  if (reclaimOn === null) {
    return (
      <div style={{ display: 'flex', flexDirection: 'column', gap: 6 }}>
        <strong style={{ fontSize: 18 }}>{say(locale, 'staysWithYou')}</strong>
        {marks}
      </div>
    );
  }
  const days = daysBetween(today, reclaimOn);
  const whole = Math.max(clock?.rules.find(({ binding }) => binding)?.days ?? 30, days, 1);
  const { color } = toneOf(theme, toneFor(days));
  const round = 2 * Math.PI * 26;
  const words = sayDaysLeft(days, reclaimOn, locale);
  return (
    <div style={{ display: 'flex', gap: 14, alignItems: 'center' }}>
      <svg width="64" height="64" viewBox="0 0 64 64" role="img" aria-label={words} style={{ flex: 'none' }}>
        <circle cx="32" cy="32" r="26" fill="none" stroke={theme.line} strokeWidth="7" />
        <circle
          cx="32"
          cy="32"
          r="26"
          fill="none"
          stroke={color}
          strokeWidth="7"
          strokeLinecap="round"
          strokeDasharray={`${(round * Math.max(0, days)) / whole} ${round}`}
          transform="rotate(-90 32 32)"
        />
        <text x="32" y="38" textAnchor="middle" fill={theme.text} style={{ fontSize: 18, fontWeight: 600 }}>
          {Math.max(0, days)}
        </text>
      </svg>
      <div style={{ display: 'flex', flexDirection: 'column', gap: 2, minWidth: 0 }}>
        <strong style={{ fontSize: 18, color }}>{words}</strong>
        <span>{say(locale, 'goesBackOn', { date: sayDate(reclaimOn, locale) })}</span>
        {reclaimRule && <Muted>{say(locale, `rule${reclaimRule}`)}</Muted>}
        {marks}
      </div>
    </div>
  );
}

/** Why no clock runs out, in a word or two. */
export function sayExemption(code: string, locale: Locale): string {
  switch (code) {
    case 'POOL_INACTIVE':
      return say(locale, 'exemptPOOL_INACTIVE');
    case 'LOCKED':
      return say(locale, 'exemptLOCKED');
    case 'WON':
      return say(locale, 'exemptWON');
    case 'OPEN_OPPORTUNITY':
      return say(locale, 'exemptOPEN_OPPORTUNITY');
    default:
      return code;
  }
}
