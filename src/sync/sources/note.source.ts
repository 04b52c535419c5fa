import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { MemberEntity } from '../../storage/entities/member.entity';
import { NoteRecords } from '../../twenty/records/note-records.service';
import type { NoteRecord } from '../../twenty/records/activity-records.types';
import type { CallOptions } from '../../twenty/records/twenty.types';
import { replaceActivities } from '../activity-rows.queries';
import { activityReading } from './activity-reading';
import type { FeedSource, SourceReading } from './feed-source';
import { followUpAuthor } from './follow-up-note-id';
import { followUpsOf } from './follow-up.queries';
import { strayActivities } from './stray.queries';
import { TWENTY_BATCH } from '../../twenty/client/twenty.limits';
import { noteFacts } from './note-facts';

/** Notes, and the follow-ups that are logged as notes. */
@Injectable()
export class NoteSource implements FeedSource {
  readonly name = 'NOTE';
  readonly isOptional = false;
  readonly objects = ['note', 'noteTarget'] as const;
  readonly batch = TWENTY_BATCH;

  constructor(private readonly records: NoteRecords) {}

  async read(ids: readonly string[], options: CallOptions): Promise<SourceReading[]> {
    const { records: notes, versions } = await this.records.readByIds(ids, options);
    const store = async (manager: EntityManager) => {
      // While Twenty has half of a logged follow-up, the engine's own word counts.
      const followUps = await followUpsOf(manager, ids);
      const settled = ids.filter((id) => followUps.get(id)?.state !== 'OPEN');
      const authors = await authorsOf(manager, notes);
      const facts = notes
        .filter(({ id }) => followUps.get(id)?.state !== 'OPEN')
        .flatMap((note) => noteFacts(note, followUps.get(note.id)?.memberId ?? authors.get(note.id) ?? null));
      return replaceActivities(manager, settled, ['NOTE', 'FOLLOW_UP'], facts);
    };
    return [activityReading(ids, versions, store)];
  }

  strays(manager: EntityManager, after: string | null, limit: number): Promise<string[]> {
    return strayActivities(manager, 'note', ['NOTE', 'FOLLOW_UP'], after, limit);
  }
}

/** Of notes that no member wrote by hand: whose logged follow-up it is. */
async function authorsOf(manager: EntityManager, notes: readonly NoteRecord[]): Promise<Map<string, string>> {
  const written = notes.filter(({ createdBy }) => !createdBy?.workspaceMemberId);
  if (written.length === 0) return new Map();
  const memberIds = (await manager.find(MemberEntity, { select: { id: true } })).map(({ id }) => id);
  return new Map(
    written.flatMap(({ id }) => {
      const author = followUpAuthor(id, memberIds);
      return author ? [[id, author] as const] : [];
    }),
  );
}
