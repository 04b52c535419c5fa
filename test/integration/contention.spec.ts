import { company, type OutcomeAnswer } from '../support/engine-client';
import { expectSettled, historyOf } from '../support/highseas-settled';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

const capacity = 37;
const workspaceCapacity = 40;

describe('many claims at once, against two engines', () => {
  let world: HighseasWorld;
  let rush: Member[] = [];
  const ids = { wanted: [] as string[], plenty: [] as string[], leads: [] as string[], more: [] as string[] };

  beforeAll(async () => {
    world = await HighseasWorld.start({
      engines: 2,
      seed: (twenty) => {
        rush = twenty.addMembers(53);
        const companies = (count: number, values = {}) =>
          Array.from({ length: count }, () => twenty.seedCompany(values));
        ids.wanted = companies(20);
        ids.plenty = companies(150);
        ids.more = companies(150);
        ids.leads = companies(90, {
          createdBy: { source: 'IMPORT', workspaceMemberId: null, name: 'Import', context: null },
        });
        twenty.patch('customerPool', twenty.pools.company, { holdingCapacity: capacity, claimLimit: 1000 });
        twenty.patch('customerPool', twenty.pools.tradeShow, { holdingCapacity: null, claimLimit: 20 });
        twenty.setVariable('MEMBER_HOLDING_CAPACITY', String(workspaceCapacity));
      },
    });
  });
  afterAll(() => world?.close());

  const client = (who: Member, turn: number) => world.as(who, 'en', world.engines[turn % 2]);
  const rep = (at: number) => rush[at] ?? { id: '', email: '', name: '' };
  const done = (outcomes: OutcomeAnswer[]) => outcomes.filter(({ status }) => status === 'DONE');

  /** `count` batches of one member, all at once and on both engines. */
  async function parallelBatches(who: Member, recordIds: string[], count: number): Promise<OutcomeAnswer[]> {
    const size = Math.ceil(recordIds.length / count);
    const batches = Array.from({ length: count }, (_, index) => recordIds.slice(index * size, (index + 1) * size));
    const answers = await Promise.all(
      batches.map(async (batch, turn) => (await client(who, turn)).claim(batch.map(company))),
    );
    return answers.flatMap(({ outcomes }) => outcomes);
  }

  it('should give each of twenty customers to exactly one of fifty members, and tell the others who has it', async () => {
    const clients = await Promise.all(rush.slice(0, 50).map(client));
    // Everybody begins somewhere else, so that the customers are fought over one by one.
    const orders = clients.map((_, start) =>
      ids.wanted.map((__, index) => ids.wanted[(start * 7 + index) % ids.wanted.length] ?? ''),
    );
    const answers = await Promise.all(clients.map((one, index) => one.claim((orders[index] ?? []).map(company))));

    const owners = new Map<string, string>();
    answers.forEach(({ outcomes }, index) => {
      for (const { recordId } of done(outcomes)) {
        expect(owners.has(recordId)).toBe(false);
        owners.set(recordId, rep(index).name);
      }
    });
    expect(owners.size).toBe(20);
    for (const { recordId, status, refusal } of answers.flatMap(({ outcomes }) => outcomes)) {
      if (status === 'DONE') continue;
      expect({ recordId, status, refusal }).toMatchObject({
        status: 'REFUSED',
        refusal: { code: 'ALREADY_OWNED', message: `Already taken: ${owners.get(recordId)} has this customer now.` },
      });
    }
    await expectSettled(world);
    for (const id of ids.wanted) {
      expect(world.twenty.ownerOf('company', id)).toBe(rush.find(({ name }) => name === owners.get(id))?.id);
      expect(await historyOf(world, id)).toEqual(['ROUTED', 'CLAIMED']);
    }
  });

  it('should never pass the capacity of a pool, however many batches a member sends at once', async () => {
    const outcomes = await parallelBatches(rep(50), ids.plenty, 30);
    expect(done(outcomes)).toHaveLength(capacity);
    const refusals = outcomes.filter(({ status }) => status === 'REFUSED');
    expect(new Set(refusals.map(({ refusal }) => refusal?.message))).toEqual(
      new Set([`You are at your limit: ${capacity} of ${capacity}.`]),
    );
    await expectSettled(world);
    expect(world.twenty.all('company').filter((record) => record['accountOwnerId'] === rep(50).id)).toHaveLength(
      capacity,
    );
  });

  it('should never pass a claim limit, however many batches a member sends at once', async () => {
    const outcomes = await parallelBatches(rep(51), ids.leads.slice(0, 60), 30);
    expect(done(outcomes)).toHaveLength(20);
    expect(new Set(outcomes.flatMap(({ refusal }) => refusal?.code ?? []))).toEqual(new Set(['CLAIM_LIMIT']));
    await expectSettled(world);
  });

  it('should never pass the workspace-wide capacity when a member claims in two pools at once', async () => {
    const [inOne, inTheOther] = await Promise.all([
      parallelBatches(rep(52), ids.more, 15),
      parallelBatches(rep(52), ids.leads.slice(60), 15),
    ]);
    expect(done([...inOne, ...inTheOther])).toHaveLength(workspaceCapacity);
    await expectSettled(world);
    expect(world.twenty.all('company').filter((record) => record['accountOwnerId'] === rep(52).id)).toHaveLength(
      workspaceCapacity,
    );
  });

  it('should let a customer that is released while many wait for it go to exactly one of them', async () => {
    const [id = ''] = ids.wanted;
    const owner = rush.find((member) => member.id === world.twenty.ownerOf('company', id)) ?? rep(0);
    const others = rush.slice(0, 20).filter((member) => member !== owner);
    const release = (await client(owner, 0)).release([company(id)], { reason: 'OTHER' });
    const claims = await Promise.all(
      others.map(async (member, turn) => (await client(member, turn)).claim([company(id)])),
    );
    expect((await release).done).toBe(1);
    const winners = claims.filter((answer) => answer.done === 1);
    expect(winners.length).toBeLessThanOrEqual(1);
    await expectSettled(world);
    expect(await historyOf(world, id)).toEqual(['ROUTED', 'CLAIMED', 'RELEASED', ...winners.map(() => 'CLAIMED')]);
  });
});
