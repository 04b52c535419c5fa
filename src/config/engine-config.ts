import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
  Validate,
  ValidateIf,
} from 'class-validator';
import { type ConfigVariable, EnvVariable, envVariablesOf } from './env-variable.decorator';
import { toTrustedProxies, TrustedProxies } from './trusted-proxies';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const httpUrl = { protocols: ['http', 'https'], require_protocol: true, require_tld: false, allow_underscores: true };
const withoutTrailingSlash = Transform(({ value }) => (typeof value === 'string' ? value.replace(/\/+$/, '') : value));
const toBoolean = Transform(({ value }) =>
  ['1', 'true', 'yes'].includes(String(value).toLowerCase())
    ? true
    : ['0', 'false', 'no'].includes(String(value).toLowerCase())
      ? false
      : value,
);

const RATE_OF_APPLICATION = 450;
const RATE_OF_API_KEY = 90;
const SECONDS_OF_APPLICATION = 10;
const SECONDS_OF_API_KEY = 30;

/** The environment, typed and checked. Nothing else in the engine reads `process.env`. */
export class EngineConfig {
  @EnvVariable('PORT', { default: 4100, description: 'Port the engine listens on; 0 takes a free one.' })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(65535)
  port!: number;

  @EnvVariable('HIGHSEAS_HOST', { default: '0.0.0.0', description: 'Address the engine listens on.' })
  @IsString()
  host!: string;

