import { runAutomation, type AutomationName } from './automation-handlers';

const COMPANY = '11111111-1111-4111-8111-111111111111';
const PERSON = '22222222-2222-4222-8222-222222222222';
const TOM = '33333333-3333-4333-8333-333333333333';
const env = {
  HIGHSEAS_ENGINE_URL: 'https://engine.test/',
  TWENTY_API_URL: 'https://twenty.test',
  TWENTY_APP_ACCESS_TOKEN: 'app-token',
};
const customer = {
  name: 'Acme',
  status: 'OWNED',
  owner: { id: TOM, name: 'Tom Baker' },
  pool: { id: 'p1', name: 'East' },
  reclaimOn: '2026-12-01',
};
const outcome = (fields: Record<string, unknown> = {}) => ({
  object: 'COMPANY',
  recordId: COMPANY,
  status: 'DONE',
  refusal: null,
  customer,
  ...fields,
});

interface Sent {
  url: string;
  headers: Record<string, string>;
  query: string;
  variables: Record<string, unknown>;
}

function network(answer: (sent: Sent) => unknown) {
  const sent: Sent[] = [];
  const fakeFetch = (async (url: string, init: { headers: Record<string, string>; body: string }) => {
    const request = {
      url,
      headers: init.headers,
      ...(JSON.parse(init.body) as { query: string; variables: Record<string, unknown> }),
    };
    sent.push(request);
    const json = answer(request);
    if (json instanceof Error) throw json;
    return new Response(typeof json === 'string' ? json : JSON.stringify(json));
  }) as unknown as typeof fetch;
  const run = (
    name: AutomationName,
    input: unknown,
    via: 'WORKFLOW' | 'AI' = 'WORKFLOW',
    more: Record<string, string> = {},
  ) => runAutomation(name, via, input, { env: { ...env, ...more }, fetch: fakeFetch });
  return { run, sent };
}
const claimed = (fields: Record<string, unknown> = {}) =>
  network(() => ({ data: { claim: { outcomes: [outcome(fields)] } } }));

