import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { type INestApplicationContext, Injectable } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { DataSource } from 'typeorm';
import { Job, type JobName } from '../../src/config/job.decorator';
import { PluginManifest } from '../../src/config/plugin-manifest';
import { JobKicker } from '../../src/jobs/job-kicker.service';
import { JobPause } from '../../src/jobs/job-pause.service';
import { JobRegistry } from '../../src/jobs/job-registry.service';
import { LongJobs, QuickJobs } from '../../src/jobs/jobs.processor';
import { queueOf } from '../../src/jobs/lanes';
import { Startup } from '../../src/jobs/startup.service';
import { createDataSource } from '../../src/storage/data-source';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { company } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { holdLock } from '../support/highseas-locks';
import { expectSettled } from '../support/highseas-settled';
import { Turns } from '../support/highseas-turns';
import { HighseasWorld } from '../support/highseas-world';
import { queueBackends } from '../support/queue-backends';

const jobs = [
  { name: 'settle-writes', lane: 'quick' },
  { name: 'reclaim-sweep', lane: 'bulk' },
  { name: 'clean-up', lane: 'bulk' },
  { name: 'auto-assign', lane: 'bulk' },
  { name: 'keep-clocks', lane: 'bulk' },
];
const bulkJobs: JobName[] = ['reclaim-sweep', 'clean-up', 'auto-assign', 'keep-clocks'];

/** What all instances of a test do, and have done. */
class Work {
  readonly begun: JobName[] = [];
  private readonly waiting: (() => void)[] = [];
  isHeld = false;

  do(name: JobName): Promise<void> {
    this.begun.push(name);
    return this.isHeld && name !== 'settle-writes'
      ? new Promise((resolve) => void this.waiting.push(resolve))
      : Promise.resolve();
  }

  hold(): void {
    this.begun.length = 0;
    this.isHeld = true;
  }

  letGo(): void {
    this.isHeld = false;
    for (const go of this.waiting.splice(0)) go();
  }
}

@Injectable()
class Handlers {
  constructor(private readonly work: Work) {}

  @Job('settle-writes')
  settle(): Promise<void> {
    return this.work.do('settle-writes');
  }

  @Job('reclaim-sweep')
  sweep(): Promise<void> {
    return this.work.do('reclaim-sweep');
  }

  @Job('clean-up')
  cleanUp(): Promise<void> {
    return this.work.do('clean-up');
  }

  @Job('auto-assign')
  assign(): Promise<void> {
    return this.work.do('auto-assign');
  }

  @Job('keep-clocks')
  keepClocks(): Promise<void> {
    return this.work.do('keep-clocks');
  }
}

const quiet = () => new Promise((resolve) => setTimeout(resolve, 1500));

