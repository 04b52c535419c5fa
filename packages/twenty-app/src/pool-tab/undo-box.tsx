import { useState } from 'react';
import { undoLast } from '../actions/undo-last';
import { say, type Locale } from '../domain/strings';
import type { Message } from '../domain/summary';
import { pageEngine } from '../engine/page-engine';
import { Button, Muted, Notice, Row } from '../ui/parts';
import { eventWords } from './event-words';
import type { TabEvent, TabSubject } from './pool-tab.types';

interface UndoBoxProps {
  event: TabEvent;
  subject: TabSubject;
  locale: Locale;
  onDone: (message: Message) => void;
  onCancel: () => void;
}

/** Says what would be taken back, and asks once more. */
export function UndoBox({ event, subject, locale, onDone, onCancel }: UndoBoxProps) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string>();
  const undo = async () => {
    setBusy(true);
    const message = await undoLast([{ ...subject }], pageEngine(locale), locale);
    setBusy(false);
    if (message.variant === 'error') setFailed(message.message);
    else onDone(message);
  };
  return (
    <div role="form" aria-label={say(locale, 'undoLast')} style={{ display: 'flex', flexDirection: 'column', gap: 12 }}>
      <strong style={{ fontWeight: 500 }}>{eventWords(event, locale)}</strong>
      <Muted>{say(locale, 'undoSubtitle')}</Muted>
      {failed !== undefined && <Notice tone="bad" title={failed} />}
      <Row>
        <Button look="danger" disabled={busy} onClick={() => void undo()}>
          {say(locale, busy ? 'undoRunning' : 'undoJob')}
        </Button>
        <Button disabled={busy} onClick={onCancel}>
          {say(locale, 'cancel')}
        </Button>
      </Row>
    </div>
  );
}
