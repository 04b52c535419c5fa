import { useState, type ReactNode } from 'react';
import { addNote } from './records';
import type { RecordsApi } from './api';
import { Cell, nameOf, textOf } from './cell';
import { isShown } from './records';
import { standardLabel, type Locale, type Say } from './strings';
import type { ObjectDescription, StoredRecord, Tab } from './workspace.types';

const EMPHASIZED = ['accountOwner', 'owner', 'customerPool', 'poolStatus', 'reclaimOn'];

export interface RecordPageProps {
  api: RecordsApi;
  object: ObjectDescription;
  record: StoredRecord;
  tabs: Tab[];
  locale: Locale;
  say: Say;
  onNoted: () => void;
  renderComponent: (component: string, title: string) => ReactNode;
}

/** Twenty's record page: its fields at the left, tabs at the right, the app's tabs among them. */
export function RecordPage({ api, object, record, tabs, locale, say, onNoted, renderComponent }: RecordPageProps) {
  const [tabId, setTabId] = useState(tabs[0]?.universalIdentifier ?? '');
  const [note, setNote] = useState('');
  const fields = Object.values(object.fields).filter((field) => isShown(field) && !['id', 'position', 'name', 'createdBy', 'updatedBy'].includes(field.name));
  const ordered = [...fields].sort((a, b) => rank(a.name) - rank(b.name)).filter((field) => field.type !== 'RAW_JSON' && (rank(field.name) < 99 || textOf(field, record[field.name], locale) !== ''));
  const tab = tabs.find(({ universalIdentifier }) => universalIdentifier === tabId);
  const component = tab?.widgets?.[0]?.configuration.frontComponentUniversalIdentifier;

  const write = async () => {
    await addNote(api, object.nameSingular === 'person' ? 'person' : 'company', record.id, note);
    setNote('');
    onNoted();
  };

  return (
    <div className="record">
      <section aria-label={say('fields')} className="record-fields">
        <h2>{nameOf(record.name) || '—'}</h2>
        <dl>
          {ordered.map((field) => (
            <div key={field.name}>
              <dt>{standardLabel(field.label, locale)}</dt>
              <dd><Cell field={field} value={record[field.name]} locale={locale} /></dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="record-tabs">
        <div role="tablist">
          {tabs.map(({ universalIdentifier, title }) => (
            <button key={universalIdentifier} type="button" role="tab" aria-selected={universalIdentifier === tabId} onClick={() => setTabId(universalIdentifier)}>{title}</button>
          ))}
          <button type="button" role="tab" aria-selected={tab === undefined} onClick={() => setTabId('')}>{say('notes')}</button>
        </div>
        {component !== undefined && tab && renderComponent(component, tab.title)}
        {tab === undefined && (
          <form className="note" onSubmit={(event) => { event.preventDefault(); void write(); }}>
            <textarea aria-label={say('noteTitle')} placeholder={say('noteTitle')} rows={3} value={note} onChange={(event) => setNote(event.target.value)} />
            <button type="submit" disabled={note.trim() === ''}>{say('addNote')}</button>
          </form>
        )}
      </section>
    </div>
  );
}

const rank = (name: string): number => (EMPHASIZED.includes(name) ? EMPHASIZED.indexOf(name) : 99);
