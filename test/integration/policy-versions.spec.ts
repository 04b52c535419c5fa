import { randomUUID } from 'node:crypto';
import { Pool as Connections, type PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { PolicyVersions } from '../../src/idle-clock/policy-versions.service';
import { PoolsService } from '../../src/pools/pools.service';
import { SettingsService } from '../../src/settings/settings.service';
import { createDataSource } from '../../src/storage/data-source';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { policyOf } from '../support/domain-builders';
import { eventually } from '../support/highseas-eventually';

/** More than are marked in one transaction, and more than twice as many. */
const customers = 4500;
const [large, small] = [randomUUID(), randomUUID()].sort() as [string, string];

describe('a policy edit of a large pool', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let connections: Connections;
  let versions: PolicyVersions;

  beforeEach(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource(database.url).initialize();
    connections = new Connections({ connectionString: database.url, max: 4 });
    connections.on('error', () => undefined);
    versions = new PolicyVersions(dataSource, new PoolsService(dataSource), new SettingsService(dataSource));
    for (const id of [large, small])
      await dataSource.query('INSERT INTO pool (id, name, policy) VALUES ($1, $2, $3)', [
        id,
        id,
        policyOf({ followUpDays: 30 }),
      ]);
    await own(large, customers, 'OWNED');
    await own(small, 3, 'OWNED');
    await own(large, 5, 'POOLED');
    await versions.note('2026-03-01T00:00:00.000Z');
    await workOff();
  });
  afterEach(async () => {
    await connections.end();
    await dataSource.destroy();
    await database.drop();
  });

  const own = (poolId: string, count: number, status: string) =>
    dataSource.query(
      `INSERT INTO customer (object, record_id, status, pool_id, owner_id, touched_at)
       SELECT CASE WHEN n % 3 = 0 THEN 'PERSON' ELSE 'COMPANY' END, gen_random_uuid(), $2, $1, CASE WHEN $2 = 'OWNED' THEN gen_random_uuid() END, now() FROM generate_series(1, $3::int) n`,
      [poolId, status, count],
    );
  const edit = (poolId: string, followUpDays: number) =>
    dataSource.query('UPDATE pool SET policy = $2 WHERE id = $1', [poolId, policyOf({ followUpDays })]);
  const workOff = () => dataSource.query('DELETE FROM clock_mark');
  /** How many clocks are marked, by pool and status. */
  async function marked(): Promise<Record<string, number>> {
    const rows = (await dataSource.query(
      `SELECT CASE pool_id WHEN $1 THEN 'large' ELSE 'small' END || ' ' || status AS what, count(m.version)::int AS count
         FROM customer c LEFT JOIN clock_mark m USING (object, record_id) GROUP BY 1`,
      [large],
    )) as { what: string; count: number }[];
    return Object.fromEntries(rows.map(({ what, count }) => [what, count]));
  }
  async function keyAt(place: number): Promise<{ object: string; record_id: string }> {
    const [row] = (await dataSource.query(
      `SELECT object, record_id FROM customer WHERE pool_id = $1 AND status = 'OWNED' ORDER BY object, record_id LIMIT 1 OFFSET $2`,
      [large, place],
    )) as { object: string; record_id: string }[];
    if (!row) throw new Error('There is none');
    return row;
  }
  /** Somebody works off the mark of one customer at this moment: whoever marks it anew has to wait. */
  async function holdMark(place: number): Promise<PoolClient> {
    const { object, record_id } = await keyAt(place);
    await dataSource.query('INSERT INTO clock_mark (object, record_id) VALUES ($1, $2)', [object, record_id]);
    const client = await connections.connect();
    await client.query('BEGIN');
    await client.query('SELECT 1 FROM clock_mark WHERE object = $1 AND record_id = $2 FOR UPDATE', [object, record_id]);
    return client;
  }
  /** Somebody claims the customer. @throws when it has to be waited for */
  async function claim(place: number): Promise<PoolClient> {
    const client = await connections.connect();
    await client.query('BEGIN');
    const { object, record_id } = await keyAt(place);
    await client.query('SELECT 1 FROM customer WHERE object = $1 AND record_id = $2 FOR UPDATE NOWAIT', [
      object,
      record_id,
    ]);
    return client;
  }
  async function free(client: PoolClient): Promise<void> {
    await client.query('ROLLBACK');
    client.release();
  }
  /** The connection that waits for a mark ends, as if its engine had died. */
  async function killWaiting(): Promise<void> {
    await eventually(async () => {
      const { rows } = await connections.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%INTO clock_mark%'`,
      );
      expect(rows).toHaveLength(1);
    });
  }

  it('should mark the clocks of its owned customers, and of no other pool', async () => {
    await edit(large, 20);
    await versions.note('2026-03-02T00:00:00.000Z');
    expect(await marked()).toEqual({ 'large OWNED': customers, 'large POOLED': 0, 'small OWNED': 0 });
    await workOff();
    await versions.note('2026-03-03T00:00:00.000Z');
    expect(await marked()).toEqual({ 'large OWNED': 0, 'large POOLED': 0, 'small OWNED': 0 });
  });

  it('should mark those of every pool when what counts as a fact changes', async () => {
    await dataSource.query(
      `INSERT INTO setting (key, value) VALUES ('TIME_ZONE', '"Europe/London"') ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    );
    await versions.note('2026-03-02T00:00:00.000Z');
    expect(await marked()).toEqual({ 'large OWNED': customers, 'large POOLED': 0, 'small OWNED': 3 });
  });

  it('should keep nobody from any customer meanwhile', async () => {
    const held = await holdMark(3000);
    await edit(large, 20);
    const noting = versions.note('2026-03-02T00:00:00.000Z');
    await eventually(async () => expect(await marked()).toMatchObject({ 'large OWNED': 2001 }));
    for (const place of [0, 3000, 4200]) await free(await claim(place));
    await free(held);
    await noting;
    expect(await marked()).toMatchObject({ 'large OWNED': customers });
  });

  it('should let the next instance go on where one died, without what is done already', async () => {
    const held = await holdMark(3000);
    await edit(large, 20);
    const end = versions.note('2026-03-02T00:00:00.000Z').then(
      () => 'finished',
      () => 'died',
    );
    await eventually(async () => expect(await marked()).toMatchObject({ 'large OWNED': 2001 }));
    await killWaiting();
    expect(await end).toBe('died');
    await free(held);
    await workOff();
    await versions.note('2026-03-02T00:00:10.000Z');
    expect(await marked()).toEqual({ 'large OWNED': customers - 2000, 'large POOLED': 0, 'small OWNED': 0 });
    expect(
      await dataSource.query('SELECT at FROM policy_version WHERE pool_id = $1 ORDER BY id DESC LIMIT 1', [large]),
    ).toEqual([{ at: new Date('2026-03-02T00:00:00.000Z') }]);
  });

  it('should begin anew when the policy is edited again half way', async () => {
    const held = await holdMark(3000);
    await edit(large, 20);
    const end = versions.note('2026-03-02T00:00:00.000Z').then(
      () => 'finished',
      () => 'died',
    );
    await eventually(async () => expect(await marked()).toMatchObject({ 'large OWNED': 2001 }));
    await killWaiting();
    expect(await end).toBe('died');
    await free(held);
    await workOff();
    await edit(large, 10);
    await versions.note('2026-03-02T00:00:10.000Z');
    expect(await marked()).toMatchObject({ 'large OWNED': customers });
  });

  it('should have marked everything when any instance returns, whichever noticed the edit', async () => {
    const other = await createDataSource(database.url).initialize();
    try {
      await edit(large, 20);
      await edit(small, 20);
      const second = new PolicyVersions(other, new PoolsService(other), new SettingsService(other));
      const seen = await Promise.all(
        [versions, second].map(async (instance) => {
          await instance.note('2026-03-02T00:00:00.000Z');
          return marked();
        }),
      );
      expect(seen).toEqual(Array(2).fill({ 'large OWNED': customers, 'large POOLED': 0, 'small OWNED': 3 }));
      expect(await dataSource.query('SELECT count(*)::int AS count FROM policy_version')).toEqual([{ count: 4 }]);
    } finally {
      await other.destroy();
    }
  });
});
