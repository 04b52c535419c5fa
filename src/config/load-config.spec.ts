import { describeConfig } from './engine-config';
import { ConfigError, loadConfig } from './load-config';

const enough = {
  DATABASE_URL: 'postgres://localhost/highseas',
  TWENTY_URL: 'http://localhost:3000/',
  TWENTY_CLIENT_ID: 'id',
  TWENTY_CLIENT_SECRET: 'secret-one',
};
const errorOf = (env: Record<string, string | undefined>): ConfigError | null => {
  try {
    loadConfig(env);
    return null;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error;
  }
};
const problemsOf = (env: Record<string, string | undefined>): string[] =>
  errorOf(env)?.problems.map(({ name }) => name) ?? [];

describe('loadConfig', () => {
  it('should need nothing but the database, Twenty and credentials', () => {
    expect(loadConfig(enough)).toMatchObject({
      port: 4100,
      databaseUrl: 'postgres://localhost/highseas',
      twentyUrl: 'http://localhost:3000',
      usesClientCredentials: true,
      twentyRatePerMinute: 450,
      twentyTimeoutMs: 10_000,
      syncIntervalSeconds: 10,
      commandWaitMs: 8_000,
      leaseSeconds: 15,
      sandbox: false,
      logLevel: 'info',
    });
  });

  it('should read what is given', () => {
    const config = loadConfig({
      ...enough,
      PORT: '0',
      HIGHSEAS_SANDBOX: '1',
      HIGHSEAS_SYNC_INTERVAL_SECONDS: '2',
      TWENTY_RATE_PER_MINUTE: '5',
      HIGHSEAS_PUBLIC_URL: 'http://crm_engine:4100/',
    });
    expect(config).toMatchObject({
      port: 0,
      sandbox: true,
      syncIntervalSeconds: 2,
      twentyRatePerMinute: 5,
      publicUrl: 'http://crm_engine:4100',
    });
  });

  it('should be content with an API key and then call less often', () => {
    const config = loadConfig({
      ...enough,
      TWENTY_CLIENT_ID: undefined,
      TWENTY_CLIENT_SECRET: '',
      TWENTY_API_KEY: 'key-of-twenty',
    });
    expect(config).toMatchObject({ usesClientCredentials: false, twentyRatePerMinute: 90 });
  });

  it('should name everything that is missing at once', () => {
    expect(problemsOf({})).toEqual(
      expect.arrayContaining(['DATABASE_URL', 'TWENTY_URL', 'TWENTY_CLIENT_ID', 'TWENTY_CLIENT_SECRET']),
    );
  });

  it.each([
    ['PORT', '70000'],
    ['PORT', '80a'],
    ['DATABASE_URL', 'mysql://x'],
    ['REDIS_URL', 'localhost:6379'],
    ['TWENTY_URL', 'ftp://x'],
    ['HIGHSEAS_LOG_LEVEL', 'loud'],
    ['HIGHSEAS_SANDBOX', 'perhaps'],
    ['TWENTY_CLIENT_SECRET', ''],
    ['HIGHSEAS_WEBHOOK_SECRET', 'short'],
    ['TWENTY_TIMEOUT_MS', '1'],
  ])('should refuse %s=%j', (name, value) => {
    expect(problemsOf({ ...enough, [name]: value })).toEqual([name]);
  });

  it('should not take one half of the client credentials beside an API key', () => {
    expect(problemsOf({ ...enough, TWENTY_CLIENT_SECRET: undefined, TWENTY_API_KEY: 'key-of-twenty' })).toEqual([
      'TWENTY_CLIENT_SECRET',
    ]);
  });

  it('should never print a value', () => {
    const secrets = {
      DATABASE_URL: 'mysql://user:hunter2@db',
      REDIS_URL: 'tcp://:hunter2@r',
      TWENTY_API_KEY: 'hunter2',
      HIGHSEAS_WEBHOOK_SECRET: 'hunter2',
      HIGHSEAS_METRICS_TOKEN: 'hunter2',
    };
    const error = errorOf({ ...enough, ...secrets });
    expect(error?.problems.map(({ name }) => name)).toEqual([
      'DATABASE_URL',
      'REDIS_URL',
      'TWENTY_API_KEY',
      'HIGHSEAS_WEBHOOK_SECRET',
      'HIGHSEAS_METRICS_TOKEN',
    ]);
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('hunter2');
  });

  it('should describe every variable once, and mark those that are secret', () => {
    const rows = describeConfig();
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    expect(rows.find(({ name }) => name === 'PORT')).toEqual({
      name: 'PORT',
      default: '4100',
      description: expect.any(String),
      secret: false,
    });
    expect(rows.filter(({ secret }) => secret).map(({ name }) => name)).toEqual([
      'DATABASE_URL',
      'REDIS_URL',
      'TWENTY_CLIENT_SECRET',
      'TWENTY_API_KEY',
      'HIGHSEAS_WEBHOOK_SECRET',
      'HIGHSEAS_METRICS_TOKEN',
    ]);
  });

  it.each([
    [undefined, false],
    ['false', false],
    ['0', false],
    ['1', 1],
    ['loopback', ['loopback']],
    ['10.0.0.0/8, 192.0.2.7, fd00::/8', ['10.0.0.0/8', '192.0.2.7', 'fd00::/8']],
  ])('should trust as proxies what HIGHSEAS_TRUST_PROXY=%s says', (value, trusted) => {
    expect(loadConfig({ ...enough, HIGHSEAS_TRUST_PROXY: value }).trustProxy).toEqual(trusted);
  });

  it.each(['true', 'yes', '11', '10.0.0.0/99', 'proxy.example', 'loopback,'])(
    'should not trust everybody, nor what is no address: HIGHSEAS_TRUST_PROXY=%s',
    (value) => {
      expect(problemsOf({ ...enough, HIGHSEAS_TRUST_PROXY: value })).toEqual(['HIGHSEAS_TRUST_PROXY']);
    },
  );

  it.each([
    [{}, false],
    [{ HIGHSEAS_SANDBOX: '1' }, true],
    [{ NODE_ENV: 'development' }, true],
    [{ NODE_ENV: 'production' }, false],
  ])('should tell the schema to developers only: %p → %s', (env, tells) => {
    expect(loadConfig({ ...enough, ...env }).tellsSchema).toBe(tells);
  });
});
