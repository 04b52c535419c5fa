import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pools in which an activity claims, and since when that has been seen: what was done before claims nothing. A rebuild keeps it. */
export class ActivityClaiming1763920000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE activity_claiming (pool_id uuid PRIMARY KEY, since timestamptz NOT NULL)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE activity_claiming');
  }
}
