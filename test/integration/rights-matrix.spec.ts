import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineClient } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { type Asked, type Prepared, rightsTable } from '../support/rights-table';
import { type Caller, callers, hiddenName, RightsWorld, victims } from '../support/rights-world';

const schema = buildSchema(readFileSync(join(__dirname, '../../src/api/schema.graphql'), 'utf8'));
const operations = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
  Object.keys(type?.getFields() ?? {}).map((name) => `${type?.name}.${name}`),
);
/** Of these every caller has customers of their own; `look` is for what changes nothing. */
const needCustomers = [
  ...Object.keys(rightsTable).flatMap((name) => (name.startsWith('Mutation.') ? [name.slice('Mutation.'.length)] : [])),
  'look',
];
/** Twenty's answer about a token is believed for a minute at most; a busy machine gets a little more. */
const rightsEnd = { withinMs: 75_000, everyMs: 500 };

describe('who may do and see what', () => {
  let rights: RightsWorld;
  let prepared: Prepared;
  /** What outsiders of the hidden pool were told, whatever they asked. */
  const toldOutsiders: string[] = [];

  beforeAll(async () => {
    rights = await RightsWorld.start(needCustomers);
    await rights.move();
    prepared = await prepare(rights);
    // The engine knows both, with the rights they have now.
    for (const who of ['demoted', 'former'] as const) await (await rights.client(who)).must('{ viewer { today } }');
    await rights.endRights();
  });
  afterAll(() => rights?.world.close());

  it('should be written down for every operation of the schema', () => {
    expect(Object.keys(rightsTable).sort()).toEqual(operations.sort());
  });

  it('should end with the rights in Twenty', async () => {
    const [demoted, former] = [await rights.client('demoted'), await rights.client('former')];
    await eventually(async () => {
      expect((await demoted.must('{ viewer { isWorkspaceAdmin } }'))['viewer']).toEqual({ isWorkspaceAdmin: false });
      expect((await former.ask('{ viewer { today } }')).errors[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
    }, rightsEnd);
  }, 120_000);

  /** @param whole every answer as it came */
  async function answers(client: EngineClient, asked: Asked[], whole: string[] = []): Promise<Record<string, string>> {
    const told: [string, string][] = [];
    for (const { keys, query, variables, read } of asked) {
      const { data, errors } = await client.ask(query, variables);
      whole.push(JSON.stringify({ data, errors }));
      const code = errors[0]?.extensions?.['code'];
      const all = code === undefined && data ? read(data) : keys.map(() => String(code));
      told.push(...keys.map((key, at): [string, string] => [key, all[at] ?? 'no answer']));
    }
    return Object.fromEntries(told);
  }

  describe.each(operations)('%s', (name) => {
    it('should be for those who may, and say to the others no more than they may know', async () => {
      const operation = rightsTable[name];
      if (!operation) throw new Error(`Nobody has said who may use ${name}`);
      const told = {} as Record<Caller, Record<string, string>>;
      for (const who of callers) {
        const whole = who === 'admin' ? [] : toldOutsiders;
        told[who] = await answers(await rights.client(who), operation.ask(rights, who, prepared), whole);
      }
      expect(told).toEqual(operation.expected);
    });

    it('should be for nobody who is not (any more) a member of the workspace', async () => {
      const asked = rightsTable[name]?.ask(rights, 'rep', prepared) ?? [];
      for (const client of [await rights.client('former'), await rights.stranger()])
        for (const code of Object.values(await answers(client, asked))) expect(code).toBe('UNAUTHENTICATED');
    });
  });

  it('should have told no outsider, in whatever answer, anything of the hidden pool', () => {
    const { twenty } = rights.world;
    expect(toldOutsiders.length).toBeGreaterThan(operations.length * callers.length);
    for (const secret of [hiddenName, twenty.pools.east, '华东', rights.people.hiddenOwner.id])
      expect(toldOutsiders.filter((answer) => answer.includes(secret))).toEqual([]);
  });
});

async function prepare(rights: RightsWorld): Promise<Prepared> {
  const admin = await rights.client('admin');
  const archived = ['restore', 'undo'].flatMap((operation) =>
    callers.flatMap((who) => victims.map((victim) => rights.ref(operation, who, victim))),
  );
  const archive = 'mutation($c: [CustomerRef!]!) { archive(customers: $c, reason: "Junk") { done } }';
  expect(await admin.must(archive, { c: archived })).toEqual({ archive: { done: archived.length } });

  // No pool gives more time by itself, so both wait for a manager.
  const ask = 'mutation($c: [CustomerRef!]!) { askForMoreTime(customers: $c, days: 5, reason: "Budget") { done } }';
  for (const [who, victim] of [
    ['othersOwner', 'others'],
    ['hiddenOwner', 'hidden'],
  ] as const)
    expect(await (await rights.client(who)).must(ask, { c: [rights.ref('look', 'rep', victim)] })).toEqual({
      askForMoreTime: { done: 1 },
    });

  const manager = await rights.client('manager');
  const { reassign } = (await manager.must('mutation($input: ReassignInput!) { reassign(input: $input) { id } }', {
    input: { selection: { customers: [] }, toMemberIds: [rights.people.receiver.id] },
  })) as { reassign: { id: string } };
  const { stageSelection } = (await manager.must('mutation { stageSelection(customers: []) }')) as {
    stageSelection: string;
  };
  const events = await rights.world.rows<{ id: string; record_id: string }>(
    `SELECT id, record_id FROM ownership_event WHERE type = 'ARCHIVED'`,
  );
  return {
    jobId: reassign.id,
    selectionId: stageSelection,
    archivings: new Map(events.map(({ id, record_id }) => [record_id, id])),
  };
}
