import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is on duty in a pool; the next reading of the pools fills it. */
export class OnDuty1763835000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE pool_member ADD COLUMN is_on_duty boolean NOT NULL DEFAULT true');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE pool_member DROP COLUMN is_on_duty');
  }
}
