import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What moves many customers is an operation; a job is what the queue runs. */
export class Operations1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE job RENAME TO operation;
      ALTER TABLE operation RENAME CONSTRAINT job_pkey TO operation_pkey;
      ALTER TABLE operation RENAME CONSTRAINT job_request TO operation_request;
      ALTER INDEX job_open RENAME TO operation_open;

      ALTER TABLE job_item RENAME TO operation_item;
      ALTER TABLE operation_item RENAME COLUMN job_id TO operation_id;
      ALTER TABLE operation_item RENAME CONSTRAINT job_item_pkey TO operation_item_pkey;
      ALTER INDEX job_item_waiting RENAME TO operation_item_waiting;
      ALTER INDEX job_item_by_record RENAME TO operation_item_by_record;

      ALTER TABLE related_move RENAME COLUMN job_id TO operation_id;
      ALTER INDEX related_move_by_job RENAME TO related_move_by_operation;
      ALTER TABLE related_record RENAME COLUMN job_id TO operation_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE related_record RENAME COLUMN operation_id TO job_id;
      ALTER INDEX related_move_by_operation RENAME TO related_move_by_job;
      ALTER TABLE related_move RENAME COLUMN operation_id TO job_id;

      ALTER INDEX operation_item_by_record RENAME TO job_item_by_record;
      ALTER INDEX operation_item_waiting RENAME TO job_item_waiting;
      ALTER TABLE operation_item RENAME CONSTRAINT operation_item_pkey TO job_item_pkey;
      ALTER TABLE operation_item RENAME COLUMN operation_id TO job_id;
      ALTER TABLE operation_item RENAME TO job_item;

      ALTER INDEX operation_open RENAME TO job_open;
      ALTER TABLE operation RENAME CONSTRAINT operation_request TO job_request;
      ALTER TABLE operation RENAME CONSTRAINT operation_pkey TO job_pkey;
      ALTER TABLE operation RENAME TO job;
    `);
  }
}
