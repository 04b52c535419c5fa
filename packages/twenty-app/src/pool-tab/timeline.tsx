import { useState } from 'react';
import { sayAgo, sayInstant } from '../domain/days';
import { explainFault } from '../domain/fault';
import { sayReason } from '../domain/release-reasons';
import { say, type Locale } from '../domain/strings';
import { OLDER_EVENTS } from '../engine/documents';
import { pageEngine } from '../engine/page-engine';
import { Button, Muted, Notice, Row } from '../ui/parts';
import { toneOf, useTheme, type Tone } from '../ui/theme';
import { eventWords } from './event-words';
import type { EventPage, EventType, TabEvent, TabSubject } from './pool-tab.types';

const TONES: Partial<Record<EventType, Tone>> = {
  CLAIMED: 'good',
  ASSIGNED: 'good',
  REASSIGNED: 'info',
  RELEASED: 'warn',
  RECLAIMED: 'bad',
  OFFBOARDED: 'warn',
  ARCHIVED: 'neutral',
  UNDONE: 'info',
};

/** Somebody's change that something else made in their name, or that came of what they did. */
function sayVia({ actor, facts }: TabEvent, locale: Locale): string | undefined {
  const name = actor?.name ?? say(locale, 'unknownMember');
  switch (facts?.via) {
    case 'WORKFLOW':
      return say(locale, 'byWorkflow', { name });
    case 'AI':
      return say(locale, 'byAi', { name });
    case 'ACTIVITY':
      return say(locale, 'byActivity', { name });
    default:
      return undefined;
  }
}

function EventLine({
  event,
  today,
  locale,
  reasons,
}: {
  event: TabEvent;
  today: string;
  locale: Locale;
  reasons: Map<string, string>;
}) {
  const theme = useTheme();
  const { type, reason, note, at } = event;
  const why = [reason === null ? undefined : sayReason(reason, reasons, locale), note ?? undefined].filter(Boolean);
  const when = [sayAgo(at, today, locale), sayInstant(at, locale), sayVia(event, locale)].filter(Boolean);
  return (
    <li
      style={{
        display: 'flex',
        flexDirection: 'column',
        gap: 2,
        padding: '0 0 14px 16px',
        borderLeft: `2px solid ${theme.line}`,
        position: 'relative',
      }}
    >
      <span
        aria-hidden="true"
        style={{
          position: 'absolute',
          left: -6,
          top: 5,
          width: 10,
          height: 10,
          borderRadius: 5,
          background: toneOf(theme, TONES[type] ?? 'neutral').color,
        }}
      />
      <strong style={{ fontWeight: 500, overflowWrap: 'anywhere' }}>{eventWords(event, locale)}</strong>
      {why.length > 0 && <span style={{ overflowWrap: 'anywhere' }}>{why.join(' · ')}</span>}
      <Muted>{when.join(' · ')}</Muted>
    </li>
  );
}

/** The ownership history, newest first; older lines come on demand. */
export function Timeline({
  first,
  subject,
  today,
  locale,
  reasons,
}: {
  first: EventPage;
  subject: TabSubject;
  today: string;
  locale: Locale;
  reasons: Map<string, string>;
}) {
  const [older, setOlder] = useState<EventPage[]>([]);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const pages = [first, ...older];
  const last = pages.at(-1) ?? first;
  const seen = new Set<string>();
  const events = pages.flatMap((page) => page.events).filter(({ id }) => !seen.has(id) && seen.add(id));

  const more = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      const { ownershipEvents } = await pageEngine(locale).ask<{ ownershipEvents: EventPage }>(OLDER_EVENTS, {
        ...subject,
        after: last.endCursor,
      });
      setOlder((before) => [...before, ownershipEvents]);
    } catch (error) {
      setFault(explainFault(error, locale));
    } finally {
      setBusy(false);
    }
  };

  if (events.length === 0) return <Muted>{say(locale, 'noHistory')}</Muted>;
  return (
    <>
      <ol style={{ listStyle: 'none', margin: 0, padding: '4px 0 0 4px' }}>
        {events.map((event) => (
          <EventLine key={event.id} event={event} today={today} locale={locale} reasons={reasons} />
        ))}
      </ol>
      {fault !== undefined && <Notice tone="bad" title={fault} />}
      {last.hasNextPage && (
        <Row>
          <Button onClick={() => void more()} disabled={busy}>
            {say(locale, busy ? 'loading' : 'olderEvents')}
          </Button>
        </Row>
      )}
    </>
  );
}
