import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When readings were made, by the database's clock: what orders them whatever the other clocks say. */
export class OneFeed1764300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sync_cursor ADD COLUMN read_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE sync_cursor DROP COLUMN read_at`);
  }
}
