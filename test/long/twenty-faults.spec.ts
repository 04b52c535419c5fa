import { company, type CustomerRef, type OutcomeAnswer } from '../support/engine-client';
import { expectSettled, historyOf } from '../support/highseas-settled';
import { CuttableWay } from '../support/highseas-proxy';
import { HighseasWorld } from '../support/highseas-world';

const writes = 'mutation WriteCompanies';

describe('a Twenty that is slow, failing or away', () => {
  let world: HighseasWorld;
  let way: CuttableWay;
  const companies: string[] = [];
  const next = (count: number) => companies.splice(0, count);

  beforeAll(async () => {
    world = await HighseasWorld.start({
      engines: 0,
      env: { TWENTY_TIMEOUT_MS: '1000', HIGHSEAS_COMMAND_WAIT_MS: '4000', HIGHSEAS_LEASE_SECONDS: '1' },
      seed: (twenty) => {
        for (let index = 0; index < 120; index += 1) companies.push(twenty.seedCompany());
        twenty.patch('customerPool', twenty.pools.company, {
          cooldownDays: null,
          claimLimit: null,
          holdingCapacity: null,
        });
      },
    });
    way = new CuttableWay(world.sandbox.url);
    await way.open();
    await world.startEngine({ TWENTY_URL: way.url });
    await expectSettled(world);
  });
  afterEach(() => world.sandbox.setFaults({}));
  afterAll(async () => {
    await world?.close();
    await way?.cut();
  });

  const sophie = () => world.as(world.twenty.member('sophie.turner'), 'en');
  const statuses = (outcomes: OutcomeAnswer[]) => [...new Set(outcomes.map(({ status }) => status))];

  /** Claims and releases settle as they were answered: what was done is there, what was pending ends as done or taken back. */
  async function expectWhole(refs: CustomerRef[], type: 'CLAIMED' | 'RELEASED'): Promise<void> {
    await expectSettled(world);
    for (const { recordId } of refs)
      expect(await historyOf(world, recordId)).toEqual(
        type === 'CLAIMED' ? ['ROUTED', 'CLAIMED'] : ['ROUTED', 'CLAIMED', 'RELEASED'],
      );
  }

  it('should do a claim and a release after Twenty failed for a moment', async () => {
    const refs = next(3).map(company);
    world.sandbox.setFaults({ errorRate: 1, statusCode: 502, matching: writes, count: 2 });
    expect(await (await sophie()).claim(refs)).toMatchObject({ done: 3 });
    world.sandbox.setFaults({ errorRate: 1, statusCode: 503, matching: writes, count: 2 });
    expect(await (await sophie()).release(refs, { reason: 'OTHER' })).toMatchObject({ done: 3 });
    await expectWhole(refs, 'RELEASED');
  });

  it('should answer PENDING when Twenty keeps failing, and finish it later', async () => {
    const refs = next(3).map(company);
    world.sandbox.setFaults({ errorRate: 1, statusCode: 500, matching: writes });
    const answer = await (await sophie()).claim(refs);
    expect(answer).toMatchObject({ pending: 3, done: 0 });
    // Accepted: nobody else gets it meanwhile.
    const other = await (await world.as(world.twenty.member('tom.baker'))).claim(refs);
    expect(other.outcomes).toMatchObject(refs.map(() => ({ refusal: { code: 'ALREADY_OWNED' } })));
    world.sandbox.setFaults({});
    await expectWhole(refs, 'CLAIMED');
    for (const { recordId } of refs)
      expect(world.twenty.ownerOf('company', recordId)).toBe(world.twenty.member('sophie.turner').id);
  });

  it('should take what Twenty did without answering for done', async () => {
    const refs = next(3).map(company);
    world.sandbox.setFaults({ timeoutRate: 1, matching: writes, count: 1 });
    expect(await (await sophie()).claim(refs)).toMatchObject({ done: 3 });
    world.sandbox.setFaults({ timeoutRate: 1, matching: writes, count: 1 });
    expect(await (await sophie()).release(refs, { reason: 'OTHER' })).toMatchObject({ done: 3 });
    await expectWhole(refs, 'RELEASED');
  });

  it('should finish what Twenty neither did nor answered', async () => {
    const refs = next(3).map(company);
    world.sandbox.setFaults({ timeoutBeforeRate: 1, matching: writes, count: 1 });
    expect(await (await sophie()).claim(refs)).toMatchObject({ done: 3 });
    await expectWhole(refs, 'CLAIMED');
  });

  it('should wait for the rate limit of Twenty and finish', async () => {
    const refs = next(5).map(company);
    world.sandbox.setFaults({ rateLimit: 60 });
    const claims = await Promise.all(refs.map(async (ref) => (await sophie()).claim([ref])));
    expect(statuses(claims.flatMap(({ outcomes }) => outcomes)).filter((status) => status === 'REFUSED')).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    world.sandbox.setFaults({});
    await expectWhole(refs, 'CLAIMED');
  });

  it('should accept claims while Twenty is away for some seconds, and finish them when it is back', async () => {
    const refs = next(4).map(company);
    const client = await sophie();
    await client.customer(refs[0] ?? company(''));
    await way.cut();
    const answer = await client.claim(refs);
    expect(answer).toMatchObject({ pending: 4, done: 0, refused: 0 });
    const stranger = await (await world.as(world.twenty.member('wang.fang'))).ask('{ viewer { member { id } } }');
    expect(stranger.errors[0]?.extensions).toMatchObject({ code: 'UNAVAILABLE', retryAfter: expect.any(Number) });
    await way.open();
    await expectWhole(refs, 'CLAIMED');
  });

  it('should refuse a claim when Twenty says for good that the member is gone, and take nothing', async () => {
    const refs = next(2).map(company);
    const client = await world.as(world.twenty.member('zhao.lei'), 'en');
    await client.customer(refs[0] ?? company(''));
    // Webhooks are lost, so that the engine does not know yet.
    world.sandbox.setFaults({ dropWebhookRate: 1 });
    await world.twenty.removeMember(world.twenty.member('alice.morgan'), world.twenty.member('zhao.lei'));
    const { outcomes } = await client.claim(refs);
    expect(outcomes).toMatchObject(
      refs.map(() => ({
        status: 'REFUSED',
        refusal: { code: 'TWENTY_REJECTED', message: 'Twenty did not accept the change; nothing was changed.' },
      })),
    );
    await expectSettled(world);
    for (const { recordId } of refs)
      expect(world.twenty.get('company', recordId)).toMatchObject({ accountOwnerId: null, poolStatus: 'POOLED' });
  });

  it('should end a storm of all of that with every customer settled and no limit passed', async () => {
    world.sandbox.setFaults({
      errorRate: 0.15,
      timeoutRate: 0.1,
      timeoutBeforeRate: 0.1,
      latencyMs: 20,
      dropWebhookRate: 0.5,
    });
    const members = ['tom.baker', 'sophie.turner', 'emma.clark', 'sun.li'].map((mailbox) =>
      world.twenty.member(mailbox),
    );
    const ids = next(30);
    const answers = await Promise.all(
      members.map(async (member) => {
        // Asking who a token is may fail as well; then nothing was decided.
        const client = await world.as(member);
        const outcomes: OutcomeAnswer[] = [];
        for (let start = 0; start < ids.length; start += 10) {
          const refs = ids.slice(start, start + 10).map(company);
          for (const command of [
            () => client.claim(refs),
            () => client.release(refs.slice(0, 3), { reason: 'OTHER' }),
          ]) {
            outcomes.push(
              ...(await command().then(
                (answer) => answer.outcomes,
                () => [],
              )),
            );
          }
        }
        return outcomes;
      }),
    );
    world.sandbox.setFaults({});
    await expectSettled(world);
    expect(statuses(answers.flat())).toContain('DONE');
    const [row] = await world.rows<{ n: number }>(
      `SELECT count(*)::int AS n FROM command WHERE outcomes @> '[{"status":"PENDING"}]'`,
    );
    expect(row?.n).toBe(0);
  });
});
