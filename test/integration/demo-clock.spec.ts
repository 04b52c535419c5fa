import { SandboxClock } from '../../packages/twenty-sandbox/src/clock';
import { company } from '../support/engine-client';
import { expectSettled, historyOf } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

interface MoveAnswer {
  now: string;
  today: string;
  advancedDays: number;
  reclaimed: number;
  reminders: number;
  code?: string;
}

async function post(url: string, body: unknown): Promise<{ status: number; body: MoveAnswer }> {
  const response = await fetch(`${url}/demo/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as MoveAnswer };
}

describe('the demo clock', () => {
  let world: HighseasWorld;
  let owned = '';
  let other = '';

  beforeAll(async () => {
    world = await HighseasWorld.start({
      sandbox: { apiRatePerMinute: 500, clock: new SandboxClock() },
      env: { TWENTY_RATE_PER_MINUTE: '450' },
      engines: 2,
      seed: (twenty) => {
        owned = twenty.seedCompany();
        other = twenty.seedCompany();
        twenty.patch('customerPool', twenty.pools.company, { firstFollowUpDays: 5, followUpDays: 30, graceDays: 0 });
      },
    });
  });
  afterAll(() => world?.close());

  it('should bring each day’s reclaims, and have engine, sandbox and history agree when it answers', async () => {
    const tom = world.twenty.member('tom.baker');
    expect(await (await world.as(tom)).claim([company(owned)])).toMatchObject({ done: 1 });
    const before = await post(world.engine.url, { advanceDays: 5 });
    expect(before).toMatchObject({ status: 200, body: { advancedDays: 5, reclaimed: 0 } });
    // At three days left and at one: the lead of seven is past from the start, so the first message is of the first day.
    expect(before.body.reminders).toBeGreaterThan(1);
    expect(world.twenty.ownerOf('company', owned)).toBe(tom.id);

    const after = await post(world.engine.url, { advanceDays: 1 });
    expect(after).toMatchObject({ status: 200, body: { advancedDays: 1, reclaimed: 1 } });
    expect(world.twenty.ownerOf('company', owned)).toBeNull();
    await expectSettled(world, 0);
    expect(await historyOf(world, owned)).toEqual(['ROUTED', 'CLAIMED', 'RECLAIMED']);
    expect(Math.abs(Date.parse(after.body.now) - world.sandbox.clock.now())).toBeLessThan(5000);
  });

  it('should move the other instances too, and take new tokens for old ones', async () => {
    const tom = world.twenty.member('tom.baker');
    const [first, second] = world.engines;
    await post(first?.url ?? '', { advanceHours: 30 });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const times = await Promise.all(
      [first, second].map(async (engine) => (await (await fetch(`${engine?.url}/demo/clock`)).json()) as MoveAnswer),
    );
    expect(times[0]?.today).toBe(times[1]?.today);

    const token = await world.twenty.token(tom);
    const answer = await fetch(`${second?.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({
        query: `mutation { claim(customers: [{ object: COMPANY, recordId: "${other}" }]) { done outcomes { customer { ownedSince } } } }`,
      }),
    });
    const { data } = (await answer.json()) as {
      data: { claim: { done: number; outcomes: { customer: { ownedSince: string } }[] } };
    };
    expect(data.claim.done).toBe(1);
    expect(
      Math.abs(Date.parse(data.claim.outcomes[0]?.customer.ownedSince ?? '') - world.sandbox.clock.now()),
    ).toBeLessThan(5000);
  });

  it('should still hear of changes by webhook', async () => {
    const before = world.sandbox.webhooks.counts.delivered;
    await world.twenty.edit(world.twenty.member('tom.baker'), 'company', other, { name: 'Renamed' });
    await world.sandbox.webhooks.idle();
    expect(world.sandbox.webhooks.counts.delivered).toBeGreaterThan(before);
  });

  it('should move for one at a time', async () => {
    const answers = await Promise.all([
      post(world.engine.url, { advanceDays: 2 }),
      post(world.engines[1]?.url ?? '', { advanceDays: 2 }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('MOVING');
  });

  it.each([
    {},
    { advanceDays: 0 },
    { advanceDays: 401 },
    { advanceDays: 1.5 },
    { advanceDays: '1' },
    { advanceHours: -1 },
    [],
    'x',
  ])('should refuse %j', async (body) => {
    expect(await post(world.engine.url, body)).toMatchObject({ status: 400 });
  });
});

describe('an engine on a real Twenty', () => {
  it('should have no demo clock', async () => {
    const world = await HighseasWorld.start({ env: { HIGHSEAS_SANDBOX: '0' } });
    try {
      expect(await post(world.engine.url, { advanceDays: 1 })).toMatchObject({ status: 404 });
      expect((await fetch(`${world.engine.url}/demo/clock`)).status).toBe(404);
    } finally {
      await world.close();
    }
  });
});
