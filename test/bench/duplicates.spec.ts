import { performance } from 'node:perf_hooks';
import type { DataSource } from 'typeorm';
import { customersWithKeys } from '../../src/duplicates/duplicates.queries';
import { createDataSource } from '../../src/storage/data-source';
import { createTestDatabase, type TestDatabase } from '../support/database';

const small = 10_000;
const large = 1_000_000;
/** Looks at each size. */
const looks = 300;
/** How many keys one look asks for: a record has two or three. */
const keysPerLook = 3;
/** An index is one or two levels deeper; caches are colder. Anything that reads the table costs a hundred times as much. */
const mostRatio = 4;

/** A made-up customer: every second one shares its domain with one other. */
const insert = `
  INSERT INTO customer (object, record_id, name, status, pool_id, match_keys, touched_at)
  SELECT 'COMPANY', gen_random_uuid(), 'Company ' || n, 'POOLED', $3,
         ARRAY['d:' || md5('d' || n / 2) || '.example', 'n:' || md5('n' || n), 'n:company' || n], clock_timestamp()
    FROM generate_series($1::int, $2::int) AS n`;

describe('looking for duplicates', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource(database.url).initialize();
  }, 120_000);
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  async function fill(from: number, to: number): Promise<void> {
    for (let start = from; start < to; start += 50_000) {
      await dataSource.query(insert, [start, Math.min(start + 50_000, to) - 1, '00000000-0000-4000-8000-000000000001']);
    }
    await dataSource.query('VACUUM ANALYZE customer');
  }

  /** @returns milliseconds: the middle one of many looks */
  async function median(size: number): Promise<number> {
    const times: number[] = [];
    for (let look = 0; look < looks; look += 1) {
      const numbers = Array.from({ length: keysPerLook }, (_, index) => (look * 7919 + index * 104_729) % size);
      const keys = (await dataSource.query(
        `SELECT 'd:' || md5('d' || n / 2) || '.example' AS key FROM unnest($1::int[]) AS n`,
        [numbers],
      )) as { key: string }[];
      const startedAt = performance.now();
      const found = await customersWithKeys(
        dataSource.manager,
        keys.map(({ key }) => key),
      );
      times.push(performance.now() - startedAt);
      expect(found.length).toBeGreaterThanOrEqual(2);
    }
    return times.sort((a, b) => a - b)[Math.floor(looks / 2)] ?? Number.NaN;
  }

  it('should cost about the same at a million customers as at ten thousand', async () => {
    await fill(0, small);
    await median(small);
    const atSmall = await median(small);
    await fill(small, large);
    await median(large);
    const atLarge = await median(large);
    process.stdout.write(
      `A look for duplicates: ${atSmall.toFixed(2)} ms at ${small}, ${atLarge.toFixed(2)} ms at ${large}, ratio ${(atLarge / atSmall).toFixed(2)}\n`,
    );
    expect(atLarge / atSmall).toBeLessThan(mostRatio);
  }, 1_500_000);
});
