import { randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { company, type CustomerAnswer, type EngineClient } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { expectSettled } from '../support/highseas-settled';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

/** Asks again and again from a thread of its own, so that what this process does meanwhile is not taken for the engine's. */
const asking = `
const { parentPort, workerData } = require('node:worker_threads');
(async () => {
  for (;;) {
    const start = performance.now();
    const { status } = await fetch(workerData + '/health/live').catch(() => ({ status: 0 }));
    parentPort.postMessage({ status, ms: performance.now() - start });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
})();
`;

interface Reading {
  /** From the edit to where the engine has read it. */
  ms: number;
  /** The longest that anybody waited for a sign of life meanwhile. */
  longestWait: number;
}

describe('texts without end', () => {
  let world: HighseasWorld;
  let rep: Member;
  let client: EngineClient;
  let ordinary: Reading;

  const link = (primaryLinkUrl: string, more: string[] = []) => ({
    domainName: { primaryLinkUrl, primaryLinkLabel: '', secondaryLinks: more.map((url) => ({ url, label: '' })) },
  });
  const isRead = (id: string) =>
    eventually(
      async () =>
        expect(
          await world.rows(`SELECT 1 FROM customer WHERE record_id = $1 AND status IS NOT NULL`, [id]),
        ).toHaveLength(1),
      { withinMs: 60_000 },
    );
  const reading = async (object: string, data: Record<string, unknown>): Promise<Reading & { id: string }> => {
    const waits: { status: number; ms: number }[] = [];
    const worker = new Worker(asking, { eval: true, workerData: world.engine.url });
    worker.on('message', (wait: { status: number; ms: number }) => waits.push(wait));
    await eventually(() => expect(waits.length).toBeGreaterThan(3));
    const start = performance.now();
    const id = await world.twenty.create(rep, object, data);
    await isRead(id);
    const ms = performance.now() - start;
    // What is being asked is answered as well.
    const count = waits.length;
    await eventually(() => expect(waits.length).toBeGreaterThan(count + 1), { withinMs: 60_000 });
    await worker.terminate();
    expect(new Set(waits.map(({ status }) => status))).toEqual(new Set([200]));
    return { id, ms, longestWait: Math.max(...waits.map((wait) => wait.ms)) };
  };

  beforeAll(async () => {
    world = await HighseasWorld.start();
    rep = world.twenty.member('tom.baker');
    client = await world.as(rep, 'en');
    await expectSettled(world);
    // The first one warms up.
    const several: Reading[] = [];
    for (const name of ['Acme', 'Globex', 'Initech'])
      several.push(await reading('company', { name, ...link(`https://${name}.example`) }));
    ordinary = several.slice(1).reduce((a, b) => (a.ms > b.ms ? a : b));
  });
  afterAll(() => world?.close());

  it.each<[string, Record<string, unknown>]>([
    ['an address of 60,000 characters', { name: 'Long address', ...link(`https://${'a.'.repeat(30_000)}com`) }],
    ['a name of 600 kB', { name: 'co '.repeat(200_000) }],
    ['a name that unfolds into 10 MB', { name: 'ﷺ'.repeat(200_000) }],
    ['a name that no index could hold', { name: randomBytes(200_000).toString('base64') }],
    [
      'ten thousand addresses',
      {
        name: 'Many',
        ...link(
          'many.example',
          Array.from({ length: 10_000 }, (_, at) => `${at}.example`),
        ),
      },
    ],
  ])('should hold up nobody, and be read: %s', async (_, data) => {
    const { id, ms, longestWait } = await reading('company', data);
    // As an ordinary record: in the old days each of these took minutes.
    expect(ms / ordinary.ms).toBeLessThan(20);
    expect(longestWait / ordinary.ms).toBeLessThan(2);
    const read = await client.customer(company(id));
    expect(read).toMatchObject({ status: 'POOLED' });
    expect(String(data['name']).startsWith(read?.name ?? 'none')).toBe(true);
    expect(read?.name?.length).toBeLessThanOrEqual(200);
  });

  it('should be listed by pages, claimed and released like any other', async () => {
    await expectSettled(world);
    const listed: CustomerAnswer[] = [];
    for (let after: string | null = null; ;) {
      const { customers } = (await client.must(
        'query($after: String) { customers(status: POOLED, first: 1, after: $after) { customers { object recordId name } endCursor hasNextPage } }',
        { after },
      )) as { customers: { customers: CustomerAnswer[]; endCursor: string | null; hasNextPage: boolean } };
      listed.push(...customers.customers);
      if (!customers.hasNextPage) break;
      after = customers.endCursor;
    }
    expect(new Set(listed.map(({ recordId }) => recordId)).size).toBe(8);
    const refs = listed.map(({ object, recordId }) => ({ object, recordId }));
    expect(await client.claim(refs)).toMatchObject({ done: 8 });
    await expectSettled(world);
    expect(await client.release(refs, { reason: 'OTHER' })).toMatchObject({ done: 8 });
    await expectSettled(world);
  });

  it('should hold up no start', async () => {
    await world.stopEngine();
    await world.sql.query('DELETE FROM sync_cursor');
    await world.startEngine();
    await expectSettled(world);
    expect(await world.rows('SELECT 1 FROM customer WHERE length(name) > 200')).toEqual([]);
  });
});
