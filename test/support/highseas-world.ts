import { Pool } from 'pg';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../packages/twenty-sandbox/src/index';
import { createTestDatabase, type TestDatabase } from './database';
import { EngineClient } from './engine-client';
import { appManifestPath, buildForEngines, type EngineProcess, runToEnd, startEngineProcess } from './engine-process';
import { TwentyHands } from './highseas-twenty';

/** Processes start, die and catch up; hooks need that time too. */
jest.setTimeout(120_000);

export interface WorldOptions {
  sandbox?: SandboxOptions;
  /** Added to every engine's environment. */
  env?: Record<string, string>;
  /** Runs before the first engine, so that it finds what is made here. */
  seed?: (twenty: TwentyHands) => void;
  engines?: number;
}

/** A Twenty, a database and engines on it. Close it in `afterAll`. */
export class HighseasWorld {
  readonly engines: EngineProcess[] = [];
  private readonly tokens = new Map<string, Promise<string>>();

  private constructor(
    readonly sandbox: Sandbox,
    readonly twenty: TwentyHands,
    readonly database: TestDatabase,
    readonly sql: Pool,
    private readonly env: Record<string, string>,
  ) {}

  static async start(options: WorldOptions = {}): Promise<HighseasWorld> {
    await buildForEngines();
    const sandbox = await startSandbox({
      manifest: appManifestPath,
      sample: false,
      apiRatePerMinute: 0,
      ...options.sandbox,
    });
    const twenty = new TwentyHands(sandbox);
    options.seed?.(twenty);
    const database = await createTestDatabase();
    const world = new HighseasWorld(sandbox, twenty, database, connect(database), options.env ?? {});
    try {
      for (let index = 0; index < (options.engines ?? 1); index += 1) await world.startEngine();
    } catch (error) {
      await world.close();
      throw error;
    }
    return world;
  }

  /** The same Twenty with another database and no engine yet; `leave` it, `close` is for the first one. */
  static beside(world: HighseasWorld, database: TestDatabase): HighseasWorld {
    return new HighseasWorld(world.sandbox, world.twenty, database, connect(database), world.env);
  }

  get engine(): EngineProcess {
    const [first] = this.engines;
    if (!first) throw new Error('No engine runs');
    return first;
  }

  /** What an engine is told about its surroundings. */
  get engineEnv(): Record<string, string> {
    const { clientId, clientSecret } = this.sandbox.credentials;
    return {
      DATABASE_URL: this.database.url,
      TWENTY_URL: this.sandbox.url,
      TWENTY_CLIENT_ID: clientId,
      TWENTY_CLIENT_SECRET: clientSecret,
      TWENTY_RATE_PER_MINUTE: '100000',
      TWENTY_TIMEOUT_MS: '1500',
      HIGHSEAS_SANDBOX: '1',
      HIGHSEAS_LEASE_SECONDS: '2',
      HIGHSEAS_COMMAND_WAIT_MS: '5000',
      HIGHSEAS_SYNC_INTERVAL_SECONDS: '1',
      ...this.env,
    };
  }

  /** Started and ready. */
  async startEngine(env: Record<string, string> = {}): Promise<EngineProcess> {
    const engine = await startEngineProcess({ ...this.engineEnv, ...env });
    this.engines.push(engine);
    await engine.ready();
    return engine;
  }

  async killEngine(): Promise<void> {
    await this.engines.shift()?.kill();
  }

  async stopEngine(): Promise<void> {
    await this.engines.shift()?.stop();
  }

  /** `npm run rebuild`, beside whatever engines run. */
  async rebuild(): Promise<void> {
    await runToEnd('rebuild.js', this.engineEnv);
  }

  /** @param engine the first one when absent */
  async as(who: { email: string }, language?: string, engine = this.engine): Promise<EngineClient> {
    const token = this.tokens.get(who.email) ?? this.twenty.token(who);
    this.tokens.set(who.email, token);
    return new EngineClient(engine.url, await token, language);
  }

  async rows<T>(query: string, parameters: unknown[] = []): Promise<T[]> {
    return (await this.sql.query(query, parameters)).rows as T[];
  }

  async close(): Promise<void> {
    await Promise.all(this.engines.map((engine) => engine.kill()));
    await this.sandbox.close();
    await this.leave();
  }

  /** Ends the engines and the database; Twenty stays. */
  async leave(): Promise<void> {
    await Promise.all(this.engines.map((engine) => engine.kill()));
    await this.sql.end();
    await this.database.drop();
  }
}

function connect({ url }: TestDatabase): Pool {
  const sql = new Pool({ connectionString: url, max: 6 });
  // Dropping the database ends idle sessions, which is no news.
  sql.on('error', () => undefined);
  return sql;
}
