import { Injectable } from '@nestjs/common';
import { v5 as uuidFromName } from 'uuid';
import { customerKey, type CustomerRef } from '../../domain/customer/customer';
import { groupBy, nodesOf, targetsOf, versionsOf } from './activity-mapping';
import { actorOf } from './customer-mapping';
import type { NoteRecord, RecordsRead } from './activity-records.types';
import { DELETED_OR_NOT } from './customer-write';
import {
  CreateNoteDocument,
  CreateNoteTargetDocument,
  ReadNotesDocument,
  ReadNoteTargetsDocument,
} from '../generated/core';
import { readAllPages } from '../client/read-pages';
import { TwentyClient } from '../client/twenty-client.service';
import { inBatches } from '../client/twenty.limits';
import type { CallOptions, Instant } from './twenty.types';

const TARGETS_PER_PAGE = 1000;

export interface NewNote {
  /** The caller's choice, a uuid: the same id again is the same note. */
  id: string;
  title: string;
  /** Markdown. */
  body: string;
  /** The customer it is shown on. */
  target: CustomerRef;
}

@Injectable()
export class NoteRecords {
  constructor(private readonly client: TwentyClient) {}

  /** Soft-deleted notes too, with `deletedAt`; destroyed and unknown ones are absent. Deleted links are not among the targets. @throws TwentyError */
  async readByIds(ids: readonly string[], options: CallOptions): Promise<RecordsRead<NoteRecord>> {
    const read: RecordsRead<NoteRecord> = { records: [], versions: [] };
    for (const batch of inBatches([...new Set(ids)])) {
      const filter = { and: [{ id: { in: batch } }, DELETED_OR_NOT] };
      const notes = nodesOf(
        (await this.client.request(ReadNotesDocument, { filter, first: batch.length }, options)).notes,
      );
      const targets = await this.readTargets(batch, options);
      const links = groupBy(targets, ({ noteId }) => noteId);
      read.versions.push(...versionsOf('note', notes), ...versionsOf('noteTarget', targets, ({ noteId }) => noteId));
      read.records.push(
        ...notes.map(({ createdBy, updatedAt: _, ...note }) => ({
          ...note,
          createdBy: actorOf(createdBy),
          targets: targetsOf(links.get(note.id) ?? []),
        })),
      );
    }
    return read;
  }

  /**
   * Again with the same id it is the same note: repeat it after a failure.
   * @returns when Twenty says it was written
   * @throws TwentyError REJECTED when the customer is gone
   */
  async create({ id, title, body, target }: NewNote, options: CallOptions): Promise<Instant | null> {
    const { createNote } = await this.client.request(
      CreateNoteDocument,
      { data: { id, title, bodyV2: { markdown: body } } },
      options,
    );
    const link = {
      id: uuidFromName(customerKey(target), id),
      noteId: id,
      ...(target.object === 'COMPANY' ? { targetCompanyId: target.recordId } : { targetPersonId: target.recordId }),
    };
    await this.client.request(CreateNoteTargetDocument, { data: link }, options);
    return createNote?.createdAt ?? null;
  }

  private readTargets(noteIds: string[], options: CallOptions) {
    const filter = { noteId: { in: noteIds } };
    return readAllPages(
      async (after) =>
        (await this.client.request(ReadNoteTargetsDocument, { filter, first: TARGETS_PER_PAGE, after }, options))
          .noteTargets,
    );
  }
}
