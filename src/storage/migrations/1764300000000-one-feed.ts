import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One feed follows all records of Twenty: one table of cursors, one of wishes to read again, and one of what was taken. What
 * the index has from before counts as taken at no known time, so the audit looks at it once.
 */
export class OneFeed1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE sync_cursor
        ADD COLUMN read_at timestamptz,
        ADD COLUMN twenty_at timestamptz,
        ADD COLUMN listed integer NOT NULL DEFAULT 0,
        ADD COLUMN listed_at timestamptz,
        ADD COLUMN news_at timestamptz;
      UPDATE sync_cursor SET source = 'company' WHERE source = 'companies';
      UPDATE sync_cursor SET source = 'person' WHERE source = 'people';
      INSERT INTO sync_cursor (source, updated_at, record_id, complete_at)
        SELECT source, updated_at, record_id, complete_at FROM activity_cursor;
      DROP TABLE activity_cursor;

      INSERT INTO reread (object, record_id, requested_at)
        SELECT CASE source WHEN 'calendarEvent' THEN 'CALENDAR_EVENT' ELSE upper(source) END, origin_id, requested_at FROM activity_reread;
      DROP TABLE activity_reread;

      CREATE TYPE followed_object AS ENUM ('company', 'person', 'opportunity', 'note', 'noteTarget', 'task', 'taskTarget', 'message',
        'messageParticipant', 'messageChannelMessageAssociation', 'calendarEvent', 'calendarEventParticipant');
      CREATE TABLE feed_record (
        object followed_object NOT NULL,
        record_id uuid NOT NULL,
        origin_id uuid,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (object, record_id)
      );
      CREATE TABLE feed_audit (
        object followed_object PRIMARY KEY,
        after uuid,
        done integer NOT NULL DEFAULT 0,
        size integer NOT NULL,
        started_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL
      );
      INSERT INTO feed_record (object, record_id, origin_id, updated_at)
        SELECT CASE object WHEN 'COMPANY' THEN 'company' ELSE 'person' END::followed_object, record_id, record_id, coalesce(twenty_updated_at, '-infinity')
          FROM customer WHERE NOT is_deleted
        UNION ALL SELECT 'opportunity', id, id, updated_at FROM opportunity
        UNION SELECT CASE WHEN kind IN ('NOTE', 'FOLLOW_UP') THEN 'note' WHEN kind = 'TASK_COMPLETED' THEN 'task'
                          WHEN kind = 'MEETING' THEN 'calendarEvent' ELSE 'message' END::followed_object, origin_id, origin_id, '-infinity'
          FROM activity WHERE kind NOT IN ('OPPORTUNITY_CREATED', 'STAGE_ADVANCED')
        UNION SELECT 'task', task_id, task_id, '-infinity' FROM plan;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE feed_audit, feed_record;
      DROP TYPE followed_object;
      CREATE TABLE activity_reread (source text NOT NULL, origin_id uuid NOT NULL, requested_at timestamptz NOT NULL, PRIMARY KEY (source, origin_id));
      DELETE FROM reread WHERE object NOT IN ('COMPANY', 'PERSON');
      CREATE TABLE activity_cursor (source text PRIMARY KEY, updated_at timestamptz, record_id uuid, complete_at timestamptz);
      INSERT INTO activity_cursor SELECT source, updated_at, record_id, complete_at FROM sync_cursor
        WHERE source IN ('opportunity', 'note', 'noteTarget', 'task', 'taskTarget', 'message', 'messageParticipant',
          'messageChannelMessageAssociation', 'calendarEvent', 'calendarEventParticipant');
      DELETE FROM sync_cursor WHERE source IN (SELECT source FROM activity_cursor);
      UPDATE sync_cursor SET source = 'companies' WHERE source = 'company';
      UPDATE sync_cursor SET source = 'people' WHERE source = 'person';
      ALTER TABLE sync_cursor DROP COLUMN read_at, DROP COLUMN twenty_at, DROP COLUMN listed, DROP COLUMN listed_at, DROP COLUMN news_at;
    `);
  }
}
