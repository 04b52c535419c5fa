import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Decisions of automatic assignment that Twenty did not take and whose turn is not given back yet: few, and asked for at every turn. */
export class LostAssignments1764410000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX ownership_event_lost_assignments ON ownership_event (pool_id)
        WHERE type = 'ASSIGNED' AND is_system AND state = 'VOID' AND NOT facts ? 'turnGivenBack';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ownership_event_lost_assignments');
  }
}
