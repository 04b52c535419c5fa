import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is the same customer as another, kept so that asking costs nothing. */
export class Duplicates1763850000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE customer
        ADD COLUMN duplicates_stale boolean NOT NULL DEFAULT false,
        ADD COLUMN duplicate_of text,
        ADD COLUMN duplicate_of_id uuid,
        ADD COLUMN duplicate_key text;
      UPDATE customer SET duplicates_stale = true WHERE status IS NOT NULL;
      CREATE INDEX customer_duplicates_stale ON customer (object, record_id) WHERE duplicates_stale;
      CREATE INDEX customer_duplicate_of ON customer (duplicate_of_id) WHERE duplicate_of_id IS NOT NULL;
      CREATE INDEX customer_duplicate_key ON customer (pool_id, object, duplicate_key) WHERE duplicate_key IS NOT NULL;
      -- A pending list would be read through at every look-up; without one a look-up costs the same at any size.
      ALTER INDEX customer_by_match_key SET (fastupdate = off);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER INDEX customer_by_match_key RESET (fastupdate);
      DROP INDEX customer_duplicate_key, customer_duplicate_of, customer_duplicates_stale;
      ALTER TABLE customer
        DROP COLUMN duplicates_stale, DROP COLUMN duplicate_of, DROP COLUMN duplicate_of_id, DROP COLUMN duplicate_key;
    `);
  }
}
