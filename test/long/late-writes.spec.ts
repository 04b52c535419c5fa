import { company } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { HttpProxy } from '../support/highseas-http-proxy';
import { expectSettled, historyOf } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

const waitMs = 4000;
const slowMs = 12_000;

describe('what Twenty does late, slowly, or in another order', () => {
  let world: HighseasWorld;
  let proxy: HttpProxy;
  const ids = { held: '', older: '', undone: '', slow: '', raced: '', rival: '' };

  beforeAll(async () => {
    world = await HighseasWorld.start({
      engines: 0,
      seed: (twenty) => {
        const owner = { accountOwnerId: twenty.member('tom.baker').id };
        for (const name of ['held', 'older', 'slow', 'raced', 'rival'] as const) ids[name] = twenty.seedCompany();
        ids.undone = twenty.seedCompany(owner);
        // A pool with a rule asks Twenty whom its filter matches whenever a clock is looked at.
        twenty.seed('reclaimRule', {
          name: 'Strict',
          customerPoolId: twenty.pools.company,
          priority: 1,
          filter: { name: { ilike: '%nobody is called this%' } },
          followUpDays: 3,
        });
      },
    });
    proxy = await new HttpProxy(world.sandbox.url).open();
    await world.startEngine({
      TWENTY_URL: proxy.url,
      HIGHSEAS_COMMAND_WAIT_MS: String(waitMs),
      TWENTY_TIMEOUT_MS: '20000',
    });
  });
  afterEach(() => {
    Object.assign(proxy, { holds: () => false, delayMs: () => 0, gate: () => null });
  });
  afterAll(async () => {
    await world?.close();
    await proxy?.close();
  });

  const isUpdateOf = (id: string) => (body: string) => body.includes('updateCompanies') && body.includes(id);
  const row = async (id: string) => {
    const [found] = await world.rows<{ status: string; owner_id: string | null; write_id: string | null }>(
      'SELECT status, owner_id, write_id FROM customer WHERE record_id = $1',
      [id],
    );
    return found;
  };

  it('should give nobody a customer by a request that Twenty carries out after it was given up', async () => {
    const tom = await world.as(world.twenty.member('tom.baker'));
    await tom.claim([company(ids.rival)]);
    let updates = 0;
    proxy.holds = (body) => isUpdateOf(ids.held)(body) && (updates += 1) === 1;
    const second = await world.startEngine({ TWENTY_URL: proxy.url, TWENTY_TIMEOUT_MS: '1500' });
    const impatient = await world.as(world.twenty.member('tom.baker'), 'en', second);
    expect(await impatient.claim([company(ids.held)])).toMatchObject({ done: 1 });
    expect(proxy.heldCount).toBe(1);
    expect(await tom.release([company(ids.held)], { reason: 'OTHER', note: 'Not for me' })).toMatchObject({ done: 1 });
    const [late] = await proxy.deliverHeld();
    // Twenty found no record that is as it was when the claim was decided.
    expect(late).toMatchObject({ data: { updateCompanies: [] } });
    await expectSettled(world);
    expect(await row(ids.held)).toMatchObject({ status: 'POOLED', owner_id: null });
    expect(world.twenty.ownerOf('company', ids.held)).toBeNull();
    expect(await historyOf(world, ids.held)).toEqual(['ROUTED', 'CLAIMED', 'RELEASED']);
  });

  it('should take a change of owner whose time is older than what was seen', async () => {
    const [tom, emma] = [world.twenty.member('tom.baker'), world.twenty.member('emma.clark')];
    await (await world.as(tom)).claim([company(ids.older)]);
    await expectSettled(world);
    const seen = String(world.twenty.get('company', ids.older)?.['updatedAt']);
    world.twenty.patch('company', ids.older, {
      accountOwnerId: emma.id,
      updatedAt: new Date(Date.parse(seen) - 300).toISOString(),
      updatedBy: { source: 'MANUAL', workspaceMemberId: emma.id, name: 'Emma', context: null },
    });
    await eventually(async () => expect(await row(ids.older)).toMatchObject({ owner_id: emma.id, write_id: null }));
    const released = await (await world.as(emma)).release([company(ids.older)], { reason: 'OTHER', note: 'x' });
    expect(released).toMatchObject({ done: 1 });
  });

  it('should undo what was followed by a mere move to another pool', async () => {
    const tom = world.twenty.member('tom.baker');
    const admin = await world.as(world.twenty.member('alice.morgan'));
    const released = await (await world.as(tom)).release([company(ids.undone)], { reason: 'OTHER', note: 'x' });
    await admin.must('mutation($c:[CustomerRef!]!,$p:ID!){moveToPool(customers:$c,poolId:$p){done}}', {
      c: [company(ids.undone)],
      p: world.twenty.pools.east,
    });
    const { undo } = (await admin.must('mutation($b:ID!){undo(batchId:$b){id}}', { b: released.batchId })) as {
      undo: { id: string };
    };
    await eventually(async () =>
      expect(await admin.must('query($id:ID!){job(id:$id){status done refused}}', { id: undo.id })).toEqual({
        job: { status: 'DONE', done: 1, refused: 0 },
      }),
    );
    expect(await row(ids.undone)).toMatchObject({ status: 'OWNED', owner_id: tom.id });
  });

  it('should answer PENDING when the command has waited as long as it may, and end it when Twenty answers', async () => {
    const tom = await world.as(world.twenty.member('tom.baker'));
    await tom.customer(company(ids.slow));
    proxy.delayMs = (body) => (isUpdateOf(ids.slow)(body) ? slowMs : 0);
    const began = Date.now();
    expect(await tom.claim([company(ids.slow)], 'slow')).toMatchObject({ pending: 1 });
    const waited = Date.now() - began;
    expect(waited).toBeGreaterThanOrEqual(waitMs);
    // Well before Twenty's own answer.
    expect(waited).toBeLessThan(slowMs - waitMs / 2);
    await eventually(async () => expect(await tom.claim([company(ids.slow)], 'slow')).toMatchObject({ done: 1 }), {
      withinMs: 30_000,
      everyMs: 500,
    });
    await expectSettled(world);
  });

  it('should not lose a claim that is decided while its clock is being looked at', async () => {
    const tom = await world.as(world.twenty.member('tom.baker'));
    await tom.customer(company(ids.raced));
    let open: () => void = () => undefined;
    let reached: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const atMatch = new Promise<void>((resolve) => (reached = resolve));
    proxy.gate = (body) => {
      if (!body.includes('MatchCompanies') || !body.includes(ids.raced)) return null;
      reached();
      return gate;
    };
    proxy.delayMs = (body) => (isUpdateOf(ids.raced)(body) ? 3000 : 0);
    await world.sql.query(`INSERT INTO clock_mark (object, record_id) VALUES ('COMPANY', $1) ON CONFLICT DO NOTHING`, [
      ids.raced,
    ]);
    await atMatch;
    const claiming = tom.claim([company(ids.raced)], 'raced');
    await eventually(async () =>
      expect(await world.rows('SELECT 1 FROM pending_write WHERE record_id = $1', [ids.raced])).toHaveLength(1),
    );
    const followed = await tom.must('mutation($c:CustomerRef!){logFollowUp(customer:$c,note:"called"){status}}', {
      c: company(ids.raced),
    });
    expect(followed).toEqual({ logFollowUp: { status: 'DONE' } });
    open();
    expect(await claiming).toMatchObject({ done: 1 });
    await expectSettled(world);
    expect(await tom.claim([company(ids.raced)], 'raced')).toMatchObject({ done: 1 });
    expect(await historyOf(world, ids.raced)).toEqual(['ROUTED', 'CLAIMED']);
    // The clock was looked at again once the claim had ended.
    await eventually(async () => {
      expect(await world.rows('SELECT 1 FROM clock_mark WHERE record_id = $1', [ids.raced])).toEqual([]);
      const [clock] = await world.rows<{ kind: string | null }>(
        'SELECT last_activity_kind AS kind FROM customer WHERE record_id = $1',
        [ids.raced],
      );
      expect(clock?.kind).toBe('FOLLOW_UP');
    });
    await world.rebuild();
    await expectSettled(world);
  });
});
