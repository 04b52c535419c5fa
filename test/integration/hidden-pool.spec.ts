import { buildSchema, getNamedType, isLeafType, isNonNullType, isObjectType, type GraphQLOutputType } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { company, type EngineClient } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { expectSettled } from '../support/highseas-settled';
import { hiddenName, RightsWorld } from '../support/rights-world';

const schema = buildSchema(readFileSync(join(__dirname, '../../src/api/schema.graphql'), 'utf8'));
const queries = schema.getQueryType()?.getFields() ?? {};

/** Everything that a type has, down to the leaves. */
function wholeOf(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (isLeafType(named) || !isObjectType(named)) return '';
  const fields = Object.values(named.getFields()).filter(({ args }) => !args.some((arg) => isNonNullType(arg.type)));
  return `{ ${fields.map((field) => `${field.name} ${wholeOf(field.type)}`).join(' ')} }`;
}

interface Page {
  customers: { recordId: string; pool: { id: string } }[];
  totalCount: number;
}
interface History {
  events: { recordId: string; type: string; pool: { id: string } | null; facts: Record<string, unknown> | null }[];
  endCursor: string | null;
  hasNextPage: boolean;
}

describe('a pool that only its members see', () => {
  let rights: RightsWorld;

  beforeAll(async () => {
    rights = await RightsWorld.start(['look']);
    const others = await rights.client('othersOwner');
    await others.claim([company(rights.moved.in)]);
    await others.release([company(rights.moved.in)], { reason: 'OTHER' });
    await (await rights.client('hiddenOwner')).claim([company(rights.ref('look', 'admin', 'hiddenPooled').recordId)]);
    await rights.move();
    await expectSettled(rights.world);
  });
  afterAll(() => rights?.world.close());

  const pools = () => rights.world.twenty.pools;

  /** For each query all the ways to ask it that might lead to something hidden. */
  const ways = (): Record<string, string[]> => {
    const { company: open, east } = pools();
    const hidden = rights.hiddenIds();
    const { hiddenOwner, receiver } = rights.people;
    const leavers = Object.values(rights.leavers);
    const reassign = (selection: string) => `(input: { selection: { ${selection} }, toMemberIds: ["${receiver.id}"] })`;
    return {
      assignmentDecisions: [`(poolId: "${open}", first: 200)`, `(poolId: "${east}", first: 200)`],
      duplicates: [`(poolId: "${open}", first: 200)`, `(poolId: "${east}", first: 200)`],
      viewer: [''],
      engineHealth: [''],
      pools: [''],
      customer: [...hidden, rights.twins.open, rights.moved.out].map((id) => `(object: COMPANY, recordId: "${id}")`),
      customers: [
        '(first: 200)',
        '(first: 200, object: COMPANY, dueWithinDays: 3650)',
        `(first: 200, poolId: "${east}")`,
        `(first: 200, ownerId: "${hiddenOwner.id}")`,
        `(first: 200, search: "${hiddenName}")`,
        ...['OWNED', 'POOLED', 'ARCHIVED'].map((status) => `(first: 200, status: ${status})`),
        ...['MORE_TIME', 'UNTOUCHED', 'UNCLAIMED', 'STALE'].map((kind) => `(first: 200, attention: ${kind})`),
      ],
      attention: ['', `(poolId: "${east}")`],
      ownershipEvents: [
        '(first: 200)',
        `(first: 200, poolId: "${east}")`,
        `(first: 200, poolId: "${open}")`,
        `(first: 200, memberId: "${hiddenOwner.id}")`,
        '(first: 200, since: "2000-01-01T00:00:00.000Z")',
        ...hidden.map((id) => `(object: COMPANY, recordId: "${id}")`),
      ],
      figures: ['(days: 366)', `(poolId: "${east}")`, `(poolId: "${open}")`],
      simulatePolicy: [open, east].map((id) => `(patch: { poolId: "${id}", changes: { followUpDays: 5 } })`),
      previewReassign: [
        reassign(`allOwnedBy: "${hiddenOwner.id}"`),
        reassign(`pooledIn: "${east}"`),
        reassign('object: COMPANY, filter: { name: { like: "%" } }'),
        reassign(`customers: [${hidden.map((id) => `{ object: COMPANY, recordId: "${id}" }`).join(' ')}]`),
      ],
      previewOffboard: [hiddenOwner, ...leavers].map(({ id }) => `(memberId: "${id}")`),
      // What somebody else started or put aside is theirs; see the matrix of rights.
      job: [`(id: "${hidden[0] ?? ''}")`],
      stagedSelection: [`(id: "${hidden[0] ?? ''}")`],
    };
  };

  async function answers(client: EngineClient): Promise<string[]> {
    const told: string[] = [];
    for (const [name, calls] of Object.entries(ways())) {
      const field = queries[name];
      for (const call of calls) {
        const { data, errors } = await client.ask(`{ ${name}${call} ${field ? wholeOf(field.type) : ''} }`);
        for (const { extensions } of errors)
          expect([name, call, extensions?.['code']]).toEqual([name, call, 'FORBIDDEN']);
        told.push(JSON.stringify({ name, call: '', data, errors }));
      }
    }
    return told;
  }

  it('should be asked about in every query that there is', () => {
    expect(Object.keys(ways()).sort()).toEqual(Object.keys(queries).sort());
  });

  it.each(['rep', 'manager', 'otherManager'] as const)(
    'should leave no trace in any answer to an outsider (%s)',
    async (who) => {
      const told = await answers(await rights.client(who));
      const secrets = [hiddenName, pools().east, '华东', rights.people.hiddenOwner.id, ...rights.hiddenIds()];
      for (const secret of secrets) expect(told.filter((answer) => answer.includes(secret))).toEqual([]);
      // What was hidden before is there, and says nothing of where it was.
      expect(told.filter((answer) => answer.includes(rights.moved.out)).length).toBeGreaterThan(2);
    },
  );

  it('should be told whole to those who see it, so that the search above is one', async () => {
    const told = await answers(await rights.client('admin'));
    for (const secret of [hiddenName, pools().east, '华东', rights.people.hiddenOwner.id, ...rights.hiddenIds()])
      expect(told.filter((answer) => answer.includes(secret)).length).toBeGreaterThan(0);
  });

  it('should be in no count, of lists, of pools or of previews', async () => {
    const query = `query($zhang: ID!, $to: [ID!]!) { customers(first: 1) { totalCount }
      all: previewReassign(input: { selection: { object: COMPANY, filter: { name: { like: "%" } } }, toMemberIds: $to }) { total }
      theirs: previewReassign(input: { selection: { allOwnedBy: $zhang }, toMemberIds: $to }) { total }
      previewOffboard(memberId: $zhang) { total } }`;
    const variables = { zhang: rights.people.hiddenOwner.id, to: [rights.people.receiver.id] };
    const inEast = rights.hiddenIds().length + Object.keys(rights.leavers).length;
    const all = rights.world.twenty.all('company').length;
    const hidden = await rights.world.rows(`SELECT 1 FROM customer WHERE pool_id = $1`, [pools().east]);
    expect(hidden).toHaveLength(inEast);
    expect(await (await rights.client('manager')).must(query, variables)).toEqual({
      customers: { totalCount: all - inEast },
      all: { total: all - inEast },
      theirs: { total: 0 },
      previewOffboard: { total: 0 },
    });
    const { customers, theirs } = (await (await rights.client('admin')).must(query, variables)) as {
      customers: unknown;
      theirs: { total: number };
    };
    expect([customers, theirs.total]).toEqual([{ totalCount: all }, expect.any(Number)]);
    expect(theirs.total).toBeGreaterThan(5);
  });

  it('should keep to itself what customers did in it that have left it', async () => {
    const query = `query($id: ID) { ownershipEvents(object: COMPANY, recordId: $id) { events { recordId type pool { id } facts } endCursor hasNextPage } }`;
    const historyOf = async (who: 'manager' | 'admin') =>
      ((await (await rights.client(who)).must(query, { id: rights.moved.out }))['ownershipEvents'] as History).events;
    const [[moved, routed], [movedToAdmin]] = [await historyOf('manager'), await historyOf('admin')];
    expect(moved).toMatchObject({ type: 'ROUTED', pool: { id: pools().company }, facts: { before: { poolId: null } } });
    expect(routed).toMatchObject({ type: 'ROUTED', pool: null, facts: null });
    expect(movedToAdmin?.facts).toMatchObject({ before: { poolId: pools().east } });
  });

  it('should stay open to an outsider for a customer that they own or owned, and for no other', async () => {
    const { twenty } = rights.world;
    const sophie = { ...twenty.member('sophie.turner') };
    const client = await rights.world.as(sophie, 'en');
    const list = `query($poolId: ID) { customers(poolId: $poolId) { totalCount customers { recordId pool { id pooledCount ownedCount } } } pools { id } }`;
    const mine = await twenty.create(rights.people.admin, 'company', {
      name: `${hiddenName} of Sophie`,
      accountOwnerId: sophie.id,
      address: { addressState: '上海' },
    });
    await eventually(async () => expect((await client.customer(company(mine)))?.pool.id).toBe(pools().east));
    const page = async () => (await client.must(list, { poolId: pools().east }))['customers'] as Page;
    expect(await page()).toEqual({
      totalCount: 1,
      customers: [{ recordId: mine, pool: { id: pools().east, pooledCount: 0, ownedCount: 1 } }],
    });
    expect(await client.release([company(mine)], { reason: 'OTHER' })).toMatchObject({
      outcomes: [{ status: 'DONE', customer: { status: 'POOLED', pool: { id: pools().east } } }],
    });
    expect(await page()).toEqual({
      totalCount: 1,
      customers: [{ recordId: mine, pool: { id: pools().east, pooledCount: 1, ownedCount: 0 } }],
    });
    expect((await client.history(company(mine))).map(({ type, pool }) => [type, pool?.id])).toEqual([
      ['ROUTED', pools().east],
      ['RELEASED', pools().east],
    ]);
    // Seen, and not to be had: claiming is for members.
    expect((await client.claim([company(mine)])).outcomes).toMatchObject([{ refusal: { code: 'NOT_VISIBLE' } }]);
  });

  it('should be named neither by the warning of a duplicate in it, nor in Twenty, nor by the list of duplicates', async () => {
    const rep = await rights.client('rep');
    const query = `mutation($c: [CustomerRef!]!) { claim(customers: $c) { outcomes { status warnings } } }`;
    expect(await rep.must(query, { c: [company(rights.twins.open)] })).toEqual({
      claim: {
        outcomes: [
          {
            status: 'DONE',
            warnings: ['The same customer seems to be there already: a customer that you may not see.'],
          },
        ],
      },
    });
    await eventually(() =>
      expect(rights.world.twenty.get('company', rights.twins.open)?.['duplicateOf']).toBe(
        '在仅成员可见的公海池中 · in a pool that only its members see',
      ),
    );
    const duplicates = `query($poolId: ID!) { duplicates(poolId: $poolId) { groups { value customers { recordId } } } }`;
    const groups = async (who: 'manager' | 'admin') => {
      const { duplicates: page } = (await (await rights.client(who)).must(duplicates, { poolId: pools().company })) as {
        duplicates: { groups: { value: string; customers: { recordId: string }[] }[] };
      };
      return page.groups.map(({ value, customers }) => [value, customers.map(({ recordId }) => recordId).sort()]);
    };
    expect(await groups('manager')).toEqual([['harbour-cranes.de', [rights.twins.open]]]);
    expect(await groups('admin')).toEqual([['harbour-cranes.de', Object.values(rights.twins).sort()]]);
  });
});
