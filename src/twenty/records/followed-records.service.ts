import { Injectable } from '@nestjs/common';
import { parse, type TypedQueryDocumentNode } from 'graphql';
import { TwentyClient } from '../client/twenty-client.service';
import { nodesOf } from './activity-mapping';
import type { RecordChange } from './activity-records.types';
import { DELETED_OR_NOT, type RecordFilter } from './customer-write';
import type { CallOptions, Instant, RecordCursor } from './twenty.types';

/** What is followed, by singular name: its plural, its type, and, of what belongs to another record, the field that names that. */
const objects = {
  company: { plural: 'companies', type: 'Company', origin: null },
  person: { plural: 'people', type: 'Person', origin: null },
  opportunity: { plural: 'opportunities', type: 'Opportunity', origin: null },
  note: { plural: 'notes', type: 'Note', origin: null },
  noteTarget: { plural: 'noteTargets', type: 'NoteTarget', origin: 'noteId' },
  task: { plural: 'tasks', type: 'Task', origin: null },
  taskTarget: { plural: 'taskTargets', type: 'TaskTarget', origin: 'taskId' },
  message: { plural: 'messages', type: 'Message', origin: null },
  messageParticipant: { plural: 'messageParticipants', type: 'MessageParticipant', origin: 'messageId' },
  messageChannelMessageAssociation: {
    plural: 'messageChannelMessageAssociations',
    type: 'MessageChannelMessageAssociation',
    origin: 'messageId',
  },
  calendarEvent: { plural: 'calendarEvents', type: 'CalendarEvent', origin: null },
  calendarEventParticipant: {
    plural: 'calendarEventParticipants',
    type: 'CalendarEventParticipant',
    origin: 'calendarEventId',
  },
} as const satisfies Record<string, { plural: string; type: string; origin: string | null }>;

export type FollowedName = keyof typeof objects;
export const followedNames = Object.keys(objects) as FollowedName[];

/** Ids and times are small: a read may bring many. */
export const LISTED_PER_PAGE = 1000;

/** A cursor with it stands before everything of its moment. No record has it, and Twenty refuses it in a filter. */
export const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

export interface ListedPage {
  name: FollowedName;
  changes: RecordChange[];
  /** Nothing comes after it. */
  isLast: boolean;
}

export interface Listing {
  pages: ListedPage[];
  /** Twenty's clock when it answered, by the second; null when it does not say. */
  twentyTime: Instant | null;
}

type Order = 'updatedAt' | 'id';
type Node = { id: string; updatedAt: string } & Record<string, string | null>;
type ListDocument = TypedQueryDocumentNode<Record<string, { edges: { node: Node }[] } | null>, Record<string, unknown>>;

/** Which records there are and when they last changed, of several objects in one request. Soft-deleted ones are among them. */
@Injectable()
export class FollowedRecords {
  private readonly documents = new Map<string, ListDocument>();

  constructor(private readonly client: TwentyClient) {}

  /**
   * The next of each object by (updatedAt, id) after its cursor; from the beginning where it is null.
   * @throws TwentyError
   */
  listChanges(asks: readonly { name: FollowedName; from: RecordCursor | null }[], options: CallOptions) {
    return this.list(
      'updatedAt',
      asks.map(({ name, from }) => ({ name, filter: afterCursor(from) })),
      options,
    );
  }

  /**
   * The next of each object by id.
   * @throws TwentyError
   */
  listIds(asks: readonly { name: FollowedName; after: string | null }[], options: CallOptions) {
    return this.list(
      'id',
      asks.map(({ name, after }) => ({ name, filter: after === null ? [] : [{ id: { gt: after } }] })),
      options,
    );
  }

  private async list(
    order: Order,
    asks: readonly { name: FollowedName; filter: RecordFilter[] }[],
    options: CallOptions,
  ): Promise<Listing> {
    let twentyTime: Instant | null = null;
    const answer = await this.client.request(
      this.document(
        order,
        asks.map(({ name }) => name),
      ),
      {
        first: LISTED_PER_PAGE,
        ...Object.fromEntries(asks.map(({ name, filter }) => [name, { and: [DELETED_OR_NOT, ...filter] }])),
      },
      { ...options, onAnswer: (at) => (twentyTime = at) },
    );
    const pages = asks.map(({ name }) => {
      const { plural, origin } = objects[name];
      const changes = nodesOf(answer[plural] ?? null).map((node) => ({
        id: node.id,
        updatedAt: node.updatedAt,
        originId: origin === null ? node.id : (node[origin] ?? null),
      }));
      return { name, changes, isLast: changes.length < LISTED_PER_PAGE };
    });
    return { pages, twentyTime };
  }

  private document(order: Order, names: readonly FollowedName[]): ListDocument {
    const key = [order, ...names].join(' ');
    const known = this.documents.get(key);
    if (known) return known;
    const made = listDocument(order, names);
    this.documents.set(key, made);
    return made;
  }
}

export function listDocument(order: Order, names: readonly FollowedName[]): ListDocument {
  const orderBy = [...new Set([order, 'id'])].map((field) => `{ ${field}: AscNullsFirst }`).join(', ');
  const fields = names.map((name) => {
    const { plural, origin } = objects[name];
    return `${plural}(filter: $${name}, first: $first, orderBy: [${orderBy}]) { edges { node { id updatedAt ${origin ?? ''} } } }`;
  });
  const variables = names.map((name) => `$${name}: ${objects[name].type}FilterInput!`);
  return parse(`query ListFollowed($first: Int!, ${variables.join(', ')}) { ${fields.join(' ')} }`) as ListDocument;
}

/** What comes after the cursor by (updatedAt, id). */
function afterCursor(cursor: RecordCursor | null): RecordFilter[] {
  if (!cursor) return [];
  const { updatedAt, id } = cursor;
  if (id === BEFORE_ALL) return [{ updatedAt: { gte: updatedAt } }];
  return [{ or: [{ updatedAt: { gt: updatedAt } }, { and: [{ updatedAt: { eq: updatedAt } }, { id: { gt: id } }] }] }];
}
