import { Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { DataSource } from 'typeorm';
import { type Sandbox, startSandbox } from '../../packages/twenty-sandbox/src/index';
import { Clock } from '../../src/config/clock';
import type { CustomerObject, RuleKind } from '../../src/domain/customer/customer';
import type { PoolPolicy } from '../../src/domain/pool/pool-policy';
import { DigestMaker } from '../../src/notifications/digest-maker.service';
import { DigestTeller } from '../../src/notifications/digest-teller.service';
import { ReminderService } from '../../src/notifications/reminder.service';
import { WebhookSender } from '../../src/notifications/webhook-sender.service';
import { PoolsService } from '../../src/pools/pools.service';
import { SettingsService } from '../../src/settings/settings.service';
import { createDataSource } from '../../src/storage/data-source';
import { TaskRecords } from '../../src/twenty/records/task-records.service';
import { createTestDatabase, type TestDatabase } from './database';
import { policyOf } from './domain-builders';
import { appManifestPath, buildForEngines } from './engine-process';
import { type Member, TwentyHands } from './highseas-twenty';
import { type TwentyLayer, twentyLayer } from './twenty-layer';

export class SetClock extends Clock {
  constructor(public time: string) {
    super();
  }

  now(): string {
    return this.time;
  }
}

/** The reminders of one engine instance. */
export interface Instance {
  maker: DigestMaker;
  reminders: ReminderService;
  tasks: TaskRecords;
  /** The next calls to Twenty about tasks, by name, do what they do and then fail, or fail at once. */
  failing: Map<'create' | 'change' | 'close', 'before' | 'after'>;
}

/** The index as the readings would have left it, the sandbox, and instances that share both. */
export class ReminderWorld {
  readonly clock = new SetClock('2026-08-03T02:00:00.000Z');
  readonly pool = randomUUID();
  private readonly closers: (() => Promise<unknown>)[] = [];

  private constructor(
    readonly sandbox: Sandbox,
    readonly twenty: TwentyHands,
    readonly database: TestDatabase,
    readonly dataSource: DataSource,
    private readonly layer: TwentyLayer,
  ) {}

  static async start(): Promise<ReminderWorld> {
    Logger.overrideLogger(false);
    if (!existsSync(appManifestPath)) await buildForEngines();
    const sandbox = await startSandbox({ manifest: appManifestPath, sample: false, apiRatePerMinute: 0 });
    const database = await createTestDatabase();
    const dataSource = await createDataSource(database.url).initialize();
    const { clientId, clientSecret } = sandbox.credentials;
    const layer = twentyLayer(sandbox.url, {
      TWENTY_CLIENT_ID: clientId,
      TWENTY_CLIENT_SECRET: clientSecret,
      TWENTY_RATE_PER_MINUTE: '100000',
      HIGHSEAS_ALLOW_PRIVATE_WEBHOOKS: '1',
    });
    const world = new ReminderWorld(sandbox, new TwentyHands(sandbox), database, dataSource, layer);
    for (const { id, name } of sandbox.members)
      await dataSource.query('INSERT INTO member (id, name, locale) VALUES ($1, $2, $3)', [id, name, 'en']);
    await world.setPool({ reminderLeadDays: [7, 3, 1] });
    await world.setComplete(true);
    return world;
  }

  instance(dataSource = this.dataSource): Instance {
    const tasks = new TaskRecords(this.layer.client);
    const failing: Instance['failing'] = new Map();
    for (const name of ['create', 'change', 'close'] as const) makeFail(tasks, name, failing);
    const [pools, settings, webhooks] = [
      new PoolsService(dataSource),
      new SettingsService(dataSource),
      new WebhookSender(this.layer.config),
    ];
    const maker = new DigestMaker(dataSource, pools, settings, this.clock);
    const teller = new DigestTeller(dataSource, settings, tasks, webhooks, this.clock);
    this.closers.push(() => webhooks.onApplicationShutdown());
    return { maker, tasks, failing, reminders: new ReminderService(dataSource, maker, teller, this.clock) };
  }

  /** With connections of its own. */
  async otherInstance(): Promise<Instance> {
    const dataSource = await createDataSource(this.database.url).initialize();
    this.closers.push(() => dataSource.destroy());
    return this.instance(dataSource);
  }

  async setPool(policy: Partial<PoolPolicy>, id = this.pool, name = 'Main 公海'): Promise<void> {
    await this.dataSource.query(
      'INSERT INTO pool (id, name, policy) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET policy = excluded.policy',
      [id, name, JSON.stringify(policyOf(policy))],
    );
  }

  /** Whether the index has been read to its end. */
  async setComplete(isComplete: boolean): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO sync_cursor (source, complete_at) SELECT source, CASE WHEN $1 THEN now() END FROM unnest(ARRAY['settings', 'members', 'pools', 'history', 'company', 'person']) AS source
       ON CONFLICT (source) DO UPDATE SET complete_at = excluded.complete_at`,
      [isComplete],
    );
  }

  async setSetting(key: string, value: unknown): Promise<void> {
    await this.dataSource.query(
      'INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      [key, JSON.stringify(value)],
    );
  }

  async makeManager(member: Member, poolId = this.pool): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO pool_member (id, pool_id, member_id, member_role) VALUES ($1, $2, $3, 'MANAGER')`,
      [randomUUID(), poolId, member.id],
    );
  }

  /** In Twenty and in the index. @returns its id */
  async owned(
    owner: Member,
    reclaimOn: string | null,
    {
      name = 'Acme',
      object = 'COMPANY' as CustomerObject,
      rule = 'NO_ACTIVITY' as RuleKind | null,
      poolId = this.pool,
    } = {},
  ): Promise<string> {
    const id =
      object === 'COMPANY'
        ? this.twenty.seedCompany({ name, accountOwnerId: owner.id })
        : this.twenty.seedPerson({ ownerId: owner.id });
    await this.dataSource.query(
      `INSERT INTO customer (object, record_id, name, status, pool_id, owner_id, owned_since, reclaim_on, reclaim_rule, touched_at)
       VALUES ($1, $2, $3, 'OWNED', $4, $5, $6, $7, $8, clock_timestamp())`,
      [object, id, name, poolId, owner.id, '2026-07-01T00:00:00.000Z', reclaimOn, reclaimOn && rule],
    );
    return id;
  }

  async pooled(pooledSince: string, { name = 'Old', poolId = this.pool } = {}): Promise<string> {
    const id = this.twenty.seedCompany({ name });
    await this.dataSource.query(
      `INSERT INTO customer (object, record_id, name, status, pool_id, pooled_since, touched_at) VALUES ('COMPANY', $1, $2, 'POOLED', $3, $4, clock_timestamp())`,
      [id, name, poolId, pooledSince],
    );
    return id;
  }

  async change(recordId: string, values: Record<string, unknown>): Promise<void> {
    const names = Object.keys(values);
    await this.dataSource.query(
      `UPDATE customer SET ${names.map((name, at) => `${name} = $${at + 2}`).join(', ')} WHERE record_id = $1`,
      [recordId, ...Object.values(values)],
    );
  }

  tasks() {
    return this.twenty.all('task').filter(({ deletedAt }) => deletedAt === null);
  }

  tasksOf(member: Member) {
    return this.tasks().filter(({ assigneeId }) => assigneeId === member.id);
  }

  /** Ids of the customers that a task is shown on. */
  targetsOf(taskId: string): unknown[] {
    const targets = this.twenty
      .all('taskTarget')
      .filter((target) => target['taskId'] === taskId && target.deletedAt === null);
    return targets
      .map((target) => target['targetCompanyId'] ?? target['targetPersonId'])
      .filter((id) => id !== null && id !== undefined)
      .sort();
  }

  async rows<T>(query: string, parameters: unknown[] = []): Promise<T[]> {
    return (await this.dataSource.query(query, parameters)) as T[];
  }

  /** Nothing told, nobody owned; members, pools and settings of the start. */
  async clear(): Promise<void> {
    await this.dataSource.query(
      'TRUNCATE customer, reminder, reminder_digest, reminder_notice, pool_member, pool, setting, ownership_event',
    );
    await this.dataSource.query(`UPDATE member SET locale = 'en', removed_at = NULL`);
    await this.setPool({ reminderLeadDays: [7, 3, 1] });
    for (const object of ['task', 'taskTarget', 'company', 'person'])
      for (const { id } of this.twenty.all(object)) this.sandbox.workspace.store.table(object).remove(id);
    this.clock.time = '2026-08-03T02:00:00.000Z';
  }

  async close(): Promise<void> {
    for (const close of this.closers) await close();
    await this.dataSource.destroy();
    await this.layer.close();
    await this.sandbox.close();
    await this.database.drop();
  }
}

function makeFail<Name extends 'create' | 'change' | 'close'>(
  tasks: TaskRecords,
  name: Name,
  failing: Instance['failing'],
): void {
  const works = tasks[name].bind(tasks) as (...parameters: unknown[]) => Promise<void>;
  Object.assign(tasks, {
    [name]: async (...parameters: unknown[]) => {
      const when = failing.get(name);
      failing.delete(name);
      if (when === 'before') throw new Error('The engine died before it told Twenty');
      await works(...parameters);
      if (when === 'after') throw new Error('The engine died after it had told Twenty');
    },
  });
}
