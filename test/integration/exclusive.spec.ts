import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/storage/data-source';
import { whenAlone } from '../../src/storage/exclusive';
import { createTestDatabase, type TestDatabase } from '../support/database';

/** Work that goes on until it is told to end. */
function work() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { end, run: () => ended.then(() => 'done') };
}

describe('work of one name', () => {
  let database: TestDatabase;
  let here: DataSource;
  let there: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    [here, there] = await Promise.all([
      createDataSource(database.url).initialize(),
      createDataSource(database.url).initialize(),
    ]);
  });
  afterAll(async () => {
    await here.destroy();
    await there.destroy();
    await database.drop();
  });

  const sessions = async () => {
    const rows: { n: number }[] = await here.query(
      `SELECT count(DISTINCT pid)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    return rows[0]?.n;
  };
  /** Waits until the name is had, so that the order is known. */
  const begin = async (source: DataSource, name: string, { run }: ReturnType<typeof work>) => {
    let had: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (had = resolve));
    const result = whenAlone(source, name, () => {
      had();
      return run();
    });
    await begun;
    return { result };
  };

  it('should be done by one, here and in another instance, until it has ended', async () => {
    const first = work();
    const { result } = await begin(here, 'sweep', first);
    const second = jest.fn(async () => 'twice');
    expect(await Promise.all([here, there].map((source) => whenAlone(source, 'sweep', second)))).toEqual([null, null]);
    expect(second).not.toHaveBeenCalled();
    first.end();
    expect(await result).toBe('done');
    expect(await whenAlone(there, 'sweep', async () => 'next')).toBe('next');
  });

  it('should free the name when it fails', async () => {
    await expect(whenAlone(here, 'fails', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await whenAlone(there, 'fails', async () => 'next')).toBe('next');
  });

  it('should take one session for many names, and none when none is had', async () => {
    const works = Array.from({ length: 30 }, work);
    const results = await Promise.all(works.map((each, index) => begin(here, `many ${index}`, each)));
    expect(await sessions()).toBe(1);
    for (const each of works.slice(1)) each.end();
    await Promise.all(results.slice(1).map(({ result }) => result));
    expect(await whenAlone(there, 'many 0', async () => 'twice')).toBeNull();
    works[0]?.end();
    await results[0]?.result;
    expect(await sessions()).toBe(0);
  });

  it('should free what a session had that was cut, and go on with another', async () => {
    const cut = work();
    const { result } = await begin(here, 'cut', cut);
    await there.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    expect(await whenAlone(there, 'cut', async () => 'taken over')).toBe('taken over');
    cut.end();
    expect(await result).toBe('done');
    expect(await whenAlone(here, 'cut', async () => 'next')).toBe('next');
  });
});
