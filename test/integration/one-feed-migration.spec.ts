import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/storage/data-source';
import { OneFeed1764300000000 } from '../../src/storage/migrations/1764300000000-one-feed';
import { createTestDatabase, type TestDatabase } from '../support/database';

describe('the way to one feed', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource(database.url).initialize();
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  it('should keep how far everything was read, what was to be read again, and know what the index has', async () => {
    const runner = dataSource.createQueryRunner();
    const migration = new OneFeed1764300000000();
    const [company, note, meeting, deal] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const at = '2026-03-02T09:00:00.000Z';
    await migration.down(runner);
    await runner.query(
      `INSERT INTO sync_cursor (source, updated_at, record_id, complete_at) VALUES ('companies', $1, $2, $1), ('people', $1, $2, $1)`,
      [at, company],
    );
    await runner.query(
      `INSERT INTO activity_cursor (source, updated_at, record_id, complete_at) VALUES ('noteTarget', $1, $2, $1)`,
      [at, note],
    );
    await runner.query(`INSERT INTO reread (object, record_id, requested_at) VALUES ('COMPANY', $1, $2)`, [
      company,
      at,
    ]);
    await runner.query(
      `INSERT INTO activity_reread (source, origin_id, requested_at) VALUES ('note', $1, $3), ('calendarEvent', $2, $3)`,
      [note, meeting, at],
    );
    await runner.query(
      `INSERT INTO customer (object, record_id, touched_at, twenty_updated_at) VALUES ('COMPANY', $1, $2, $2)`,
      [company, at],
    );
    await runner.query(
      `INSERT INTO activity (kind, source_id, origin_id, target_object, target_id, at)
       VALUES ('NOTE', $1, $1, 'COMPANY', $2, $3), ('OPPORTUNITY_CREATED', $4, $4, 'OPPORTUNITY', $4, $3)`,
      [note, company, at, deal],
    );
    await migration.up(runner);
    expect(await runner.query('SELECT source, record_id FROM sync_cursor ORDER BY source')).toEqual([
      { source: 'company', record_id: company },
      { source: 'noteTarget', record_id: note },
      { source: 'person', record_id: company },
    ]);
    expect(await runner.query('SELECT object, record_id AS id FROM reread ORDER BY object')).toEqual([
      { object: 'CALENDAR_EVENT', id: meeting },
      { object: 'COMPANY', id: company },
      { object: 'NOTE', id: note },
    ]);
    expect(
      await runner.query('SELECT object, record_id AS id, updated_at::text AS at FROM feed_record ORDER BY object'),
    ).toEqual([
      { object: 'company', id: company, at: expect.stringContaining('2026-03-02') },
      { object: 'note', id: note, at: '-infinity' },
    ]);
    await runner.release();
  });
});