describe('automations', () => {
  it('should claim on behalf of the member named, and say who has the customer then', async () => {
    const { run, sent } = claimed();
    expect(await run('claim', { company: COMPANY, member: TOM })).toEqual({
      done: true,
      status: 'DONE',
      code: '',
      message: 'Claimed. 已领取。',
      until: '',
      customerName: 'Acme',
      poolStatus: 'OWNED',
      owner: 'Tom Baker',
      ownerId: TOM,
      pool: 'East',
      poolId: 'p1',
      reclaimOn: '2026-12-01',
    });
    expect(sent).toMatchObject([
      {
        url: 'https://engine.test/graphql',
        headers: { authorization: 'Bearer app-token', 'x-highseas-member': TOM, 'x-highseas-via': 'WORKFLOW' },
        variables: { customers: [{ object: 'COMPANY', recordId: COMPANY }], requestId: null },
      },
    ]);
  });

  it('should take records as Twenty hands them over, as an id or as the record', async () => {
    const { run, sent } = claimed();
    await run('claim', { company: '', person: { id: PERSON, name: { firstName: 'Wei' } }, member: { id: TOM } });
    expect(sent[0]).toMatchObject({
      headers: { 'x-highseas-member': TOM },
      variables: { customers: [{ object: 'PERSON', recordId: PERSON }] },
    });
  });

  it("should take a tool's customer by kind and id, and the member by e-mail", async () => {
    const { run, sent } = claimed();
    await run('claim', { object: 'person', recordId: PERSON, member: 'tom@acme.example' }, 'AI');
    expect(sent[0]).toMatchObject({
      headers: { 'x-highseas-member': 'tom@acme.example', 'x-highseas-via': 'AI' },
      variables: { customers: [{ object: 'PERSON', recordId: PERSON }] },
    });
  });

  it.each([
    ['no customer', { member: TOM }, 'Give a company or a person.'],
    [
      'two customers',
      { company: COMPANY, person: PERSON, member: TOM },
      'Give either a company or a person, not both.',
    ],
    ['what is no record', { company: 'Acme', member: TOM }, 'Company must be a record or its id, not "Acme".'],
    ['nobody to act for', { company: COMPANY }, 'Say on whose behalf: a member.'],
    ['nothing at all', undefined, 'Give a company or a person.'],
    ['a header in disguise', { company: COMPANY, member: 'tom\r\nx-evil: 1' }, 'A member is given by id or e-mail.'],
  ])('should say in both languages what is wrong with %s, and ask nobody', async (_, input, message) => {
    const { run, sent } = claimed();
    const output = await run('claim', input);
    expect(output).toMatchObject({ done: false, status: 'FAILED', code: 'BAD_INPUT' });
    expect(output.message).toContain(message);
    expect(output.message).toMatch(/[\u4e00-\u9fff]/);
    expect(sent).toEqual([]);
  });

  it('should give a refusal as an output, with its reason and its end', async () => {
    const refusal = { code: 'COOLDOWN', message: 'Tom had it until last week.', until: '2026-12-03T00:00:00.000Z' };
    const { run } = claimed({ status: 'REFUSED', refusal, customer: { ...customer, status: 'POOLED', owner: null } });
    expect(await run('claim', { company: COMPANY, member: TOM })).toMatchObject({
      done: false,
      status: 'REFUSED',
      code: 'COOLDOWN',
      message: refusal.message,
      until: refusal.until,
      owner: '',
      poolStatus: 'POOLED',
      customerName: 'Acme',
    });
  });

  it('should not call done what Twenty has yet to confirm, and tell what the claimer should know', async () => {
    expect(await claimed({ status: 'PENDING' }).run('claim', { company: COMPANY, member: TOM })).toMatchObject({
      done: false,
      status: 'PENDING',
    });
    expect(
      (await claimed({ warnings: ['Anna has the same one.'] }).run('claim', { company: COMPANY, member: TOM })).message,
    ).toContain('Anna has the same one.');
  });

  it.each([
    ['does not answer in time', Object.assign(new Error('late'), { name: 'TimeoutError' }), 'NO_ANSWER'],
    ['cannot be reached', new TypeError('fetch failed'), 'UNREACHABLE'],
    ['is something else', '<html>', 'UNAVAILABLE'],
    [
      'forbids it',
      { errors: [{ message: 'AI tools may only ask here. AI_TOOLS_MAY_ACT', extensions: { code: 'FORBIDDEN' } }] },
      'FORBIDDEN',
    ],
  ])('should say so plainly when the engine %s', async (_, answer, code) => {
    const { run } = network(() => answer);
    const output = await run('claim', { company: COMPANY, member: TOM });
    expect(output).toMatchObject({ done: false, status: 'FAILED', code });
    expect(output.message).not.toBe('');
  });

  it('should pass on which setting lets the AI act', async () => {
    const { run } = network(() => ({
      errors: [{ message: 'AI tools may only ask here. AI_TOOLS_MAY_ACT', extensions: { code: 'FORBIDDEN' } }],
    }));
    expect((await run('claim', { object: 'company', recordId: COMPANY, member: TOM }, 'AI')).message).toContain(
      'AI_TOOLS_MAY_ACT',
    );
  });

  it('should say that the engine is not set up, and how to mend it', async () => {
    expect(
      await claimed().run('claim', { company: COMPANY, member: TOM }, 'WORKFLOW', { HIGHSEAS_ENGINE_URL: '' }),
    ).toMatchObject({ code: 'NOT_SET_UP', message: expect.stringContaining('HIGHSEAS_ENGINE_URL') as string });
  });

  it('should make the same request id from the same key, and another from anything else', async () => {
    const { run, sent } = claimed();
    const ids = async (...inputs: Record<string, unknown>[]) => {
      for (const input of inputs) await run('claim', { company: COMPANY, member: TOM, ...input });
      return sent.splice(0).map(({ variables }) => variables.requestId);
    };
    const [first, again, number, other, elsewhere] = await ids(
      { repeatKey: '7' },
      { repeatKey: ' 7 ' },
      { repeatKey: 7 },
      { repeatKey: '8' },
      { repeatKey: '7', company: PERSON },
    );
    expect([again, number]).toEqual([first, first]);
    expect(first).toMatch(/^[0-9a-f]{8}-/);
    expect(new Set([first, other, elsewhere]).size).toBe(3);
    expect(await ids({}, { repeatKey: '' })).toEqual([null, null]);
  });

  it('should release with reason and note, to the home pool unless one is chosen', async () => {
    const { run, sent } = network(() => ({ data: { release: { outcomes: [outcome()] } } }));
    expect(await run('release', { company: COMPANY, member: TOM, reason: 'NO_BUDGET', note: ' ' })).toMatchObject({
      done: true,
    });
    expect(sent[0]?.variables).toMatchObject({ reason: 'NO_BUDGET', note: null, poolId: null });
  });

  it('should find whom to assign to by e-mail, taking no look-alike', async () => {
    const member = (id: string, userEmail: string) => ({ node: { id, userEmail } });
    const { run, sent } = network(({ url }) =>
      url.startsWith('https://twenty.test')
        ? {
            data: {
              workspaceMembers: { edges: [member(PERSON, 'axb@acme.example'), member(TOM, 'A_B@acme.example')] },
            },
          }
        : { data: { assign: { outcomes: [outcome()] } } },
    );
    expect(
      await run('assign', { company: COMPANY, member: 'li.wei@acme.example', to: 'a_b@acme.example' }),
    ).toMatchObject({ done: true });
    expect(sent.at(-1)?.variables).toMatchObject({ toMemberId: TOM });
    expect(
      await run('assign', { company: COMPANY, member: 'li.wei@acme.example', to: 'nobody@acme.example' }),
    ).toMatchObject({ code: 'BAD_INPUT' });
    expect(await run('assign', { company: COMPANY, member: 'li.wei@acme.example' })).toMatchObject({
      code: 'BAD_INPUT',
    });
  });

  it('should log no follow-up that says nothing', async () => {
    const { run, sent } = network(() => ({ data: { logFollowUp: outcome() } }));
    expect(await run('logFollowUp', { company: COMPANY, member: TOM, note: ' ' })).toMatchObject({ code: 'BAD_INPUT' });
    expect(sent).toEqual([]);
    expect(await run('logFollowUp', { company: COMPANY, member: TOM, note: 'Called' })).toMatchObject({
      done: true,
      message: 'Follow-up logged. 已记录跟进。',
    });
  });

  it('should tell whether a customer can be claimed, and if not, who has it', async () => {
    const asked = (claimable: unknown) =>
      network(() => ({ data: { customer: { ...customer, claimable } } })).run('isClaimable', {
        company: COMPANY,
        member: TOM,
      });
    expect(await asked({ allowed: true, refusal: null })).toMatchObject({ done: true, claimable: true });
    expect(
      await asked({ allowed: false, refusal: { code: 'ALREADY_OWNED', message: 'Tom has it.', until: null } }),
    ).toMatchObject({ done: true, claimable: false, code: 'ALREADY_OWNED', owner: 'Tom Baker' });
    expect(
      await network(() => ({ data: { customer: null } })).run('isClaimable', { company: COMPANY, member: TOM }),
    ).toMatchObject({ done: false, claimable: false, code: 'NOT_FOUND' });
  });
});
