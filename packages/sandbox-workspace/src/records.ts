import type { RecordsApi } from './api';
import type { LinkedKind } from './linked-items';
import type { Field, ObjectDescription, StoredRecord, View, ViewFilter, WorkspaceDescription } from './workspace.types';

const SELECTIONS: Record<string, string> = {
  FULL_NAME: '{ firstName lastName }',
  LINKS: '{ primaryLinkUrl }',
  EMAILS: '{ primaryEmail }',
  PHONES: '{ primaryPhoneNumber }',
  ADDRESS: '{ addressCity addressState }',
  CURRENCY: '{ amountMicros currencyCode }',
};

/** Field types that a list or a record page shows. */
const SHOWN = new Set([
  'TEXT',
  'NUMBER',
  'BOOLEAN',
  'DATE',
  'DATE_TIME',
  'SELECT',
  'MULTI_SELECT',
  'ARRAY',
  'FULL_NAME',
  'LINKS',
  'EMAILS',
  'PHONES',
  'ADDRESS',
  'RELATION',
  'RAW_JSON',
]);

export const isShown = ({ type, relation }: Field): boolean => SHOWN.has(type) && relation?.kind !== 'ONE_TO_MANY';

function selection(field: Field, objects: WorkspaceDescription['objects']): string {
  if (!field.relation) return `${field.name} ${SELECTIONS[field.type] ?? ''}`;
  const name = objects[field.relation.target]?.fields.name;
  return `${field.name} { id ${name ? selection(name, objects) : ''} }`;
}

export function selectFields(
  object: ObjectDescription,
  names: readonly string[],
  objects: WorkspaceDescription['objects'],
): string {
  const fields = [...new Set([...names, 'name', 'title', 'poolStatus'])]
    .flatMap((name) => object.fields[name] ?? [])
    .filter(isShown);
  return ['id', ...fields.map((field) => selection(field, objects))].join(' ');
}

/** A view's filters as Twenty's record filter. */
function viewFilter({ filters, anyOf }: View, object: ObjectDescription, memberId: string): Record<string, unknown>[] {
  const translate = ({ field, operand, value, dates }: ViewFilter): Record<string, unknown> => {
    if (operand === 'IS_EMPTY' || operand === 'IS_NOT_EMPTY')
      return { [field]: { is: operand === 'IS_EMPTY' ? 'NULL' : 'NOT_NULL' } };
    const relation = object.fields[field]?.relation;
    if (relation) return { [relation.joinColumn ?? `${field}Id`]: { eq: memberId } };
    if (dates) return { [field]: dates };
    if (object.fields[field]?.type === 'BOOLEAN') return { [field]: { eq: value === 'true' } };
    return Array.isArray(value) ? { [field]: { in: value as unknown[] } } : { [field]: { eq: value } };
  };
  return [
    ...filters.map(translate),
    ...(anyOf.length > 0 ? [{ or: anyOf.map((all) => ({ and: all.map(translate) })) }] : []),
  ];
}

export interface ListQuery {
  object: ObjectDescription;
  view: View | undefined;
  columns: string[];
  search: string;
  status: string;
  poolId: string;
  first: number;
}

export interface RecordList {
  records: StoredRecord[];
  total: number;
}

export async function listRecords(
  api: RecordsApi,
  workspace: WorkspaceDescription,
  memberId: string,
  query: ListQuery,
): Promise<RecordList> {
  const { object, view, search, status, poolId } = query;
  const like = { ilike: `%${search}%` };
  const searched = object.fields.name ? 'name' : 'title';
  const nameFilter =
    object.fields.name?.type === 'FULL_NAME'
      ? { or: [{ name: { firstName: like } }, { name: { lastName: like } }] }
      : { [searched]: like };
  const filter = {
    and: [
      ...(view ? viewFilter(view, object, memberId) : []),
      // One's own tasks are what a reminder is looked for in.
      ...(object.nameSingular === 'task' ? [{ assigneeId: { eq: memberId } }] : []),
      ...(search === '' ? [] : [nameFilter]),
      ...(status === '' ? [] : [{ poolStatus: { eq: status } }]),
      ...(poolId === '' ? [] : [{ customerPoolId: { eq: poolId } }]),
    ],
  };
  const type = object.nameSingular.charAt(0).toUpperCase() + object.nameSingular.slice(1);
  const orderBy = view?.sort?.field
    ? [{ [view.sort.field]: view.sort.direction === 'DESC' ? 'DescNullsLast' : 'AscNullsLast' }]
    : [object.nameSingular === 'task' ? { createdAt: 'DescNullsLast' } : { position: 'AscNullsLast' }];
  const data = await api.ask<Record<string, { edges: { node: StoredRecord }[]; totalCount: number }>>(
    `query List($filter: ${type}FilterInput, $orderBy: [${type}OrderByInput], $first: Int) {
      ${object.namePlural}(filter: $filter, orderBy: $orderBy, first: $first) { totalCount edges { node { ${selectFields(object, query.columns, workspace.objects)} } } }
    }`,
    { filter, orderBy, first: query.first },
  );
  const page = data[object.namePlural];
  return { records: page?.edges.map(({ node }) => node) ?? [], total: page?.totalCount ?? 0 };
}

