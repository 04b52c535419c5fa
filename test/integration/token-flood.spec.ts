import { decode, sign } from 'jsonwebtoken';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { company, type EngineClient } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { expectSettled } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

const rounds = 15;
/** Beside twice the time of a claim that nobody disturbs: two cores are shared by engine, Twenty, database, flood and measurement. */
const marginMs = 250;

interface FloodAnswer {
  status: number;
  code: string;
  retryAfter: number | null;
  header: string | null;
}

/** In a thread of its own, so that it does not hold up what is measured: all tokens within some seconds, in waves of twenty. */
const flood = `
  const { parentPort, workerData: { url, tokens } } = require('node:worker_threads');
  const ask = async (token) => {
    const response = await fetch(url + '/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer ' + token },
      body: JSON.stringify({ query: '{ viewer { today } }' }),
    });
    const { errors: [{ extensions }] } = await response.json();
    return { status: response.status, code: extensions.code, retryAfter: extensions.retryAfter ?? null, header: response.headers.get('retry-after') };
  };
  (async () => {
    const answers = [];
    for (let at = 0; at < tokens.length; at += 20) {
      answers.push(...tokens.slice(at, at + 20).map(ask));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    parentPort.postMessage(await Promise.all(answers));
  })();
`;

describe('a flood of made-up tokens', () => {
  let world: HighseasWorld;
  let sophie: EngineClient;
  let claims: Record<string, unknown>;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const companies: string[] = [];

  beforeAll(async () => {
    world = await HighseasWorld.start({
      env: { TWENTY_RATE_PER_MINUTE: '450', TWENTY_TIMEOUT_MS: '5000' },
      seed: (twenty) => {
        twenty.patch('customerPool', twenty.pools.company, { holdingCapacity: 500, claimLimit: 500 });
        twenty.setVariable('MEMBER_HOLDING_CAPACITY', '500');
        for (let index = 0; index < 8 * rounds; index += 1) companies.push(twenty.seedCompany());
      },
    });
    await expectSettled(world);
    const { email } = world.twenty.member('sophie.turner');
    sophie = await world.as({ email }, 'en');
    claims = decode(await world.twenty.token({ email }), { json: true }) ?? {};
    await claimsTake();
  });
  afterAll(() => world?.close());

  const forged = (fields: Record<string, unknown>): string =>
    sign({ ...claims, jti: randomUUID(), ...fields }, privateKey, { algorithm: 'ES256' });

  const underFlood = (tokens: string[]): Promise<FloodAnswer[]> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(flood, { eval: true, workerData: { url: world.engine.url, tokens } });
      worker.once('message', resolve);
      worker.once('error', reject);
    });

  /** The median, in milliseconds, of claims one after another. */
  async function claimsTake(): Promise<number> {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const from = performance.now();
      expect(await sophie.claim([company(companies.pop() ?? '')])).toMatchObject({ done: 1 });
      times.push(performance.now() - from);
    }
    return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
  }

  it.each([
    [
      'of other workspaces and apps, which need not be asked about',
      () => [
        ...Array.from({ length: 600 }, () => forged({ workspaceId: randomUUID() })),
        ...Array.from({ length: 600 }, () => forged({ applicationId: randomUUID() })),
      ],
      0,
    ],
    [
      'that look like ours, in the names of people whom nobody knows and of one who is signed in',
      () =>
        Array.from({ length: 1200 }, (_, index) =>
          forged(index % 2 === 0 ? { userId: randomUUID(), userWorkspaceId: randomUUID() } : {}),
        ),
      // Sixty of strangers and sixty of one member in a minute, and the next minute may begin meanwhile.
      2 * 120,
    ],
  ])('should not keep a signed-in member waiting: 1,200 %s', async (_, tokens, mostAsked) => {
    const before = await claimsTake();
    const flooding = underFlood(tokens());
    const disturbed = await claimsTake();
    const answers = await flooding;
    const after = await claimsTake();
    expect(disturbed).toBeLessThan(2 * Math.max(before, after) + marginMs);

    const told = answers.map(({ status, code }) => `${status} ${code}`);
    expect(new Set(told)).toEqual(
      new Set(mostAsked === 0 ? ['401 UNAUTHENTICATED'] : ['401 UNAUTHENTICATED', '429 RATE_LIMITED']),
    );
    if (mostAsked > 0) expect(told.filter((one) => one.startsWith('401')).length).toBeLessThanOrEqual(mostAsked);
    for (const { status, retryAfter, header } of answers)
      if (status === 429) {
        expect(retryAfter).toBeGreaterThan(0);
        expect(header).toBe(String(retryAfter));
      }
  });

  it('should let a member sign in and readings go on right afterwards', async () => {
    const emma = await world.as(world.twenty.member('emma.clark'), 'en');
    expect(await emma.must('{ viewer { member { name } } }')).toEqual({ viewer: { member: { name: 'Emma Clark' } } });
    const late = world.twenty.seedCompany({ name: 'After the flood' });
    await eventually(async () => expect(await emma.customer(company(late))).toMatchObject({ status: 'POOLED' }));
  });
});
