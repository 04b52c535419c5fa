import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A reminder gives way to a later one of the same date. */
export class SupersededReminders1763895000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE reminder ADD COLUMN superseded_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE reminder DROP COLUMN superseded_at');
  }
}
