import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when a pool's clean-up has been as it is, and the notices to managers of what it finds. */
export class CleanUp1763910000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE policy_version ADD COLUMN clean_up jsonb;
      ALTER TABLE reminder_notice
        DROP CONSTRAINT reminder_notice_kind_check,
        ADD CONSTRAINT reminder_notice_kind_check CHECK (kind IN ('UNCLAIMED', 'UNTOUCHED', 'STALE', 'RETURNED_TOO_OFTEN'));
      CREATE INDEX ownership_event_cleaned_up ON ownership_event (pool_id, at) WHERE type = 'ARCHIVED' AND is_system;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX ownership_event_cleaned_up;
      DELETE FROM reminder_notice WHERE kind NOT IN ('UNCLAIMED', 'UNTOUCHED');
      ALTER TABLE reminder_notice
        DROP CONSTRAINT reminder_notice_kind_check,
        ADD CONSTRAINT reminder_notice_kind_check CHECK (kind IN ('UNCLAIMED', 'UNTOUCHED'));
      ALTER TABLE policy_version DROP COLUMN clean_up;
    `);
  }
}