  @EnvVariable('DATABASE_URL', {
    description: 'PostgreSQL 14 or newer. `npm start` brings its own when this is not set.',
    secret: true,
  })
  @Matches(/^postgres(ql)?:\/\//, { message: 'must start with postgres:// or postgresql://' })
  databaseUrl!: string;

  @EnvVariable('REDIS_URL', {
    description: 'Puts the job queue on Redis; without it the queue is in PostgreSQL.',
    secret: true,
  })
  @IsOptional()
  @Matches(/^rediss?:\/\//, { message: 'must start with redis:// or rediss://' })
  redisUrl?: string;

  @EnvVariable('TWENTY_URL', { description: 'Address of Twenty, without a path.' })
  @withoutTrailingSlash
  @IsUrl(httpUrl)
  twentyUrl!: string;

  @EnvVariable('TWENTY_CLIENT_ID', { description: 'OAuth client of the installed app (preferred over an API key).' })
  @ValidateIf((config: EngineConfig) => config.twentyApiKey === undefined || config.twentyClientSecret !== undefined)
  @IsString({ message: 'is needed (with TWENTY_CLIENT_SECRET) unless TWENTY_API_KEY is set' })
  twentyClientId?: string;

  @EnvVariable('TWENTY_CLIENT_SECRET', {
    description: 'Secret of that client; `npm run app:install` shows it once.',
    secret: true,
  })
  @ValidateIf((config: EngineConfig) => config.twentyApiKey === undefined || config.twentyClientId !== undefined)
  @IsString({ message: 'is needed (with TWENTY_CLIENT_ID) unless TWENTY_API_KEY is set' })
  twentyClientSecret?: string;

  @EnvVariable('TWENTY_API_KEY', {
    description: 'Fallback for the client credentials; Twenty allows it fewer calls.',
    secret: true,
  })
  @IsOptional()
  @MinLength(10)
  twentyApiKey?: string;

  @EnvVariable('TWENTY_RATE_PER_MINUTE', {
    description: `Calls a minute the engine allows itself: ${RATE_OF_APPLICATION}, or ${RATE_OF_API_KEY} with an API key.`,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  twentyRatePerMinuteGiven?: number;

  @EnvVariable('TWENTY_TIMEOUT_MS', {
    default: 10_000,
    description: 'How long one call to Twenty may take, in milliseconds.',
  })
  @Type(() => Number)
  @IsInt()
  @Min(100)
  @Max(300_000)
  twentyTimeoutMs!: number;

  @EnvVariable('HIGHSEAS_PUBLIC_URL', {
    description:
      'Address at which Twenty reaches the engine; without it there are no webhooks and changes are noticed at the next reading.',
  })
  @IsOptional()
  @withoutTrailingSlash
  @IsUrl(httpUrl)
  publicUrl?: string;

  @EnvVariable('HIGHSEAS_WEBHOOK_SECRET', {
    description: 'Signs the webhooks; at least 16 characters. Without it one is made and kept in the database.',
    secret: true,
  })
  @IsOptional()
  @MinLength(16)
  webhookSecret?: string;

  @EnvVariable('HIGHSEAS_LOG_LEVEL', { default: 'info', description: `One of ${LOG_LEVELS.join(', ')}.` })
  @IsIn(LOG_LEVELS)
  logLevel!: LogLevel;

  @EnvVariable('HIGHSEAS_SYNC_INTERVAL_SECONDS', {
    description: `Seconds between two readings of what changed in Twenty: ${SECONDS_OF_APPLICATION}, or ${SECONDS_OF_API_KEY} with an API key. While webhooks bring the changes it is read more seldom.`,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(3600)
  syncIntervalSecondsGiven?: number;

  @EnvVariable('HIGHSEAS_COMMAND_WAIT_MS', {
    default: 8_000,
    description: 'How long a command waits for Twenty before it answers PENDING, in milliseconds.',
  })
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(60_000)
  commandWaitMs!: number;

  @EnvVariable('HIGHSEAS_LEASE_SECONDS', {
    default: 15,
    description: 'How long one engine instance keeps an unfinished write to itself before another may settle it.',
  })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(600)
  leaseSeconds!: number;

  @EnvVariable('HIGHSEAS_ALLOW_PRIVATE_WEBHOOKS', {
    default: false,
    description:
      'Lets reminder webhooks go to private addresses and over plain http, for a chat server in the same network.',
  })
  @toBoolean
  @IsBoolean()
  allowPrivateWebhooks!: boolean;

  @EnvVariable('HIGHSEAS_TRUST_PROXY', {
    default: false,
    description:
      'Behind a reverse proxy: how many proxies stand in front of the engine, or their addresses (`loopback`, `10.0.0.0/8`, separated by commas). Then callers are told apart by `X-Forwarded-For`; without it all share the address of the proxy.',
  })
  @toTrustedProxies
  @Validate(TrustedProxies)
  trustProxy!: false | number | string[];

  @EnvVariable('HIGHSEAS_METRICS_TOKEN', {
    description:
      'Opens `/metrics` to whoever sends it as a bearer token; at least 16 characters. Without it `/metrics` answers callers of the same machine only.',
    secret: true,
  })
  @IsOptional()
  @MinLength(16)
  metricsToken?: string;

  @EnvVariable('NODE_ENV', {
    description: 'With `development`, as in the sandbox, the API tells its schema to members who ask for it.',
  })
  @IsOptional()
  @IsString()
  nodeEnv?: string;

  @EnvVariable('HIGHSEAS_SANDBOX', { default: false, description: 'Twenty is the sandbox: `npm start` sets it.' })
  @toBoolean
  @IsBoolean()
  sandbox!: boolean;

  get twentyRatePerMinute(): number {
    return this.twentyRatePerMinuteGiven ?? (this.usesClientCredentials ? RATE_OF_APPLICATION : RATE_OF_API_KEY);
  }

  get syncIntervalSeconds(): number {
    return this.syncIntervalSecondsGiven ?? (this.usesClientCredentials ? SECONDS_OF_APPLICATION : SECONDS_OF_API_KEY);
  }

  /** May callers ask for the schema, and be told which field they might have meant? */
  get tellsSchema(): boolean {
    return this.sandbox || this.nodeEnv === 'development';
  }

  get usesClientCredentials(): boolean {
    return this.twentyClientId !== undefined && this.twentyClientSecret !== undefined;
  }
}

/** The rows of the configuration table, in the order of the class. */
export function describeConfig(): ConfigVariable[] {
  return envVariablesOf(EngineConfig.prototype).map(({ name, default: preset, description, secret }) => ({
    name,
    default: preset,
    description,
    secret,
  }));
}
