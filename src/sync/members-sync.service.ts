import { Injectable, Logger } from '@nestjs/common';
import { DataSource, IsNull, type EntityManager } from 'typeorm';
import { Clock } from '../config/clock';
import { Job } from '../config/job.decorator';
import { OffboardingService } from '../bulk/offboarding.service';
import { MemberEntity } from '../storage/entities/member.entity';
import { inTransaction } from '../storage/transaction';
import { MemberRecords } from '../twenty/records/member-records.service';
import { databaseInstant, isLatestReading, markRead } from './sync-cursor.queries';

/**
 * Twenty destroys a removed member without an event for the customers it empties (docs/twenty-platform.md#trap-2), so
 * an id that is gone is how the engine knows; the customers that the index says were theirs are read again.
 */
@Injectable()
export class MembersSync {
  private readonly logger = new Logger(MembersSync.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly records: MemberRecords,
    private readonly offboarding: OffboardingService,
    private readonly clock: Clock,
  ) {}

  /** @throws TwentyError */
  @Job('sync-members')
  async sync(): Promise<void> {
    const startedAt = await databaseInstant(this.dataSource.manager);
    const members = await this.records.readAll({ priority: 'background' });
    if (members.length === 0) return this.logger.warn('Twenty lists no members at all; not believed');
    await inTransaction(this.dataSource, async (manager) => {
      // An older list would bring back who has left since.
      if (!(await isLatestReading(manager, 'members', startedAt))) return;
      const rows = members.map(({ id, userId, name, email, locale }) => ({
        id,
        userId,
        name,
        email,
        locale,
        removedAt: null,
      }));
      rows.sort((a, b) => a.id.localeCompare(b.id));
      await manager.upsert(MemberEntity, rows, ['id']);
      const present = new Set(members.map(({ id }) => id));
      const known = await manager.find(MemberEntity, { where: { removedAt: IsNull() } });
      const gone = await this.noteRemoved(
        manager,
        known.filter(({ id }) => !present.has(id)).map(({ id }) => id),
      );
      if (gone.length > 0 && !(await this.offboarding.begin(manager, gone))) {
        await manager.query(
          `INSERT INTO reread (object, record_id, requested_at)
           SELECT object, record_id, clock_timestamp() FROM customer WHERE owner_id = ANY($1) ORDER BY object, record_id
           ON CONFLICT (object, record_id) DO UPDATE SET requested_at = excluded.requested_at`,
          [gone],
        );
      }
      await forgetFormerOwners(manager);
      await markRead(manager, 'members', this.clock.now());
    });
  }

  /** @returns those whom nobody had noted before */
  private async noteRemoved(manager: EntityManager, ids: string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const [rows] = (await manager.query(
      'UPDATE member SET removed_at = $2 WHERE id = ANY($1) AND removed_at IS NULL RETURNING id',
      [ids, this.clock.now()],
    )) as [{ id: string }[], number];
    const gone = rows.map(({ id }) => id);
    if (gone.length > 0) this.logger.log({ members: gone }, 'Members were removed in Twenty');
    return gone;
  }
}

/** Twenty has emptied `formerOwner` where it pointed to somebody who left; the history keeps their name. */
async function forgetFormerOwners(manager: EntityManager): Promise<void> {
  await manager.query(
    `UPDATE customer c SET former_owner_id = NULL
       FROM (SELECT object, record_id FROM customer
              WHERE former_owner_id IN (SELECT id FROM member WHERE removed_at IS NOT NULL)
              ORDER BY object, record_id FOR UPDATE) AS gone
      WHERE c.object = gone.object AND c.record_id = gone.record_id`,
  );
}
