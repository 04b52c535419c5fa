import type { DataSource } from 'typeorm';
import { loadConfig } from '../../src/config/load-config';
import { createDataSource } from '../../src/storage/data-source';
import { FeedPace } from '../../src/sync/feed-pace.service';
import { createTestDatabase, type TestDatabase } from '../support/database';

const reachable = { HIGHSEAS_PUBLIC_URL: 'http://127.0.0.1:4100' };

describe('the pace of the feed', () => {
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

  const isTurn = async (
    ago: { look: number; news: number | null; webhook: number | null },
    env: Record<string, string> = reachable,
  ): Promise<boolean> => {
    await dataSource.query('DELETE FROM sync_cursor');
    await dataSource.query(
      `INSERT INTO sync_cursor (source, read_at, news_at) VALUES
         ('look', clock_timestamp() - make_interval(secs => $1), clock_timestamp() - make_interval(secs => $2)),
         ('webhook', clock_timestamp() - make_interval(secs => $3), NULL)`,
      [ago.look, ago.news, ago.webhook],
    );
    const config = loadConfig({
      DATABASE_URL: database.url,
      TWENTY_URL: 'http://127.0.0.1:1',
      TWENTY_API_KEY: 'x'.repeat(20),
      HIGHSEAS_SYNC_INTERVAL_SECONDS: '10',
      ...env,
    });
    return new FeedPace(dataSource, config).isTurn();
  };

  it('should be slower while webhooks bring what there is', async () => {
    expect(await isTurn({ look: 12, news: 300, webhook: 200 })).toBe(false);
    expect(await isTurn({ look: 12, news: null, webhook: 3600 })).toBe(false);
    expect(await isTurn({ look: 30, news: 300, webhook: 200 })).toBe(true);
  });

  it.each([
    ['without webhooks', { look: 12, news: 300, webhook: 200 }, {}],
    ['before one has come', { look: 12, news: 300, webhook: null }, reachable],
    ['just after a look has found something', { look: 12, news: 20, webhook: 15 }, reachable],
    ['when looks find what no webhook has told', { look: 12, news: 300, webhook: 900 }, reachable],
  ])('should be as configured %s', async (_, ago, env) => {
    expect(await isTurn(ago, env)).toBe(true);
    expect(await isTurn({ ...ago, look: 3 }, env)).toBe(false);
  });

  it('should be half a minute to begin with for an API key', () => {
    const config = { DATABASE_URL: database.url, TWENTY_URL: 'http://127.0.0.1:1' };
    expect(loadConfig({ ...config, TWENTY_API_KEY: 'x'.repeat(20) }).syncIntervalSeconds).toBe(30);
    expect(
      loadConfig({ ...config, TWENTY_CLIENT_ID: 'client-id', TWENTY_CLIENT_SECRET: 'client-secret-value' })
        .syncIntervalSeconds,
    ).toBe(10);
  });
});
