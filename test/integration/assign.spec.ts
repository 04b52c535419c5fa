import { randomUUID } from 'node:crypto';
import { company, type CustomerRef, type EngineClient, type ResultAnswer } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { expectSettled } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

describe('assigning', () => {
  let world: HighseasWorld;
  let manager: EngineClient;
  const ids: string[] = [];
  let eastern = '';

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        twenty.patch('customerPool', twenty.pools.company, {
          holdingCapacity: 3,
          claimLimit: 1,
          claimingMode: 'MANAGED',
          embargoDays: 30,
        });
        ids.push(...Array.from({ length: 30 }, () => twenty.seedCompany()));
        eastern = twenty.seedCompany({ address: { addressState: '上海' } });
        const today = new Date().toISOString().slice(0, 10);
        const around = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
        twenty.seed('memberLeave', { memberId: twenty.member('sun.li').id, from: around(-2), until: around(2) });
        const sophies = {
          customerPoolId: twenty.pools.company,
          memberId: twenty.member('sophie.turner').id,
          memberRole: 'MEMBER',
        };
        twenty.seed('customerPoolMember', { ...sophies, isOnDuty: false });
      },
    });
    await expectSettled(world);
    manager = await world.as(member('li.wei'), 'en');
  });
  afterAll(() => world?.close());

  const member = (mailbox: string) => world.twenty.member(mailbox);
  const at = (index: number): CustomerRef => company(ids[index] ?? '');

  async function assign(
    client: EngineClient,
    customers: CustomerRef[],
    to: string,
    options: Record<string, unknown> = {},
  ): Promise<ResultAnswer> {
    const query = `mutation($customers: [CustomerRef!]!, $toMemberId: ID!, $reason: String, $overrideCapacity: Boolean, $requestId: ID) {
      assign(customers: $customers, toMemberId: $toMemberId, reason: $reason, overrideCapacity: $overrideCapacity, requestId: $requestId) {
        done refused pending batchId outcomes { object recordId status refusal { code message } customer { owner { id } } } } }`;
    return (await client.must(query, { customers, toMemberId: to, ...options }))['assign'] as ResultAnswer;
  }
  const codes = ({ outcomes }: ResultAnswer) => outcomes.map(({ status, refusal }) => refusal?.code ?? status);
  const messages = ({ outcomes }: ResultAnswer) => outcomes.map(({ refusal }) => refusal?.message);

  it('should give a pooled customer to a member, past embargo, claiming mode and claim limit, and charge no claim', async () => {
    const emma = member('emma.clark');
    const answer = await assign(manager, [at(0), at(1)], emma.id, { reason: 'Speaks their language' });
    expect(answer).toMatchObject({ done: 2, outcomes: [{ customer: { owner: { id: emma.id } } }, {}] });
    expect(world.twenty.get('company', at(0).recordId)).toMatchObject({ accountOwnerId: emma.id, poolStatus: 'OWNED' });
    await expectSettled(world);
    expect((await manager.history(at(0))).at(-1)).toMatchObject({
      type: 'ASSIGNED',
      from: null,
      to: { id: emma.id },
      actor: { id: member('li.wei').id },
      reason: 'Speaks their language',
      batchId: answer.batchId,
    });
    const { viewer } = (await (await world.as(emma)).must('{ viewer { claimsLeft { pool { id } used } } }')) as {
      viewer: { claimsLeft: { used: number }[] };
    };
    expect(viewer.claimsLeft.map(({ used }) => used)).toEqual(viewer.claimsLeft.map(() => 0));
  });

  it('should be for managers of the home pool alone', async () => {
    expect(codes(await assign(await world.as(member('emma.clark')), [at(2)], member('emma.clark').id))).toEqual([
      'NOT_MANAGER',
    ]);
    expect(codes(await assign(manager, [company(eastern)], member('liu.yang').id))).toEqual(['NOT_MANAGED']);
    expect(
      codes(await assign(await world.as(member('alice.morgan')), [company(eastern)], member('liu.yang').id)),
    ).toEqual(['DONE']);
  });

  it('should say who has a customer that is owned already, also one named twice', async () => {
    expect(messages(await assign(manager, [at(0)], member('tom.baker').id))).toEqual([
      'Already taken: Emma Clark has this customer now.',
    ]);
    expect(codes(await assign(manager, [at(2), at(2), company(randomUUID())], member('tom.baker').id))).toEqual([
      'DONE',
      'ALREADY_OWNED',
      'NOT_FOUND',
    ]);
  });

  it.each([
    ['is on leave', 'sun.li', '丽 is on leave today.'],
    ['is off duty in the pool', 'sophie.turner', 'Sophie Turner is off duty in the pool Company pool 公司公海.'],
  ])('should give nothing to a member who %s', async (_, mailbox, message) => {
    const answer = await assign(manager, [at(3)], member(mailbox).id);
    expect(codes(answer)).toEqual(['TARGET_NOT_ELIGIBLE']);
    expect(messages(answer)[0]).toContain(message.slice(-20));
  });

  it('should give nothing to somebody who does not see the pool, or is nobody', async () => {
    const admin = await world.as(member('alice.morgan'), 'en');
    const other = company(eastern);
    await admin.release([other], { reason: 'OTHER' });
    expect(messages(await assign(admin, [other], member('tom.baker').id))).toEqual([
      'Tom Baker does not see the pool East 华东.',
    ]);
    expect(messages(await assign(admin, [other], randomUUID()))).toEqual([
      'The chosen member is not in the workspace any more.',
    ]);
  });

  it('should never pass a capacity, however many managers assign at once, unless told to, and then say so', async () => {
    const tom = member('tom.baker');
    const [{ held } = { held: -1 }] = await world.rows<{ held: number }>(
      `SELECT count(*)::int AS held FROM customer WHERE owner_id = $1 AND pool_id = $2`,
      [tom.id, world.twenty.pools.company],
    );
    const admin = await world.as(member('alice.morgan'), 'en');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        assign(index % 2 ? admin : manager, [at(4 + 2 * index), at(5 + 2 * index)], tom.id),
      ),
    );
    expect(answers.reduce((sum, { done }) => sum + done, 0)).toBe(3 - held);
    const full = answers.flatMap(({ outcomes }) => outcomes).find(({ refusal }) => refusal);
    expect(full?.refusal).toMatchObject({ code: 'CAPACITY', message: 'Tom Baker is at their limit: 3 of 3.' });

    const free = answers.flatMap(({ outcomes }) => outcomes).find(({ status }) => status === 'REFUSED');
    expect(
      await assign(manager, [{ object: 'COMPANY', recordId: free?.recordId ?? '' }], tom.id, {
        overrideCapacity: true,
      }),
    ).toMatchObject({ done: 1 });
    const facts = await world.rows<{ facts: unknown }>(
      `SELECT facts FROM ownership_event WHERE record_id = $1 AND type = 'ASSIGNED'`,
      [free?.recordId],
    );
    expect(facts).toMatchObject([
      {
        facts: {
          override: { used: 3, limit: 3, scope: 'POOL' },
          before: { status: 'POOLED', poolId: world.twenty.pools.company },
        },
      },
    ]);
    await expectSettled(world);
  });

  it('should respect a quiet period', async () => {
    const until = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
    await manager.must(
      'mutation($c: [CustomerRef!]!, $until: Date!) { quiet(customers: $c, until: $until, reason: "Complaint") { done } }',
      { c: [at(25)], until },
    );
    expect(codes(await assign(manager, [at(25)], member('emma.clark').id))).toEqual(['QUIET_PERIOD']);
  });

  it('should give the same answer to the same request id and do nothing twice', async () => {
    const requestId = randomUUID();
    const first = await assign(manager, [at(26)], member('zhao.lei').id, { requestId });
    expect(first).toMatchObject({ done: 1 });
    expect(await assign(manager, [at(26)], member('zhao.lei').id, { requestId })).toEqual(first);
    await expect(assign(manager, [at(27)], member('zhao.lei').id, { requestId })).rejects.toThrow('BAD_USER_INPUT');
    await eventually(async () =>
      expect((await manager.history(at(26))).filter(({ type }) => type === 'ASSIGNED')).toHaveLength(1),
    );
  });
});
