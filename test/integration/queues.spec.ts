import { Queue, Worker } from 'bullmq';
import type { TestDatabase } from '../support/database';
import { createTestDatabase } from '../support/database';
import { company } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { CuttableWay } from '../support/highseas-proxy';
import { expectSettled } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';
import { JobKicker } from '../../src/jobs/job-kicker.service';
import { PluginManifest } from '../../src/config/plugin-manifest';
import { queueBackends, redisUrl } from '../support/queue-backends';

describe.each(queueBackends)('the job queue on $name', ({ connection, env }) => {
  let database: TestDatabase;
  let kickers: JobKicker[] = [];
  const queues: Queue[] = [];
  const workers: Worker[] = [];
  const runs: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    const options = { connection: await connection(database) };
    const name = `contract-${database.url.split('_').at(-1)}`;
    // Two instances: each has a queue to put jobs on and a worker that takes them.
    for (const instance of [1, 2]) {
      queues.push(new Queue(name, options));
      workers.push(
        new Worker(
          name,
          async (job) => {
            runs.push(`${job.name} by ${instance}`);
            if (job.name === 'reconcile') throw new Error('This one always fails');
          },
          { ...options, concurrency: 2 },
        ),
      );
    }
    for (const queue of queues) queue.on('error', () => undefined);
    for (const worker of workers) worker.on('error', () => undefined);
    const manifest = PluginManifest.load();
    kickers = queues.map((queue) => new JobKicker(manifest, queue, queue));
    await Promise.all([...queues, ...workers].map((each) => each.waitUntilReady()));
  });
  beforeEach(() => void (runs.length = 0));
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.close(true)));
    await Promise.all(queues.map(async (queue) => queue.close()));
    await database.drop();
  });

  const ran = (name: string) => runs.filter((run) => run.startsWith(`${name} by`)).length;
  const quiet = () => new Promise((resolve) => setTimeout(resolve, 1200));

  it('should run a turn once, however many instances announce it', async () => {
    for (let slot = 1; slot <= 3; slot += 1)
      await Promise.all([...kickers, ...kickers].map((kicker) => kicker.turn('sync-records', slot)));
    await eventually(() => expect(ran('sync-records')).toBe(3));
    await quiet();
    expect(ran('sync-records')).toBe(3);
  });

  it('should take kicks of one moment for one, and lose none of different jobs', async () => {
    await Promise.all(Array.from({ length: 10 }).flatMap(() => kickers.map((kicker) => kicker.kick('mirror-events'))));
    await kickers[0]?.kick('sync-pools');
    await eventually(() => expect([ran('mirror-events') > 0, ran('sync-pools')]).toEqual([true, 1]));
    await quiet();
    // The moment may have ended between two of them.
    expect(ran('mirror-events')).toBeLessThanOrEqual(2);
  });

  it('should go on with the others when a job fails, and with that job at its next turn', async () => {
    for (let slot = 100; slot < 110; slot += 1) {
      await kickers[0]?.turn('reconcile', slot);
      await kickers[1]?.turn('sync-records', slot);
    }
    await eventually(() => expect([ran('reconcile'), ran('sync-records')]).toEqual([10, 10]));
  });

  it('should carry an engine: a claim is mirrored, an edit is noticed', async () => {
    let id = '';
    const world = await HighseasWorld.start({ env, seed: (twenty) => (id = twenty.seedCompany()) });
    try {
      const tom = world.twenty.member('tom.baker');
      expect(await (await world.as(tom)).claim([company(id)])).toMatchObject({ done: 1 });
      await expectSettled(world);
      await world.twenty.edit(tom, 'company', id, { accountOwnerId: null });
      await eventually(() => expect(world.twenty.get('company', id)).toMatchObject({ poolStatus: 'POOLED' }));
      await expectSettled(world);
    } finally {
      await world.close();
    }
  });
});

const onRedis = redisUrl ? describe : describe.skip; // skipped without a Redis to run on
onRedis('an engine whose Redis goes away', () => {
  it('should answer claims all the same, and catch up when it is back', async () => {
    const ids: string[] = [];
    const way = new CuttableWay(redisUrl ?? '');
    await way.open();
    const world = await HighseasWorld.start({
      env: { REDIS_URL: way.url },
      seed: (twenty) => {
        for (let index = 0; index < 3; index += 1) ids.push(twenty.seedCompany());
      },
    });
    try {
      await expectSettled(world);
      const client = await world.as(world.twenty.member('tom.baker'));
      await way.cut();
      for (const id of ids) {
        const asked = Date.now();
        expect(await client.claim([company(id)])).toMatchObject({ done: 1 });
        expect(Date.now() - asked).toBeLessThan(5000);
      }
      await way.open();
      await expectSettled(world);
    } finally {
      await world.close();
      await way.cut();
    }
  });
});