export async function readRecord(
  api: RecordsApi,
  workspace: WorkspaceDescription,
  object: ObjectDescription,
  id: string,
): Promise<StoredRecord | undefined> {
  const names = Object.keys(object.fields);
  const body = object.nameSingular === 'task' ? 'bodyV2 { markdown }' : '';
  const fields = `${selectFields(object, names, workspace.objects)} ${body}`;
  const data = await api.ask<Record<string, StoredRecord | null>>(
    `query One($id: UUID!) { ${object.nameSingular}(filter: { id: { eq: $id } }) { ${fields} } }`,
    { id },
  );
  const record = data[object.nameSingular];
  return record
    ? { ...record, ...(body !== '' && { body: (record.bodyV2 as Body | null)?.markdown ?? '' }) }
    : undefined;
}

export async function listPools(
  api: RecordsApi,
  workspace: WorkspaceDescription,
): Promise<{ id: string; name: string }[]> {
  if (!workspace.objects.customerPool) return [];
  const { customerPools } = await api.ask<{ customerPools: { edges: { node: { id: string; name: string } }[] } }>(
    '{ customerPools(first: 60) { edges { node { id name } } } }',
  );
  return customerPools.edges.map(({ node }) => node);
}

interface Body {
  markdown?: string | null;
}

export interface LinkedItem {
  id: string;
  title: string;
  body: string;
  createdAt: string;
  status?: 'TODO' | 'IN_PROGRESS' | 'DONE';
  dueAt?: string | null;
  assignee?: { name: unknown } | null;
}

const LINKED_FIELDS: Record<LinkedKind, string> = {
  note: 'id title createdAt bodyV2 { markdown }',
  task: 'id title createdAt bodyV2 { markdown } status dueAt assignee { name { firstName lastName } }',
};

/** The notes or tasks that are linked to a record, the newest first. */
export async function listLinked(
  api: RecordsApi,
  kind: LinkedKind,
  object: 'company' | 'person',
  recordId: string,
): Promise<LinkedItem[]> {
  const targets = `${kind}Targets`;
  const filter = { [object === 'company' ? 'targetCompanyId' : 'targetPersonId']: { eq: recordId } };
  const type = kind === 'note' ? 'NoteTarget' : 'TaskTarget';
  const data = await api.ask<
    Record<
      string,
      { edges: { node: Partial<Record<LinkedKind, (Omit<LinkedItem, 'body'> & { bodyV2: Body | null }) | null>> }[] }
    >
  >(
    `query Linked($filter: ${type}FilterInput) { ${targets}(filter: $filter, first: 60) { edges { node { ${kind} { ${LINKED_FIELDS[kind]} } } } } }`,
    { filter },
  );
  const items = (data[targets]?.edges ?? []).flatMap(({ node }) => node[kind] ?? []);
  return items
    .map(({ bodyV2, ...item }) => ({ ...item, body: bodyV2?.markdown ?? '' }))
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** Writes a note on a record, as a person does on its page. */
export async function addNote(
  api: RecordsApi,
  object: 'company' | 'person',
  recordId: string,
  title: string,
): Promise<void> {
  const { createNote } = await api.ask<{ createNote: { id: string } }>(
    'mutation Note($data: NoteCreateInput!) { createNote(data: $data) { id } }',
    { data: { title } },
  );
  const target = object === 'company' ? { targetCompanyId: recordId } : { targetPersonId: recordId };
  await api.ask('mutation Target($data: NoteTargetCreateInput!) { createNoteTarget(data: $data) { id } }', {
    data: { noteId: createNote.id, ...target },
  });
}
