import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happened in pools in a time; and what may have taken a customer out of a pool that the event itself does not name. */
export class Figures1763890000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX ownership_event_by_pool ON ownership_event (pool_id, at) WHERE state = 'CONFIRMED';
      CREATE INDEX ownership_event_moves ON ownership_event (at) WHERE state = 'CONFIRMED' AND type IN ('ROUTED', 'OBSERVED');
      CREATE INDEX ownership_event_undoes ON ownership_event ((facts->>'undoes')) WHERE state = 'CONFIRMED' AND type = 'UNDONE';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX ownership_event_by_pool, ownership_event_moves, ownership_event_undoes');
  }
}
