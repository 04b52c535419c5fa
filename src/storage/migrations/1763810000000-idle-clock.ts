import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Facts of the idle clock, what policies were before, holds, and who was reminded of what. */
export class IdleClock1763810000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE customer
        ADD COLUMN last_activity_kind text,
        ADD COLUMN last_activity_by uuid,
        ADD COLUMN last_opportunity_at timestamptz,
        ADD COLUMN last_won_at timestamptz,
        ADD COLUMN has_open_opportunity boolean NOT NULL DEFAULT false,
        ADD COLUMN plan_due_at timestamptz,
        ADD COLUMN last_activity_on date,
        ADD COLUMN after_dates jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN override_id uuid,
        ADD COLUMN clock_stale_since timestamptz;
      CREATE INDEX customer_clock_stale ON customer (clock_stale_since) WHERE clock_stale_since IS NOT NULL;

      CREATE TABLE activity (
        kind text NOT NULL,
        source_id uuid NOT NULL,
        target_object text NOT NULL CHECK (target_object IN ('COMPANY', 'PERSON', 'OPPORTUNITY')),
        target_id uuid NOT NULL,
        at timestamptz NOT NULL,
        member_id uuid,
        PRIMARY KEY (kind, source_id, target_object, target_id)
      );
      CREATE INDEX activity_by_target ON activity (target_object, target_id, at DESC);
      CREATE INDEX activity_by_source ON activity (source_id);
      CREATE INDEX activity_by_time ON activity (at);

      CREATE TABLE opportunity (
        id uuid PRIMARY KEY,
        company_id uuid,
        person_id uuid,
        owner_id uuid,
        stage text NOT NULL,
        created_at timestamptz NOT NULL,
        won_at timestamptz,
        updated_at timestamptz NOT NULL,
        is_deleted boolean NOT NULL DEFAULT false
      );
      CREATE INDEX opportunity_by_company ON opportunity (company_id);
      CREATE INDEX opportunity_by_person ON opportunity (person_id);

      CREATE TABLE plan (
        task_id uuid NOT NULL,
        target_object text NOT NULL CHECK (target_object IN ('COMPANY', 'PERSON', 'OPPORTUNITY')),
        target_id uuid NOT NULL,
        member_id uuid,
        due_at timestamptz NOT NULL,
        PRIMARY KEY (task_id, target_object, target_id)
      );
      CREATE INDEX plan_by_target ON plan (target_object, target_id);

      CREATE TABLE reclaim_override (
        id uuid PRIMARY KEY,
        pool_id uuid NOT NULL,
        name text NOT NULL,
        priority double precision NOT NULL,
        filter jsonb,
        numbers jsonb NOT NULL,
        problem text
      );

      CREATE TABLE policy_version (
        id bigserial PRIMARY KEY,
        pool_id uuid NOT NULL,
        at timestamptz NOT NULL,
        policy jsonb NOT NULL,
        overrides jsonb NOT NULL,
        calendar jsonb NOT NULL
      );
      CREATE INDEX policy_version_by_pool ON policy_version (pool_id, at);

      CREATE TABLE member_leave (
        id uuid PRIMARY KEY,
        member_id uuid NOT NULL,
        from_date date NOT NULL,
        until_date date NOT NULL
      );
      CREATE INDEX member_leave_by_member ON member_leave (member_id);

      CREATE TABLE hold (
        id uuid PRIMARY KEY,
        object text NOT NULL,
        record_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('MANAGER', 'EXTENSION', 'REQUEST')),
        from_date date NOT NULL,
        until_date date NOT NULL,
        days integer,
        member_id uuid,
        reason text NOT NULL,
        requested_at timestamptz NOT NULL,
        state text NOT NULL CHECK (state IN ('ACTIVE', 'WAITING', 'DECLINED', 'VOID')),
        event_id uuid
      );
      CREATE INDEX hold_by_record ON hold (object, record_id);

      CREATE TABLE reminder (
        object text NOT NULL,
        record_id uuid NOT NULL,
        reclaim_on date NOT NULL,
        lead_days integer NOT NULL,
        member_id uuid NOT NULL,
        digest_id uuid NOT NULL,
        audience text NOT NULL CHECK (audience IN ('OWNER', 'MANAGER')),
        void_at timestamptz,
        PRIMARY KEY (object, record_id, reclaim_on, lead_days, audience, member_id)
      );
      CREATE INDEX reminder_by_digest ON reminder (digest_id);
      CREATE INDEX reminder_open ON reminder (record_id) WHERE void_at IS NULL;

      CREATE TABLE reminder_digest (
        id uuid PRIMARY KEY,
        member_id uuid NOT NULL,
        audience text NOT NULL CHECK (audience IN ('OWNER', 'MANAGER')),
        run_on date NOT NULL,
        created_at timestamptz NOT NULL,
        sent_at timestamptz,
        closed_at timestamptz,
        channels jsonb NOT NULL DEFAULT '{}'
      );

      CREATE TABLE demo_clock (
        only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
        offset_ms bigint NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE demo_clock, reminder_digest, reminder, hold, member_leave, policy_version, reclaim_override, plan, opportunity, activity;
      ALTER TABLE customer
        DROP COLUMN last_activity_kind, DROP COLUMN last_activity_by, DROP COLUMN last_opportunity_at, DROP COLUMN last_won_at,
        DROP COLUMN has_open_opportunity, DROP COLUMN plan_due_at, DROP COLUMN last_activity_on, DROP COLUMN after_dates,
        DROP COLUMN override_id, DROP COLUMN clock_stale_since;
    `);
  }
}
