import { useState } from 'react';
import { sayInstant } from '../domain/days';
import { explainFault } from '../domain/fault';
import { say, type Locale } from '../domain/strings';
import { OLDER_EVENTS } from '../engine/documents';
import { pageEngine } from '../engine/page-engine';
import { Badge, Button, Muted, Notice, Row } from '../ui/parts';
import { useTheme, type Tone } from '../ui/theme';
import type { EventPage, EventType, TabEvent, TabSubject } from './pool-tab.types';

const TONES: Partial<Record<EventType, Tone>> = { CLAIMED: 'good', ASSIGNED: 'good', REASSIGNED: 'info', RELEASED: 'warn', RECLAIMED: 'bad', OFFBOARDED: 'warn', ARCHIVED: 'neutral', UNDONE: 'info' };

function nameEvent({ type, facts }: TabEvent, locale: Locale): string {
  if (type !== 'HELD') return say(locale, `event${type}`);
  switch (facts?.kind) {
    case 'QUIET': return say(locale, 'heldQUIET');
    case 'REQUEST': return say(locale, 'heldREQUEST');
    case 'EXTENSION': return say(locale, 'heldEXTENSION');
    case 'DECISION': return say(locale, facts.approved ? 'heldEXTENSION' : 'heldDECLINED');
    default: return say(locale, 'eventHELD');
  }
}

function nameActor({ actor, bySystem, facts }: TabEvent, locale: Locale): string {
  if (bySystem) return say(locale, 'bySystem');
  const name = actor?.name ?? say(locale, 'unknownMember');
  switch (facts?.via) {
    case 'WORKFLOW': return say(locale, 'byWorkflow', { name });
    case 'AI': return say(locale, 'byAi', { name });
    default: return say(locale, 'byMember', { name });
  }
}

function EventLine({ event, locale, reasons }: { event: TabEvent; locale: Locale; reasons: Map<string, string> }) {
  const theme = useTheme();
  const { type, from, to, reason, note, rule, at } = event;
  const changed = from?.id !== to?.id;
  const change = changed ? say(locale, 'fromTo', { from: from?.name ?? say(locale, 'nobody'), to: to?.name ?? say(locale, 'nobody') }) : undefined;
  const why = [reason === null ? undefined : (reasons.get(reason) ?? reason), rule === null ? undefined : say(locale, `rule${rule}`), note ?? undefined].filter(Boolean);
  return (
    <li style={{ display: 'flex', flexDirection: 'column', gap: 2, padding: '0 0 14px 16px', borderLeft: `2px solid ${theme.line}`, position: 'relative' }}>
      <span aria-hidden="true" style={{ position: 'absolute', left: -5, top: 6, width: 8, height: 8, borderRadius: 4, background: theme.faint }} />
      <Row>
        <Badge tone={TONES[type] ?? 'neutral'}>{nameEvent(event, locale)}</Badge>
        {change !== undefined && <strong style={{ fontWeight: 500 }}>{change}</strong>}
      </Row>
      {why.length > 0 && <span style={{ overflowWrap: 'anywhere' }}>{why.join(' · ')}</span>}
      <Muted>{`${sayInstant(at, locale)} · ${nameActor(event, locale)}`}</Muted>
    </li>
  );
}

/** The ownership history, newest first; older lines come on demand. */
export function Timeline({ first, subject, locale, reasons }: { first: EventPage; subject: TabSubject; locale: Locale; reasons: Map<string, string> }) {
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
      const { ownershipEvents } = await pageEngine(locale).ask<{ ownershipEvents: EventPage }>(OLDER_EVENTS, { ...subject, after: last.endCursor });
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
      <ol style={{ listStyle: 'none', margin: 0, padding: '4px 0 0 4px' }}>{events.map((event) => <EventLine key={event.id} event={event} locale={locale} reasons={reasons} />)}</ol>
      {fault !== undefined && <Notice tone="bad" title={fault} />}
      {last.hasNextPage && <Row><Button onClick={() => void more()} disabled={busy}>{say(locale, busy ? 'loading' : 'olderEvents')}</Button></Row>}
    </>
  );
}
