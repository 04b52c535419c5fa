import { useState } from 'react';
import type { RecordsApi } from './api';
import { Cell, nameOf } from './cell';
import { titleOf } from './record-page';
import { isShown, listPools, listRecords } from './records';
import type { Locale, Say } from './strings';
import { useLive } from './use-workspace';
import type { Member, ObjectDescription, StoredRecord, View, WorkspaceDescription } from './workspace.types';

const DEFAULT_COLUMNS: Record<string, string[]> = {
  company: ['name', 'domainName', 'accountOwner', 'customerPool', 'poolStatus', 'reclaimOn', 'lastActivityOn'],
  task: ['title', 'status', 'dueAt', 'createdAt'],
  person: ['name', 'company', 'owner', 'customerPool', 'poolStatus', 'reclaimOn', 'lastActivityOn'],
};
const PAGE = 30;

export interface RecordListProps {
  workspace: WorkspaceDescription;
  api: RecordsApi;
  me: Member;
  object: ObjectDescription;
  view: View | undefined;
  locale: Locale;
  say: Say;
  selected: StoredRecord[];
  isSelectAll: boolean;
  onSelect: (records: StoredRecord[], isSelectAll: boolean) => void;
  onOpen: (id: string) => void;
}

/** Twenty's table of records, as far as actions on a selection need it. */
export function RecordList({
  workspace,
  api,
  me,
  object,
  view,
  locale,
  say,
  selected,
  isSelectAll,
  onSelect,
  onOpen,
}: RecordListProps) {
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState('');
  const [poolId, setPoolId] = useState('');
  const [first, setFirst] = useState(PAGE);
  const names = view?.columns ??
    DEFAULT_COLUMNS[object.nameSingular] ?? [
      'name',
      ...Object.keys(object.fields)
        .filter((name) => name !== 'name')
        .slice(0, 6),
    ];
  const columns = names.flatMap((name) => object.fields[name] ?? []).filter(isShown);
  const { value, failed } = useLive(
    () =>
      listRecords(api, workspace, me.id, {
        object,
        view,
        columns: columns.map(({ name }) => name),
        search,
        status,
        poolId,
        first,
      }),
    JSON.stringify([object.nameSingular, view?.id, search, status, poolId, first, me.id, workspace.now]),
  );
  const { value: pools = [] } = useLive(() => listPools(api, workspace), me.id);
  const ids = new Set(selected.map(({ id }) => id));
  const statuses = object.fields.poolStatus?.options ?? [];

  const toggle = (record: StoredRecord) =>
    onSelect(ids.has(record.id) ? selected.filter(({ id }) => id !== record.id) : [...selected, record], false);

  return (
    <section aria-label={object.labelPlural[locale]}>
      <div className="bar">
        <input
          type="search"
          aria-label={say('search')}
          placeholder={say('search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        {statuses.length > 0 && (
          <select aria-label={say('status')} value={status} onChange={(event) => setStatus(event.target.value)}>
            <option value="">{say('anyStatus')}</option>
            {statuses.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        )}
        {object.fields.customerPool && (
          <select aria-label={say('pool')} value={poolId} onChange={(event) => setPoolId(event.target.value)}>
            <option value="">{say('anyPool')}</option>
            {pools.map((pool) => (
              <option key={pool.id} value={pool.id}>
                {pool.name}
              </option>
            ))}
          </select>
        )}
        <span className="muted">{value && say('shown', { shown: value.records.length, total: value.total })}</span>
        {selected.length > 0 && (
          <span className="muted">
            {say('selected', { count: isSelectAll ? (value?.total ?? 0) : selected.length })}
          </span>
        )}
      </div>
      <div className="scroll">
        <table>
          <thead>
            <tr>
              <th className="check">
                <input
                  type="checkbox"
                  aria-label={say('selectAll')}
                  checked={isSelectAll}
                  onChange={() => (isSelectAll ? onSelect([], false) : onSelect(value?.records ?? [], true))}
                />
              </th>
              {columns.map((field) => (
                <th key={field.name}>{field.label[locale]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {value?.records.map((record) => (
              <tr key={record.id} className={ids.has(record.id) ? 'selected' : undefined}>
                <td className="check">
                  <input
                    type="checkbox"
                    aria-label={say('selectRow', { name: titleOf(record) })}
                    checked={ids.has(record.id)}
                    onChange={() => toggle(record)}
                  />
                </td>
                {columns.map((field, index) => (
                  <td key={field.name}>
                    {index === 0 ? (
                      <a
                        href={`/object/${object.nameSingular}/${record.id}`}
                        onClick={(event) => {
                          event.preventDefault();
                          onOpen(record.id);
                        }}
                      >
                        {nameOf(record[field.name]) || '—'}
                      </a>
                    ) : (
                      <Cell field={field} value={record[field.name]} locale={locale} />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {failed && (
          <p role="alert" className="state">
            {say('unreachable')}
          </p>
        )}
        {!value && !failed && <p className="state">{say('loading')}</p>}
        {value?.records.length === 0 && <p className="state">{say('empty')}</p>}
        {value && value.records.length < value.total && (
          <button type="button" className="more" onClick={() => setFirst(first + PAGE * 2)}>
            {say('more')}
          </button>
        )}
      </div>
    </section>
  );
}
