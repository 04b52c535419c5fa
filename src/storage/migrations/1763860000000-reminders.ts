import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What pool managers are told of once a week, and how far each digest has been told. */
export class Reminders1763860000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE reminder_digest
        ADD COLUMN revision integer NOT NULL DEFAULT 1,
        ADD COLUMN told_revision integer NOT NULL DEFAULT 0,
        ADD COLUMN failures jsonb NOT NULL DEFAULT '{}';
      CREATE INDEX reminder_digest_open ON reminder_digest (created_at) WHERE closed_at IS NULL;

      CREATE TABLE reminder_notice (
        pool_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('UNCLAIMED', 'UNTOUCHED')),
        week_on date NOT NULL,
        member_id uuid NOT NULL,
        digest_id uuid NOT NULL,
        days integer NOT NULL,
        total integer NOT NULL,
        customers jsonb NOT NULL,
        void_at timestamptz,
        PRIMARY KEY (pool_id, kind, week_on, member_id)
      );
      CREATE INDEX reminder_notice_by_digest ON reminder_notice (digest_id);
      CREATE INDEX reminder_notice_open ON reminder_notice (member_id) WHERE void_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE reminder_notice;
      DROP INDEX reminder_digest_open;
      ALTER TABLE reminder_digest DROP COLUMN revision, DROP COLUMN told_revision, DROP COLUMN failures;
    `);
  }
}
