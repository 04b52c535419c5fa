import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The index of one workspace: customers, history, commands and what Twenty has yet to be told. */
export class Initial1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE workspace (
        id uuid PRIMARY KEY,
        application_id uuid,
        webhook_secret text NOT NULL,
        indexed_since timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX workspace_only_one ON workspace ((true));

      CREATE TABLE member (
        id uuid PRIMARY KEY,
        user_id uuid,
        name text NOT NULL,
        email text,
        locale text,
        removed_at timestamptz
      );

      CREATE TABLE pool (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        policy jsonb NOT NULL,
        problem text,
        removed_at timestamptz
      );

      CREATE TABLE pool_member (
        id uuid PRIMARY KEY,
        pool_id uuid NOT NULL,
        member_id uuid NOT NULL,
        member_role text NOT NULL CHECK (member_role IN ('MEMBER', 'MANAGER')),
        holding_capacity integer,
        claim_limit integer
      );
      CREATE INDEX pool_member_by_member ON pool_member (member_id);

      CREATE TABLE setting (
        key text PRIMARY KEY,
        value jsonb NOT NULL,
        problem text
      );

      CREATE TABLE customer (
        object text NOT NULL CHECK (object IN ('COMPANY', 'PERSON')),
        record_id uuid NOT NULL,
        name text,
        status text CHECK (status IN ('OWNED', 'POOLED', 'ARCHIVED')),
        pool_id uuid,
        owner_id uuid,
        former_owner_id uuid,
        owned_since timestamptz,
        pooled_since timestamptz,
        last_activity_at timestamptz,
        reclaim_on date,
        reclaim_rule text,
        is_locked boolean NOT NULL DEFAULT false,
        protected_until timestamptz,
        quiet_until date,
        is_won boolean NOT NULL DEFAULT false,
        company_id uuid,
        match_keys text[] NOT NULL DEFAULT '{}',
        is_deleted boolean NOT NULL DEFAULT false,
        write_id uuid,
        touched_at timestamptz NOT NULL,
        twenty_updated_at timestamptz,
        PRIMARY KEY (object, record_id),
        CONSTRAINT customer_managed_has_pool CHECK ((status IS NULL) = (pool_id IS NULL)),
        CONSTRAINT customer_owned_has_owner CHECK (status IS NULL OR (status = 'OWNED') = (owner_id IS NOT NULL))
      );
      CREATE INDEX customer_by_record ON customer (record_id);
      CREATE INDEX customer_by_owner ON customer (owner_id, pool_id) WHERE status = 'OWNED';
      CREATE INDEX customer_by_pool ON customer (pool_id, status, name, record_id) WHERE NOT is_deleted;
      CREATE INDEX customer_by_company ON customer (company_id) WHERE company_id IS NOT NULL;
      CREATE INDEX customer_by_match_key ON customer USING gin (match_keys);
      CREATE INDEX customer_due ON customer (reclaim_on) WHERE status = 'OWNED' AND reclaim_on IS NOT NULL;

      CREATE TABLE command (
        id uuid PRIMARY KEY,
        kind text NOT NULL,
        actor_id uuid,
        request_id text,
        input_hash text NOT NULL,
        outcomes jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT command_request UNIQUE (actor_id, request_id)
      );

      CREATE TABLE ownership_event (
        id uuid PRIMARY KEY,
        seq bigserial NOT NULL UNIQUE,
        state text NOT NULL CHECK (state IN ('PENDING', 'CONFIRMED', 'VOID')),
        type text NOT NULL,
        object text NOT NULL,
        record_id uuid NOT NULL,
        from_id uuid,
        from_name text,
        to_id uuid,
        to_name text,
        actor_id uuid,
        actor_name text,
        is_system boolean NOT NULL,
        pool_id uuid,
        reason text,
        note text,
        rule text,
        facts jsonb,
        batch_id uuid,
        at timestamptz NOT NULL,
        mirrored_at timestamptz
      );
      CREATE INDEX ownership_event_by_record ON ownership_event (object, record_id, at);
      CREATE INDEX ownership_event_claims ON ownership_event (to_id, pool_id, at) WHERE type = 'CLAIMED' AND state <> 'VOID';
      CREATE INDEX ownership_event_past_owner ON ownership_event (from_id, object, record_id, at) WHERE state <> 'VOID';
      CREATE INDEX ownership_event_by_batch ON ownership_event (batch_id);
      CREATE INDEX ownership_event_to_mirror ON ownership_event (seq) WHERE state = 'CONFIRMED' AND mirrored_at IS NULL;

      CREATE TABLE pending_write (
        id uuid PRIMARY KEY,
        kind text NOT NULL CHECK (kind IN ('COMMAND', 'REVERT', 'DERIVED', 'CORRECTION')),
        command_id uuid,
        event_id uuid,
        object text NOT NULL,
        record_id uuid NOT NULL,
        expected_owners jsonb NOT NULL,
        data jsonb NOT NULL,
        before jsonb NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        leased_until timestamptz NOT NULL,
        created_at timestamptz NOT NULL,
        settled_at timestamptz,
        last_error text
      );
      CREATE UNIQUE INDEX pending_write_one_open ON pending_write (object, record_id) WHERE settled_at IS NULL;
      CREATE INDEX pending_write_open ON pending_write (leased_until) WHERE settled_at IS NULL;
      CREATE INDEX pending_write_by_command ON pending_write (command_id);
      CREATE INDEX pending_write_by_record ON pending_write (record_id, created_at);

      CREATE TABLE sync_cursor (
        source text PRIMARY KEY,
        updated_at timestamptz,
        record_id uuid,
        complete_at timestamptz
      );

      CREATE TABLE reread (
        object text NOT NULL,
        record_id uuid NOT NULL,
        requested_at timestamptz NOT NULL,
        PRIMARY KEY (object, record_id)
      );

      CREATE TABLE staged_selection (
        id uuid PRIMARY KEY,
        member_id uuid NOT NULL,
        customers jsonb NOT NULL,
        expires_at timestamptz NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE staged_selection, reread, sync_cursor, pending_write, ownership_event, command, customer,
        setting, pool_member, pool, member, workspace
    `);
  }
}
