import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where activities come from, how far they have been read, and follow-ups that Twenty has yet to be told of. */
export class Activities1763820000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE activity ADD COLUMN origin_id uuid;
      UPDATE activity SET origin_id = source_id;
      ALTER TABLE activity ALTER COLUMN origin_id SET NOT NULL;
      DROP INDEX activity_by_source;
      CREATE INDEX activity_by_origin ON activity (origin_id);

      CREATE TABLE activity_cursor (
        source text PRIMARY KEY,
        updated_at timestamptz,
        record_id uuid,
        complete_at timestamptz
      );

      CREATE TABLE activity_reread (
        source text NOT NULL,
        origin_id uuid NOT NULL,
        requested_at timestamptz NOT NULL,
        PRIMARY KEY (source, origin_id)
      );

      CREATE TABLE follow_up (
        id uuid PRIMARY KEY,
        object text NOT NULL CHECK (object IN ('COMPANY', 'PERSON')),
        record_id uuid NOT NULL,
        member_id uuid NOT NULL,
        request_id text,
        title text NOT NULL,
        note text NOT NULL,
        at timestamptz NOT NULL,
        state text NOT NULL CHECK (state IN ('OPEN', 'DONE', 'REFUSED')),
        refusal jsonb,
        leased_until timestamptz NOT NULL,
        CONSTRAINT follow_up_request UNIQUE (member_id, request_id)
      );
      CREATE INDEX follow_up_open ON follow_up (leased_until) WHERE state = 'OPEN';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE follow_up, activity_reread, activity_cursor;
      DROP INDEX activity_by_origin;
      CREATE INDEX activity_by_source ON activity (source_id);
      ALTER TABLE activity DROP COLUMN origin_id;
    `);
  }
}
