import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Jobs that move many customers, what each is to do and has done, and what moves along in Twenty. */
export class BulkJobs1763830000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE pool_member
        ADD COLUMN weight double precision,
        ADD COLUMN match_values jsonb;

      CREATE TABLE job (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('REASSIGN', 'UNDO', 'OFFBOARD')),
        status text NOT NULL CHECK (status IN ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
        created_by uuid,
        request_id text,
        input_hash text NOT NULL,
        input jsonb NOT NULL,
        undoes uuid,
        total integer NOT NULL,
        failures integer NOT NULL DEFAULT 0,
        error text,
        created_at timestamptz NOT NULL,
        finished_at timestamptz,
        undoable_until timestamptz,
        CONSTRAINT job_request UNIQUE (created_by, request_id)
      );
      CREATE INDEX job_open ON job (created_at) WHERE finished_at IS NULL;

      CREATE TABLE job_item (
        job_id uuid NOT NULL REFERENCES job ON DELETE CASCADE,
        ordinal integer NOT NULL,
        object text NOT NULL CHECK (object IN ('COMPANY', 'PERSON')),
        record_id uuid NOT NULL,
        head_id uuid,
        expected_owner_id uuid,
        to_member_id uuid,
        event_id uuid,
        state text NOT NULL CHECK (state IN ('WAITING', 'WRITTEN', 'DONE', 'REFUSED', 'SKIPPED')),
        refusal jsonb,
        looks integer NOT NULL DEFAULT 0,
        PRIMARY KEY (job_id, ordinal)
      );
      CREATE INDEX job_item_waiting ON job_item (job_id, looks, ordinal) WHERE state = 'WAITING';
      CREATE UNIQUE INDEX job_item_by_record ON job_item (record_id, job_id);

      CREATE TABLE related_move (
        event_id uuid PRIMARY KEY,
        job_id uuid NOT NULL,
        object text NOT NULL,
        record_id uuid NOT NULL,
        from_id uuid NOT NULL,
        to_id uuid NOT NULL,
        opportunities boolean NOT NULL,
        tasks boolean NOT NULL
      );
      CREATE INDEX related_move_by_job ON related_move (job_id);

      CREATE TABLE related_record (
        event_id uuid NOT NULL,
        job_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('OPPORTUNITY', 'TASK')),
        record_id uuid NOT NULL,
        from_id uuid,
        to_id uuid NOT NULL,
        state text NOT NULL CHECK (state IN ('OPEN', 'MOVED', 'LOST')),
        PRIMARY KEY (event_id, kind, record_id)
      );
      CREATE INDEX related_record_open ON related_record (job_id) WHERE state = 'OPEN';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE related_record, related_move, job_item, job;
      ALTER TABLE pool_member DROP COLUMN weight, DROP COLUMN match_values;
    `);
  }
}
