import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Marks of clocks in a table of their own: whoever marks one locks no customer, and keeps no claim waiting. */
export class ClockMarks1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SEQUENCE clock_mark_version;
      CREATE TABLE clock_mark (
        object text NOT NULL,
        record_id uuid NOT NULL,
        version bigint NOT NULL DEFAULT nextval('clock_mark_version'),
        marked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (object, record_id)
      );
      CREATE INDEX clock_mark_by_time ON clock_mark (marked_at, record_id);
      INSERT INTO clock_mark (object, record_id, marked_at)
      SELECT object, record_id, clock_stale_since FROM customer WHERE clock_stale_since IS NOT NULL;
      ALTER TABLE customer DROP COLUMN clock_stale_since;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE customer ADD COLUMN clock_stale_since timestamptz;
      CREATE INDEX customer_clock_stale ON customer (clock_stale_since) WHERE clock_stale_since IS NOT NULL;
      UPDATE customer c SET clock_stale_since = m.marked_at FROM clock_mark m WHERE m.object = c.object AND m.record_id = c.record_id;
      DROP TABLE clock_mark;
      DROP SEQUENCE clock_mark_version;
    `);
  }
}
