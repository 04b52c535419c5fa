import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What Twenty shows of a customer is kept beside what it is to show, so that derived fields are a projection of the row and no
 * longer queued as writes; and a write is fenced by who has the customer since when.
 */
export class Projection1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE customer
        ADD COLUMN shown jsonb,
        ADD COLUMN show_due timestamptz,
        ADD COLUMN show_failures integer NOT NULL DEFAULT 0,
        ADD COLUMN put_back integer NOT NULL DEFAULT 0,
        ADD COLUMN put_back_at timestamptz,
        ADD COLUMN read_at timestamptz;
      CREATE INDEX customer_to_show ON customer (show_due) WHERE show_due IS NOT NULL;
      UPDATE customer SET write_id = NULL
       WHERE write_id IN (SELECT id FROM pending_write WHERE kind IN ('DERIVED', 'CORRECTION'));
      DELETE FROM pending_write WHERE kind IN ('DERIVED', 'CORRECTION');
      -- What Twenty shows of them is not known: each is read again and brought up to date where it differs.
      INSERT INTO reread (object, record_id, requested_at)
      SELECT object, record_id, clock_timestamp() FROM customer WHERE NOT is_deleted ORDER BY object, record_id
      ON CONFLICT DO NOTHING;
      ALTER TABLE pending_write ADD COLUMN fence jsonb;
      UPDATE pending_write SET fence = jsonb_build_object(
        'from', jsonb_build_object('ownerId', expected_owners->0),
        'to', jsonb_build_object('ownerId', CASE WHEN data ? 'ownerId' THEN data->'ownerId' ELSE expected_owners->0 END));
      ALTER TABLE pending_write ALTER COLUMN fence SET NOT NULL, DROP COLUMN expected_owners,
        DROP CONSTRAINT pending_write_kind_check,
        ADD CONSTRAINT pending_write_kind_check CHECK (kind IN ('COMMAND', 'REVERT'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE pending_write ADD COLUMN expected_owners jsonb,
        DROP CONSTRAINT pending_write_kind_check,
        ADD CONSTRAINT pending_write_kind_check CHECK (kind IN ('COMMAND', 'REVERT', 'DERIVED', 'CORRECTION'));
      UPDATE pending_write SET expected_owners = jsonb_build_array(fence->'from'->'ownerId', fence->'to'->'ownerId');
      ALTER TABLE pending_write ALTER COLUMN expected_owners SET NOT NULL, DROP COLUMN fence;
      ALTER TABLE customer DROP COLUMN shown, DROP COLUMN show_due, DROP COLUMN show_failures, DROP COLUMN put_back, DROP COLUMN put_back_at,
        DROP COLUMN read_at;
    `);
  }
}