describe.each(queueBackends)('jobs of two instances on $name', ({ connection }) => {
  const work = new Work();
  let database: TestDatabase;
  const instances: INestApplicationContext[] = [];
  const sources: DataSource[] = [];
  const begun = (name: JobName) => work.begun.filter((each) => each === name).length;
  const kicker = (at: number) => {
    const instance = instances[at];
    if (!instance) throw new Error(`There is no instance ${at}`);
    return instance.get(JobKicker);
  };
  let slot = 0;
  /** The turn of all instances. */
  const turn = async (name: JobName) => {
    slot += 1;
    for (const instance of instances) await instance.get(JobKicker).turn(name, slot);
  };
  const idle = () =>
    eventually(async () => {
      for (const name of Object.values(queueOf))
        expect(
          await instances[0]?.get<Queue>(getQueueToken(name)).getJobCountByTypes('active', 'waiting', 'delayed'),
        ).toBe(0);
    });

  beforeAll(async () => {
    database = await createTestDatabase();
    const options = { connection: await connection(database), prefix: database.url.split('_').at(-1) ?? '' };
    for (let index = 0; index < 2; index += 1) {
      const source = await createDataSource(database.url).initialize();
      sources.push(source);
      class InstanceModule {}
      const instance = await NestFactory.createApplicationContext(
        {
          module: InstanceModule,
          imports: [
            DiscoveryModule,
            BullModule.forRoot(options),
            BullModule.registerQueue({ name: queueOf.quick }, { name: queueOf.bulk }),
          ],
          providers: [
            Handlers,
            JobKicker,
            JobPause,
            JobRegistry,
            LongJobs,
            QuickJobs,
            { provide: DataSource, useValue: source },
            { provide: PluginManifest, useValue: { jobs } },
            { provide: Startup, useValue: { isDone: true } },
            { provide: Work, useValue: work },
          ],
        },
        { logger: false },
      );
      instances.push(instance);
    }
  });
  afterEach(async () => {
    work.letGo();
    await idle();
  });
  afterAll(async () => {
    await Promise.all(instances.map((instance) => instance.close()));
    await Promise.all(sources.map((source) => source.destroy()));
    await database.drop();
  });

  it('should not join a job that runs, whichever instance its next turns come to', async () => {
    work.hold();
    for (let count = 0; count < 6; count += 1) await turn('reclaim-sweep');
    await eventually(() => expect(begun('reclaim-sweep')).toBe(1));
    await quiet();
    expect(begun('reclaim-sweep')).toBe(1);
    work.letGo();
    await idle();
    // What turns ask for while it runs is asked for again by the next.
    expect(begun('reclaim-sweep')).toBe(1);
    await turn('reclaim-sweep');
    await eventually(() => expect(begun('reclaim-sweep')).toBe(2));
  });

  it.each(['a turn', 'a kick'])('should run once more for kicks that came while %s ran', async (what) => {
    work.hold();
    await (what === 'a turn' ? turn('reclaim-sweep') : kicker(0).kick('reclaim-sweep'));
    await eventually(() => expect(begun('reclaim-sweep')).toBe(1));
    for (let count = 0; count < 5; count += 1) {
      for (const at of [0, 1]) await kicker(at).kick('reclaim-sweep');
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(begun('reclaim-sweep')).toBe(1);
    work.letGo();
    await eventually(() => expect(begun('reclaim-sweep')).toBe(2));
    await idle();
    expect(begun('reclaim-sweep')).toBeLessThanOrEqual(3);
  });

  it('should not keep a quick job waiting behind however many long ones', async () => {
    work.hold();
    for (const name of bulkJobs) await turn(name);
    await eventually(() => expect(new Set(work.begun)).toEqual(new Set(bulkJobs)));
    for (const name of bulkJobs) for (const at of [0, 1]) await kicker(at).kick(name);
    await turn('settle-writes');
    await kicker(1).kick('settle-writes');
    await eventually(() => expect(begun('settle-writes')).toBeGreaterThanOrEqual(2));
    expect(bulkJobs.map(begun)).toEqual([1, 1, 1, 1]);
  });

  it('should stop both lanes for a pause, when what runs has ended, and let them go on after it', async () => {
    work.hold();
    await turn('reclaim-sweep');
    await eventually(() => expect(begun('reclaim-sweep')).toBe(1));
    const during: JobName[] = [];
    const pause = instances[0]?.get(JobPause).during(async () => {
      work.begun.length = 0;
      for (const name of ['settle-writes', 'clean-up'] as const) await turn(name);
      await quiet();
      during.push(...work.begun);
    });
    await quiet();
    expect(begun('clean-up')).toBe(0);
    work.letGo();
    await pause;
    expect(during).toEqual([]);
    await eventually(() => expect([begun('settle-writes'), begun('clean-up')]).toEqual([1, 1]));
  });
});

describe('an engine whose long jobs all wait', () => {
  let world: HighseasWorld;
  let turns: Turns;
  let id = '';

  beforeAll(async () => {
    world = await HighseasWorld.start({
      env: { TWENTY_TIMEOUT_MS: '1000', HIGHSEAS_COMMAND_WAIT_MS: '1500', HIGHSEAS_LEASE_SECONDS: '1' },
      seed: (twenty) => {
        id = twenty.seedCompany();
        twenty.patch('customerPool', twenty.pools.company, {
          autoAssign: 'ROUND_ROBIN',
          autoAssignWhen: 'ON_SCHEDULE',
          autoAssignSchedule: '0 9 * * *',
        });
      },
    });
    turns = new Turns(world);
    await expectSettled(world);
  });
  afterAll(async () => {
    await turns?.close();
    await world?.close();
  });

  const waiting = async () =>
    (
      await world.rows<{ query: string }>(
        `SELECT query FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
    ).map(({ query }) => query);

  it('should settle a claim that Twenty timed out on meanwhile', async () => {
    const long: JobName[] = ['reclaim-sweep', 'send-reminders', 'run-operations', 'auto-assign'];
    const lock = await holdLock(world, 'LOCK TABLE operation, assignment_turn, reminder IN ACCESS EXCLUSIVE MODE', []);
    try {
      const ends = await Promise.all(long.map((name) => turns.begin(name)));
      await eventually(async () => expect(await waiting()).toHaveLength(long.length));
      world.sandbox.setFaults({ timeoutRate: 1, matching: 'mutation WriteCompanies' });
      const sophie = await world.as(world.twenty.member('sophie.turner'));
      expect(await sophie.claim([company(id)])).toMatchObject({ pending: 1, done: 0 });
      world.sandbox.setFaults({});
      await expectSettled(world);
      expect(world.twenty.ownerOf('company', id)).toBe(world.twenty.member('sophie.turner').id);
      expect(await waiting()).toHaveLength(long.length);
      await lock.release();
      for (const end of ends) await end();
    } finally {
      await lock.release();
    }
  });
});
