import { SystemTimeClock } from '../../src/config/clock';
import { EngineConfig } from '../../src/config/engine-config';
import { loadConfig } from '../../src/config/load-config';
import { RateBudget } from '../../src/twenty/client/rate-budget';
import { TwentyAuth } from '../../src/twenty/client/twenty-auth.service';
import { TwentyClient } from '../../src/twenty/client/twenty-client.service';
import { EngineTime, type TwentyClock } from '../../src/twenty/client/twenty-clock';
import { TwentyTransport } from '../../src/twenty/client/twenty-transport';

export interface TwentyLayer {
  config: EngineConfig;
  client: TwentyClient;
  auth: TwentyAuth;
  close(): Promise<void>;
}

/** The client side of Twenty without a Nest application. `env` adds to or replaces the defaults. */
export function twentyLayer(
  twentyUrl: string,
  env: Record<string, string | undefined> = {},
  clock: TwentyClock = new EngineTime(new SystemTimeClock()),
): TwentyLayer {
  const config = loadConfig({
    DATABASE_URL: 'postgres://unused',
    TWENTY_URL: twentyUrl,
    TWENTY_CLIENT_ID: 'client-id',
    TWENTY_CLIENT_SECRET: 'client-secret-value',
    ...env,
  });
  const transport = new TwentyTransport(config);
  const auth = new TwentyAuth(config, transport, clock);
  const client = new TwentyClient(transport, auth, new RateBudget({ perMinute: config.twentyRatePerMinute }, clock));
  return { config, client, auth, close: () => transport.onModuleDestroy() };
}
