import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pools whose clocks a policy edit moved and that are not all marked yet; with the key of the last customer that is. */
export class ClockMarking1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE clock_marking (pool_id uuid PRIMARY KEY, object text, record_id uuid)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE clock_marking');
  }
}
