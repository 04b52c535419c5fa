import { useState } from 'react';
import type { RecordsApi } from './api';
import { nameOf } from './cell';
import { addNote, listLinked } from './records';
import type { Locale, Say } from './strings';
import { useLive } from './use-workspace';

export type LinkedKind = 'task' | 'note';

interface LinkedItemsProps {
  api: RecordsApi;
  kind: LinkedKind;
  object: 'company' | 'person';
  recordId: string;
  locale: Locale;
  say: Say;
  onNoted: () => void;
}

/** The notes or the tasks of a record, the newest first, as Twenty's tabs show them. */
export function LinkedItems({ api, kind, object, recordId, locale, say, onNoted }: LinkedItemsProps) {
  const { value: items, failed, again } = useLive(() => listLinked(api, kind, object, recordId), `${kind} ${recordId}`);
  const moment = (iso: string) => new Date(iso).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <>
      {kind === 'note' && (
        <NoteForm
          say={say}
          write={async (title) => {
            await addNote(api, object, recordId, title);
            again();
            onNoted();
          }}
        />
      )}
      {failed && (
        <p role="alert" className="state">
          {say('unreachable')}
        </p>
      )}
      {items?.length === 0 && <p className="state">{say(kind === 'task' ? 'noTasks' : 'noNotes')}</p>}
      <ul className="items">
        {items?.map((item) => (
          <li key={item.id}>
            <strong>{item.title}</strong>{' '}
            {item.status !== undefined && (
              <span className={`chip ${item.status === 'DONE' ? 'chip-green' : 'chip-orange'}`}>
                {say(`task${item.status}`)}
              </span>
            )}
            <span className="muted">
              {[
                item.assignee && nameOf(item.assignee),
                item.dueAt ? say('dueAt', { date: moment(item.dueAt) }) : moment(item.createdAt),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            {item.body !== '' && <p>{item.body}</p>}
          </li>
        ))}
      </ul>
    </>
  );
}

function NoteForm({ say, write }: { say: Say; write: (title: string) => Promise<void> }) {
  const [note, setNote] = useState('');
  const submit = async () => {
    await write(note);
    setNote('');
  };
  return (
    <form
      className="note"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <textarea
        aria-label={say('noteTitle')}
        placeholder={say('noteTitle')}
        rows={3}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <button type="submit" disabled={note.trim() === ''}>
        {say('addNote')}
      </button>
    </form>
  );
}
