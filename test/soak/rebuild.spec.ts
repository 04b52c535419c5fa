import {
  expectSameIndex,
  indexState,
  randomOperations,
  seededRandom,
  seedForOperations,
} from '../support/highseas-operations';
import { expectSettled } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

const operations = 1000;
jest.setTimeout(1_800_000);

describe('npm run rebuild after a busy week', () => {
  let world: HighseasWorld;

  beforeAll(async () => {
    world = await HighseasWorld.start({ engines: 2, seed: (twenty) => seedForOperations(twenty, 300) });
  });
  afterAll(() => world?.close());

  it.each([7, 2026])('should make no difference after a thousand random operations (seed %i)', async (seed) => {
    await randomOperations(world, operations, seededRandom(seed));
    await expectSettled(world, 180_000);
    const before = await indexState(world);
    await world.rebuild();
    await expectSettled(world, 180_000);
    expectSameIndex(await indexState(world), before);
  });
});
