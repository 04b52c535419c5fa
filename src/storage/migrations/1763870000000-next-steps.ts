import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose an open opportunity or task last was: Twenty empties that when a member is removed. */
export class NextSteps1763870000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE next_step (
        kind text NOT NULL CHECK (kind IN ('OPPORTUNITY', 'TASK')),
        record_id uuid NOT NULL,
        member_id uuid NOT NULL,
        PRIMARY KEY (kind, record_id)
      );
      INSERT INTO next_step (kind, record_id, member_id) SELECT 'OPPORTUNITY', id, owner_id FROM opportunity WHERE owner_id IS NOT NULL AND NOT is_deleted;
      INSERT INTO next_step (kind, record_id, member_id) SELECT DISTINCT ON (task_id) 'TASK', task_id, member_id FROM plan WHERE member_id IS NOT NULL ORDER BY task_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE next_step');
  }
}
