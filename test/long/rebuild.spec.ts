import { company } from '../support/engine-client';
import { createTestDatabase } from '../support/database';
import {
  expectSameIndex,
  indexState,
  randomOperations,
  seededRandom,
  seedForOperations,
} from '../support/highseas-operations';
import { expectSettled } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

const operations = 200;

describe('npm run rebuild', () => {
  let world: HighseasWorld;
  const claimed = { id: '', requestId: 'before-the-rebuild' };

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        seedForOperations(twenty, 60);
        claimed.id = twenty.seedCompany();
      },
    });
    await (await world.as(world.twenty.member('sophie.turner'))).claim([company(claimed.id)], claimed.requestId);
    await randomOperations(world, operations, seededRandom(42));
    await world.twenty.removeMember(world.twenty.member('alice.morgan'), world.twenty.member('liu.yang'));
    await expectSettled(world);
  });
  afterAll(() => world?.close());

  it('should end in the same state after two hundred random operations', async () => {
    const before = await indexState(world);
    expect(before.customers.length).toBeGreaterThan(100);
    expect(before.events.length).toBeGreaterThan(operations);
    await world.rebuild();
    await expectSettled(world);
    expectSameIndex(await indexState(world), before);
  });

  it('should serve while it is rebuilt or say that it is busy, and remember its answers', async () => {
    const client = await world.as(world.twenty.member('sophie.turner'));
    const rebuilding = world.rebuild();
    let over = false;
    void rebuilding.finally(() => (over = true));
    const errors = new Set<string>();
    while (!over) {
      const { errors: told } = await client.ask(
        'mutation($c: [CustomerRef!]!, $r: ID) { claim(customers: $c, requestId: $r) { done } }',
        { c: [company(claimed.id)], r: claimed.requestId },
      );
      for (const { extensions } of told) errors.add(String(extensions?.['code']));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await rebuilding;
    expect([...errors].filter((code) => code !== 'UNAVAILABLE')).toEqual([]);
    expect(await client.claim([company(claimed.id)], claimed.requestId)).toMatchObject({ done: 1 });
    await expectSettled(world);
  });

  it('should end in the same state on a new, empty database', async () => {
    const before = await indexState(world);
    await world.stopEngine();
    const database = await createTestDatabase();
    const fresh = HighseasWorld.beside(world, database);
    try {
      await fresh.startEngine();
      await expectSettled(fresh);
      expectSameIndex(await indexState(fresh), before);
    } finally {
      await fresh.leave();
    }
  });
});
