import { decode, sign } from 'jsonwebtoken';
import { company, type CustomerRef } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { expectSettled } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

interface Output {
  done: boolean;
  status: string;
  code: string;
  message: string;
  owner: string;
  ownerId: string;
  pool: string;
  claimable?: boolean;
}

const OTHER_APP = '7f0a8d0e-2f5e-4f6c-9a55-1d1c5f2f8a10';

/** The built functions of the app, run as Twenty runs them: each in a process of its own, with the app's token and no user. */
describe('workflows and AI tools', () => {
  let world: HighseasWorld;
  const ids: string[] = [];
  let next = 0;

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        twenty.patch('customerPool', twenty.pools.company, {
          holdingCapacity: 3,
          releaseReasonRequired: true,
          cooldownDays: 14,
        });
        ids.push(...Array.from({ length: 30 }, () => twenty.seedCompany()));
      },
    });
    world.twenty.setVariable('HIGHSEAS_ENGINE_URL', world.engine.url);
    await expectSettled(world);
  });
  afterAll(() => world?.close());

  const member = (mailbox: string) => world.twenty.member(mailbox);
  const fresh = (): CustomerRef => company(ids[next++] ?? '');

  async function run(name: string, payload: Record<string, unknown>): Promise<Output> {
    const response = await fetch(`${world.sandbox.url}/sandbox/logic-function/highseas-${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ payload }),
    });
    const answer = (await response.json()) as { data?: Output };
    if (!answer.data) throw new Error(JSON.stringify(answer));
    return answer.data;
  }

  async function appToken(options: Record<string, unknown> = {}): Promise<string> {
    return world.twenty.token({ email: member('tom.baker').email }, { kind: 'application', ...options });
  }

  /** Calls the engine as an automation would, or as somebody who would like to be taken for one. */
  async function call(
    token: string,
    query: string,
    headers: Record<string, string>,
    variables: Record<string, unknown> = {},
  ) {
    const response = await fetch(`${world.engine.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as {
      data?: Record<string, unknown> | null;
      errors?: { message: string; extensions: { code: string } }[];
    };
    return { data, code: errors?.[0]?.extensions.code, message: errors?.[0]?.message };
  }
  const asTom = { 'x-highseas-member': '', 'x-highseas-via': 'WORKFLOW' };
  const whoAmI = '{ viewer { member { id } isWorkspaceAdmin } }';
  const claim = 'mutation($customers: [CustomerRef!]!) { claim(customers: $customers) { done } }';

  beforeAll(() => {
    asTom['x-highseas-member'] = member('tom.baker').email.toUpperCase();
  });

  it('should claim for a rep within their limits, and keep in the history that a workflow did', async () => {
    const tom = member('tom.baker');
    const first = fresh();
    expect(await run('workflow-claim', { company: first.recordId, member: { id: tom.id } })).toMatchObject({
      done: true,
      status: 'DONE',
      owner: 'Tom Baker',
      ownerId: tom.id,
    });
    expect(world.twenty.get('company', first.recordId)).toMatchObject({ accountOwnerId: tom.id, poolStatus: 'OWNED' });
    await expectSettled(world);
    const { ownershipEvents } = (await (
      await world.as(tom)
    ).must(
      'query($id: ID!) { ownershipEvents(object: COMPANY, recordId: $id) { events { type facts actor { id } } } }',
      { id: first.recordId },
    )) as {
      ownershipEvents: { events: { type: string; facts: { via?: string }; actor: { id: string } | null }[] };
    };
    expect(ownershipEvents.events[0]).toMatchObject({
      type: 'CLAIMED',
      actor: { id: tom.id },
      facts: { via: 'WORKFLOW' },
    });
    await eventually(() => {
      const mirrored = world.twenty
        .all('ownershipEvent')
        .find((event) => event['companyId'] === first.recordId && event['eventType'] === 'CLAIMED');
      expect(mirrored).toMatchObject({ actorMemberId: tom.id, facts: { via: 'WORKFLOW' } });
    });

    await run('workflow-claim', { company: fresh().recordId, member: tom.email });
    await run('workflow-claim', { company: fresh().recordId, member: tom.email });
    const refused = await run('workflow-claim', { company: fresh().recordId, member: tom.email });
    expect(refused).toMatchObject({ done: false, status: 'REFUSED', code: 'CAPACITY', owner: '' });
    expect(refused.message).not.toBe('');
  });

  it('should do a repeated step once when it is told what makes it the same', async () => {
    const emma = member('emma.clark').id;
    const one = fresh().recordId;
    expect(await run('workflow-claim', { company: one, member: emma, repeatKey: 'run-1' })).toMatchObject({
      done: true,
    });
    expect(await run('workflow-claim', { company: one, member: emma, repeatKey: 'run-1' })).toMatchObject({
      done: true,
    });
    expect(await run('workflow-claim', { company: one, member: emma, repeatKey: 'run-2' })).toMatchObject({
      done: false,
      code: 'ALREADY_OWNED',
      owner: 'Emma Clark',
    });
  });

  it('should log a follow-up whose note says whose it is', async () => {
    const emma = member('emma.clark').id;
    const one = fresh().recordId;
    await run('workflow-claim', { company: one, member: emma });
    const step = { company: one, member: emma, note: 'Called them', repeatKey: 'call' };
    expect(await run('workflow-log-follow-up', step)).toMatchObject({ done: true });
    expect(await run('workflow-log-follow-up', step)).toMatchObject({ done: true });
    const notes = world.twenty
      .all('note')
      .filter(({ title }) => title === 'Follow-up 跟进 · Emma Clark (workflow 工作流)');
    expect(notes).toHaveLength(1);
  });

  it('should release what the member owns, and nothing of others', async () => {
    const emma = member('emma.clark').id;
    const one = fresh().recordId;
    await run('workflow-claim', { company: one, member: emma });
    expect(
      await run('workflow-release', { company: one, member: member('tom.baker').id, reason: 'OTHER' }),
    ).toMatchObject({ done: false, status: 'REFUSED', code: 'NOT_OWNER' });
    expect(await run('workflow-release', { company: one, member: emma })).toMatchObject({ code: 'REASON_REQUIRED' });
    expect(await run('workflow-release', { company: one, member: emma, reason: 'OTHER' })).toMatchObject({
      done: true,
      owner: '',
    });
    expect(world.twenty.get('company', one)).toMatchObject({ accountOwnerId: null, poolStatus: 'POOLED' });
  });

  it('should assign for a manager of the pool, and for no admin who manages none', async () => {
    const sophie = member('sophie.turner');
    const one = fresh().recordId;
    for (const mailbox of ['tom.baker', 'alice.morgan']) {
      expect(await run('workflow-assign', { company: one, member: member(mailbox).id, to: sophie.id })).toMatchObject({
        done: false,
        status: 'REFUSED',
        code: 'NOT_MANAGER',
      });
    }
    expect(await run('workflow-assign', { company: one, member: member('li.wei').id, to: sophie.email })).toMatchObject(
      { done: true, ownerId: sophie.id },
    );
  });

  it('should say whether somebody may claim, and who has it', async () => {
    const one = fresh().recordId;
    const ask = (mailbox: string) => run('workflow-is-claimable', { company: one, member: member(mailbox).id });
    expect(await ask('sophie.turner')).toMatchObject({ done: true, claimable: true, pool: 'Company pool 公司公海' });
    await run('workflow-assign', { company: one, member: member('li.wei').id, to: member('sun.li').id });
    expect(await ask('sophie.turner')).toMatchObject({
      done: true,
      claimable: false,
      code: 'ALREADY_OWNED',
      ownerId: member('sun.li').id,
    });
  });

  it('should let the AI ask, and act only once an admin has allowed it', async () => {
    const sophie = member('sophie.turner');
    const one = { object: 'company', recordId: fresh().recordId, member: sophie.email };
    expect(await run('is-claimable', one)).toMatchObject({ claimable: true });
    const refused = await run('claim', one);
    expect(refused).toMatchObject({ done: false, status: 'FAILED', code: 'FORBIDDEN' });
    expect(refused.message).toContain('AI_TOOLS_MAY_ACT');

    world.twenty.setVariable('AI_TOOLS_MAY_ACT', 'true');
    // A started engine reads the settings at once, a running one within a minute.
    await world.stopEngine();
    world.twenty.setVariable('HIGHSEAS_ENGINE_URL', (await world.startEngine()).url);
    expect(await run('claim', one)).toMatchObject({ done: true, ownerId: sophie.id });
    await expectSettled(world);
    expect(
      world.twenty
        .all('ownershipEvent')
        .find((event) => event['companyId'] === one.recordId && event['eventType'] === 'CLAIMED'),
    ).toMatchObject({ facts: { via: 'AI' } });
  });

  it('should do for an automation nothing but what is open to it', async () => {
    const token = await appToken();
    expect(await call(token, claim, asTom, { customers: [] })).toMatchObject({ data: { claim: { done: 0 } } });
    const one = fresh();
    const archive = 'mutation($customers: [CustomerRef!]!) { archive(customers: $customers, reason: "JUNK") { done } }';
    expect(
      await call(token, archive, { ...asTom, 'x-highseas-member': member('li.wei').id }, { customers: [one] }),
    ).toMatchObject({ code: 'FORBIDDEN' });
    expect(world.twenty.get('company', one.recordId)).toMatchObject({ poolStatus: 'POOLED' });
  });

  it('should evaluate no filter for an automation, whose rights are no person’s', async () => {
    const preview = 'query($input: ReassignInput!) { previewReassign(input: $input) { total } }';
    const to = { toMemberIds: [member('tom.baker').id] };
    const asManager = { ...asTom, 'x-highseas-member': member('li.wei').id };
    const filter = { selection: { object: 'COMPANY', filter: { name: { like: '%' } } }, ...to };
    expect(await call(await appToken(), preview, asManager, { input: filter })).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('A filter is evaluated with the rights of whoever asks') as string,
    });
    const named = { selection: { customers: [fresh()] }, ...to };
    expect(await call(await appToken(), preview, asManager, { input: named })).toMatchObject({
      data: { previewReassign: { total: 1 } },
    });
  });

  it('should take nobody for an admin on whose behalf an automation calls', async () => {
    expect(
      (await call(await appToken(), whoAmI, { ...asTom, 'x-highseas-member': member('alice.morgan').id })).data,
    ).toEqual({
      viewer: { member: { id: member('alice.morgan').id }, isWorkspaceAdmin: false },
    });
    expect((await call(await appToken(), whoAmI, asTom)).data).toMatchObject({
      viewer: { member: { id: member('tom.baker').id } },
    });
  });

  it('should refuse an app that names nobody, or nobody known', async () => {
    expect(await call(await appToken(), whoAmI, {})).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(
      await call(await appToken(), whoAmI, { 'x-highseas-member': 'nobody@highseas.example', 'x-highseas-via': 'AI' }),
    ).toMatchObject({ code: 'BAD_USER_INPUT', message: expect.stringContaining('nobody@highseas.example') as string });
  });

  it("should refuse a forged token, another app's, another workspace's and an API key", async () => {
    const real = decode(await appToken(), { json: true });
    await fetch(`${world.sandbox.url}/sandbox/install`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ manifest: { application: { universalIdentifier: OTHER_APP, displayName: 'Other' } } }),
    });
    const refused = {
      forged: sign(real ?? {}, 'not the key of Twenty'),
      unsigned: sign(real ?? {}, '', { algorithm: 'none' }),
      'another app': await appToken({ application: OTHER_APP }),
      'another workspace': await appToken({ workspace: 'other' }),
      'API key': await appToken({ kind: 'apiKey' }),
    };
    for (const [what, token] of Object.entries(refused))
      expect([what, (await call(token, whoAmI, asTom)).code]).toEqual([what, 'UNAUTHENTICATED']);
  });

  it("should not let a person's token speak for somebody else", async () => {
    const emma = await world.twenty.token(member('emma.clark'));
    expect((await call(emma, whoAmI, asTom)).data).toMatchObject({
      viewer: { member: { id: member('emma.clark').id } },
    });
    const one = fresh();
    await call(emma, claim, { ...asTom, 'x-highseas-via': 'AI' }, { customers: [one] });
    expect(world.twenty.ownerOf('company', one.recordId)).not.toBe(member('tom.baker').id);
  });

  it('should say so plainly when the engine cannot be reached', async () => {
    world.twenty.setVariable('HIGHSEAS_ENGINE_URL', 'http://127.0.0.1:9');
    const output = await run('workflow-claim', { company: fresh().recordId, member: member('tom.baker').id });
    world.twenty.setVariable('HIGHSEAS_ENGINE_URL', world.engine.url);
    expect(output).toMatchObject({
      done: false,
      status: 'FAILED',
      code: 'UNREACHABLE',
      message: expect.stringContaining('http://127.0.0.1:9') as string,
    });
  });
});
