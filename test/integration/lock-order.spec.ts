import { EngineClient, company, person } from '../support/engine-client';
import { advanceDays } from '../support/highseas-days';
import { eventually } from '../support/highseas-eventually';
import { expectSettled } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';
import { InProcessEngine, type Statement } from '../support/in-process-engine';

/** docs/architecture.md#lock-order, as it is seen in statements. What stands in no line takes no lock that others wait for. */
const order: [what: string, pattern: RegExp][] = [
  ['gate', /pg_try_advisory_xact_lock_shared/],
  [
    'feed',
    /(FROM "?(operation|assignment_turn|pool)"?\b.*FOR UPDATE|pg_advisory_xact_lock\(hashtextextended\('highseas|highseas:undo)/s,
  ],
  ['member', /FROM "?member"?\b.*FOR UPDATE/s],
  ['match keys', /pg_advisory_xact_lock\(key\)/],
  ['customer', /FROM "?customer"?\b.*FOR UPDATE/s],
  ['clock mark', /(INSERT INTO|DELETE FROM) clock_mark/],
  ['write', /(INSERT INTO "?pending_write"?|FROM pending_write\b.*FOR UPDATE)/s],
  ['command', /FROM "?command"?\b.*FOR UPDATE/s],
];

/** Locks of a transaction that come after one that they ought to come before; rows that are held already are none. */
function inversions(statements: Statement[]): string[] {
  const held = new Set<string>();
  const found: string[] = [];
  let highest = -1;
  for (const { sql, parameters } of statements) {
    const rank = order.findIndex(([, pattern]) => pattern.test(sql));
    if (rank < 0) continue;
    const ids = parameters.flat().filter((one): one is string => typeof one === 'string');
    const isHeld = order[rank]?.[0] === 'customer' && ids.every((id) => held.has(id));
    if (rank < highest && !isHeld) found.push(`${order[rank]?.[0]} after ${order[highest]?.[0]}: ${sql.slice(0, 200)}`);
    if (order[rank]?.[0] === 'customer') for (const id of ids) held.add(id);
    highest = Math.max(highest, rank);
  }
  return found;
}

describe('what the engine does in its transactions', () => {
  let world: HighseasWorld;
  let engine: InProcessEngine;
  const ids = { one: '', more: [] as string[], tight: '', people: [] as string[] };

  beforeAll(async () => {
    world = await HighseasWorld.start({
      engines: 0,
      seed: (twenty) => {
        const owner = { accountOwnerId: twenty.member('tom.baker').id };
        ids.one = twenty.seedCompany();
        ids.more = Array.from({ length: 6 }, () => twenty.seedCompany());
        // Leads land in a pool that manages people too, and soon falls due.
        const createdBy = { source: 'IMPORT', workspaceMemberId: null, name: 'Import', context: null };
        ids.tight = twenty.seedCompany({ ...owner, createdBy });
        ids.people = Array.from({ length: 3 }, () =>
          twenty.seedPerson({ companyId: ids.tight, ownerId: twenty.member('tom.baker').id, createdBy }),
        );
      },
    });
    engine = await InProcessEngine.start(world);
  });
  afterAll(async () => {
    await engine?.close();
    await world?.close();
  });

  const as = async (mailbox: string) =>
    new EngineClient(engine.url, await world.twenty.token(world.twenty.member(mailbox)));

  it('should see an inversion when there is one', () => {
    const lock = (table: string) => ({
      sql: `SELECT 1 FROM ${table} WHERE id = ANY($1) FOR UPDATE`,
      parameters: [['x']],
    });
    expect(inversions([lock('member'), lock('customer'), lock('pending_write')])).toEqual([]);
    expect(inversions([lock('pending_write'), lock('customer')])).toHaveLength(1);
    expect(inversions([lock('customer'), lock('pending_write'), lock('customer')])).toEqual([]);
  });

  it('should take locks in one order, whoever asks for a change', async () => {
    const [tom, alice] = [await as('tom.baker'), await as('alice.morgan')];
    const batch = ids.more.map(company);
    await tom.claim(batch);
    await tom.release(batch.slice(0, 2), { reason: 'OTHER', note: 'x' });
    const emma = world.twenty.member('emma.clark').id;
    await alice.must('mutation($c:[CustomerRef!]!,$m:ID!){assign(customers:$c,toMemberId:$m){done}}', {
      c: batch.slice(0, 2),
      m: emma,
    });
    const { reassign } = (await alice.must(
      'mutation($c:[CustomerRef!]!,$m:[ID!]!){reassign(input:{selection:{customers:$c},toMemberIds:$m}){id}}',
      { c: batch.slice(2), m: [emma] },
    )) as { reassign: { id: string } };
    await eventually(async () =>
      expect(await alice.must('query($id:ID!){job(id:$id){status}}', { id: reassign.id })).toEqual({
        job: { status: 'DONE' },
      }),
    );
    await alice.must('mutation($b:ID!){undo(batchId:$b){id}}', { b: reassign.id });
    await alice.must('mutation($c:[CustomerRef!]!){protect(customers:$c,lock:true){done}}', { c: batch.slice(2, 3) });
    await alice.must('mutation($c:[CustomerRef!]!){archive(customers:$c,reason:"gone"){done}}', {
      c: batch.slice(0, 1),
    });
    // Somebody writes in Twenty, and something falls due.
    await world.twenty.edit(world.twenty.member('alice.morgan'), 'company', ids.more[1] ?? '', {
      accountOwnerId: null,
    });
    await advanceDays({ engine }, 12);
    await expectSettled(world);
    expect(
      await Promise.all(
        [ids.tight, ...ids.people].map(
          async (id) =>
            (await world.rows<{ status: string }>('SELECT status FROM customer WHERE record_id = $1', [id]))[0]?.status,
        ),
      ),
    ).toEqual(Array(4).fill('POOLED'));
    expect(await alice.customer(person(ids.people[0] ?? ''))).toMatchObject({ status: 'POOLED' });

    expect(engine.transactions.length).toBeGreaterThan(20);
    expect([...new Set(engine.transactions.flatMap(inversions))]).toEqual([]);
  });

  it('should decide a claim in as few statements as it says', async () => {
    const tom = await as('tom.baker');
    await tom.customer(company(ids.one));
    const before = engine.transactions.length;
    expect(await tom.claim([company(ids.one)], 'counted')).toMatchObject({ done: 1 });
    const claims = engine.transactions
      .slice(before)
      .filter((statements) => statements.some(({ sql }) => sql.includes('INSERT INTO command')));
    expect(claims).toHaveLength(1);
    expect(claims[0]?.map(({ sql }) => sql.replace(/\s+/g, ' ').slice(0, 60)) ?? []).toHaveLength(21);
  });
});
