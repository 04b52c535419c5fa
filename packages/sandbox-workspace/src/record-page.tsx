import { useState, type ReactNode } from 'react';
import type { RecordsApi } from './api';
import { Cell, nameOf, textOf } from './cell';
import { LinkedItems, type LinkedKind } from './linked-items';
import { isShown } from './records';
import type { Locale, Say } from './strings';
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
  const isCustomer = object.nameSingular === 'company' || object.nameSingular === 'person';
  const own: LinkedKind[] = isCustomer ? ['task', 'note'] : [];
  const [tabId, setTabId] = useState<string>(tabs[0]?.universalIdentifier ?? 'task');
  const fields = Object.values(object.fields).filter(
    (field) => isShown(field) && !['id', 'position', 'name', 'title', 'createdBy', 'updatedBy'].includes(field.name),
  );
  const ordered = [...fields]
    .sort((a, b) => rank(a.name) - rank(b.name))
    .filter(
      (field) =>
        field.type !== 'RAW_JSON' && (rank(field.name) < 99 || textOf(field, record[field.name], locale) !== ''),
    );
  const tab = tabs.find(({ universalIdentifier }) => universalIdentifier === tabId);
  const component = tab?.widgets?.[0]?.configuration.frontComponentUniversalIdentifier;

  return (
    <div className="record">
      <section aria-label={say('fields')} className="record-fields">
        <h2>{titleOf(record) || '—'}</h2>
        <dl>
          {ordered.map((field) => (
            <div key={field.name}>
              <dt>{field.label[locale]}</dt>
              <dd>
                <Cell field={field} value={record[field.name]} locale={locale} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section className="record-tabs">
        <div role="tablist">
          {tabs.map(({ universalIdentifier, title }) => (
            <button
              key={universalIdentifier}
              type="button"
              role="tab"
              aria-selected={universalIdentifier === tabId}
              onClick={() => setTabId(universalIdentifier)}
            >
              {title}
            </button>
          ))}
          {own.map((kind) => (
            <button key={kind} type="button" role="tab" aria-selected={tabId === kind} onClick={() => setTabId(kind)}>
              {say(kind === 'task' ? 'tasks' : 'notes')}
            </button>
          ))}
        </div>
        {component !== undefined && tab && renderComponent(component, tab.title)}
        {own.map(
          (kind) =>
            tabId === kind && (
              <LinkedItems
                key={kind}
                api={api}
                kind={kind}
                object={object.nameSingular as 'company' | 'person'}
                recordId={record.id}
                locale={locale}
                say={say}
                onNoted={onNoted}
              />
            ),
        )}
        {typeof record.body === 'string' && <p className="body">{record.body}</p>}
      </section>
    </div>
  );
}

/** Tasks have a title and no name. */
export const titleOf = ({ name, title }: StoredRecord): string => nameOf(name ?? title);

const rank = (name: string): number => (EMPHASIZED.includes(name) ? EMPHASIZED.indexOf(name) : 99);
