import type { Sandbox } from '../../packages/twenty-sandbox/src/index';
import { CountingWay } from '../support/counting-way';
import { eventually } from '../support/highseas-eventually';
import { expectSettled } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

const idleMs = 60_000;
jest.setTimeout(300_000);

/** What an engine costs Twenty while nothing happens: requests are the scarcest thing that it has there. */
describe('an idle minute', () => {
  let world: HighseasWorld;
  let way: CountingWay;

  afterEach(async () => {
    await way?.close();
    await world?.close();
  });

  const idleMinute = async (envOf: (sandbox: Sandbox) => Record<string, string>) => {
    world = await HighseasWorld.start({
      engines: 0,
      seed: (twenty) => {
        for (let index = 0; index < 50; index += 1)
          twenty.seedCompany({ accountOwnerId: twenty.member('tom.baker').id });
      },
    });
    way = await CountingWay.open(world.sandbox.url);
    await world.startEngine({ TWENTY_URL: way.url, HIGHSEAS_LEASE_SECONDS: '15', ...envOf(world.sandbox) });
    await expectSettled(world);
    // From then on there is nothing but the turns.
    await eventually(async () => expect(await world.rows('SELECT 1 FROM feed_audit')).not.toEqual([]), {
      withinMs: 120_000,
      everyMs: 1000,
    });
    way.requests.length = 0;
    await new Promise((resolve) => setTimeout(resolve, idleMs));
    return way.requests.length;
  };

  it('should cost at most fifteen requests with the app’s own credentials', async () => {
    expect(await idleMinute(() => ({ HIGHSEAS_SYNC_INTERVAL_SECONDS: '10' }))).toBeLessThanOrEqual(15);
  });

  it('should cost at most a sixth of what an API key is allowed', async () => {
    const requests = await idleMinute(({ credentials }) => ({
      TWENTY_CLIENT_ID: '',
      TWENTY_CLIENT_SECRET: '',
      TWENTY_API_KEY: credentials.apiKey,
      TWENTY_RATE_PER_MINUTE: '90',
      HIGHSEAS_SYNC_INTERVAL_SECONDS: '30',
    }));
    expect(requests).toBeLessThanOrEqual(15);
  });
});
