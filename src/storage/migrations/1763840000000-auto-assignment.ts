import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which pooled customers are to be given out, whose turn it is in a pool, and what stays there and why. */
export class AutoAssignment1763840000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE pool_member ADD COLUMN joined_at timestamptz;

      ALTER TABLE customer ADD COLUMN auto_assign_due timestamptz;
      CREATE INDEX customer_auto_assign_due ON customer (pool_id, auto_assign_due)
        WHERE auto_assign_due IS NOT NULL AND status = 'POOLED' AND NOT is_deleted;

      CREATE TABLE assignment_turn (
        pool_id uuid PRIMARY KEY,
        strategy text,
        last_member_id uuid,
        credits jsonb NOT NULL DEFAULT '{}',
        scheduled_at timestamptz
      );

      CREATE TABLE assignment_stay (
        object text NOT NULL,
        record_id uuid NOT NULL,
        pool_id uuid NOT NULL,
        explanation jsonb NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (object, record_id)
      );
      CREATE INDEX assignment_stay_by_pool ON assignment_stay (pool_id, at);
      CREATE INDEX ownership_event_auto_assigned ON ownership_event (pool_id, at)
        WHERE type = 'ASSIGNED' AND is_system AND state <> 'VOID';
      CREATE INDEX activity_by_member ON activity (member_id, at) WHERE member_id IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX activity_by_member, ownership_event_auto_assigned;
      DROP TABLE assignment_stay, assignment_turn;
      DROP INDEX customer_auto_assign_due;
      ALTER TABLE customer DROP COLUMN auto_assign_due;
      ALTER TABLE pool_member DROP COLUMN joined_at;
    `);
  }
}
