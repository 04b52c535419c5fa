import { createHmac, randomBytes } from 'node:crypto';
import { eventually } from '../support/highseas-eventually';
import { expectSettled, historyOf } from '../support/highseas-settled';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

describe('webhooks', () => {
  let world: HighseasWorld;
  let alice: Member;
  let tom: Member;
  let secret = '';
  const companies: string[] = [];
  const next = () => companies.pop() ?? '';

  beforeAll(async () => {
    world = await HighseasWorld.start({
      // Only a webhook makes it look before the hour is over.
      env: { HIGHSEAS_SYNC_INTERVAL_SECONDS: '3600' },
      seed: (twenty) => {
        for (let index = 0; index < 16; index += 1) companies.push(twenty.seedCompany());
      },
    });
    [alice, tom] = ['alice.morgan', 'tom.baker'].map((mailbox) => world.twenty.member(mailbox)) as [Member, Member];
    secret =
      (await world.rows<{ webhook_secret: string }>('SELECT webhook_secret FROM workspace'))[0]?.webhook_secret ?? '';
    await expectSettled(world);
  });
  afterEach(() => world.sandbox.setFaults({}));
  afterAll(() => world?.close());

  const bodyOf = (id: string, fields: Record<string, unknown> = {}) => {
    const record = { ...world.twenty.get('company', id), ...fields };
    return JSON.stringify({
      eventName: 'company.updated',
      record,
      updatedFields: Object.keys(fields),
      workspaceId: world.sandbox.workspace.id,
    });
  };
  const sign = (body: string, timestamp: string, key = secret) =>
    createHmac('sha256', key).update(`${timestamp}:${body}`).digest('hex');
  const deliver = async (body: string, headers: Record<string, string>) => {
    const response = await fetch(`${world.engine.url}/webhooks/twenty`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return response.status;
  };
  const signed = (body: string, timestamp = String(Date.now())) => ({
    'x-twenty-webhook-timestamp': timestamp,
    'x-twenty-webhook-nonce': randomBytes(16).toString('hex'),
    'x-twenty-webhook-signature': sign(body, timestamp),
  });
  const rereads = async () => (await world.rows('SELECT * FROM reread')).length;

  it('should be registered once, over restarts too', async () => {
    const mine = () =>
      [...world.sandbox.workspace.webhooks.values()].filter(
        ({ targetUrl }) => targetUrl === `${world.engine.url}/webhooks/twenty`,
      );
    expect(mine()).toHaveLength(1);
    expect(mine()[0]?.operations).toEqual(
      expect.arrayContaining(['company.*', 'person.*', 'customerPool.*', 'customerPoolMember.*', 'workspaceMember.*']),
    );
  });

  it('should make an edit known at once', async () => {
    const id = next();
    await world.twenty.edit(alice, 'company', id, { accountOwnerId: tom.id });
    await eventually(async () => expect(await historyOf(world, id)).toEqual(['ROUTED', 'OBSERVED']), {
      withinMs: 10_000,
    });
    await expectSettled(world);
  });

  it('should do no harm when it is delivered again, late and out of order', async () => {
    const id = next();
    const old = bodyOf(id);
    await world.twenty.edit(alice, 'company', id, { accountOwnerId: tom.id });
    const recent = bodyOf(id);
    await world.twenty.edit(alice, 'company', id, { accountOwnerId: alice.id });
    await eventually(async () => expect((await historyOf(world, id)).length).toBeGreaterThan(1));
    await expectSettled(world);
    const before = await historyOf(world, id);
    const headers = signed(recent);
    for (const [body, as] of [
      [recent, headers],
      [recent, headers],
      [old, signed(old)],
    ] as const)
      expect(await deliver(body, as)).toBe(204);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await expectSettled(world);
    expect(await historyOf(world, id)).toEqual(before);
    expect(world.twenty.ownerOf('company', id)).toBe(alice.id);
  });

  it('should never be believed, only be a reason to read', async () => {
    const id = next();
    const lie = bodyOf(id, { accountOwnerId: tom.id, updatedAt: new Date(Date.now() + 60_000).toISOString() });
    expect(await deliver(lie, signed(lie))).toBe(204);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await expectSettled(world);
    expect(await historyOf(world, id)).toEqual(['ROUTED']);
  });

  it('should be a reason to read also when it speaks of an earlier time than is known, and none when of the very same', async () => {
    const id = await world.twenty.create(tom, 'Opportunity', { name: 'Deal', companyId: next(), stage: 'NEW' });
    const stageIs = (stage: string) =>
      eventually(async () =>
        expect(await world.rows('SELECT stage FROM opportunity WHERE id = $1', [id])).toEqual([{ stage }]),
      );
    const tell = async () => {
      const body = JSON.stringify({ eventName: 'opportunity.updated', record: world.twenty.get('opportunity', id) });
      expect(await deliver(body, signed(body))).toBe(204);
    };
    await stageIs('NEW');
    const known = Date.parse(String(world.twenty.get('opportunity', id)?.['updatedAt']));
    world.twenty.patch('opportunity', id, { stage: 'MEETING' });
    await tell();
    expect(await rereads()).toBe(0);
    world.twenty.patch('opportunity', id, { stage: 'PROPOSAL', updatedAt: new Date(known - 300).toISOString() });
    await tell();
    await stageIs('PROPOSAL');
  });

  it('should be refused when forged, altered, too old, or not signed', async () => {
    const id = next();
    const body = bodyOf(id);
    const [now, old] = [String(Date.now()), String(Date.now() - 3_600_000)];
    const forged: Record<string, string>[] = [
      {},
      { 'x-twenty-webhook-timestamp': now },
      { 'x-twenty-webhook-timestamp': now, 'x-twenty-webhook-signature': '' },
      { 'x-twenty-webhook-timestamp': now, 'x-twenty-webhook-signature': sign(body, now, 'another secret') },
      { 'x-twenty-webhook-timestamp': now, 'x-twenty-webhook-signature': sign(`${body} `, now) },
      { 'x-twenty-webhook-timestamp': now, 'x-twenty-webhook-signature': sign(body, old) },
      { 'x-twenty-webhook-timestamp': old, 'x-twenty-webhook-signature': sign(body, old) },
      { 'x-twenty-webhook-timestamp': 'soon', 'x-twenty-webhook-signature': sign(body, 'soon') },
    ];
    for (const headers of forged) expect(await deliver(body, headers)).toBe(401);
    expect(await rereads()).toBe(0);
    expect(world.engine.log()).not.toContain(secret);
  });

  it.each([
    '+275760-09-13T00:00:00.000Z',
    'Tue Nov 28 2026 (hello)',
    '0000-01-01T00:00:00Z',
    '2026-01-01T10:00:00+23:59',
    'infinity',
    'x'.repeat(600_000),
  ])('should be a reason to read without a time where its time is none: %.40s', async (updatedAt) => {
    const body = bodyOf(next(), { updatedAt });
    expect(await deliver(body, signed(body))).toBe(204);
    await expectSettled(world);
  });

  it('should survive a signed body that says nothing', async () => {
    for (const body of [
      '{}',
      '{"eventName":"company.updated"}',
      '{"eventName":"company.updated","record":{"id":"x"}}',
      '{"eventName":5,"record":null}',
      '[]',
      '{"eventName":"note.created","record":{"id":"1"}}',
      '{"eventName":"constructor.created","record":{"id":"1"}}',
      '{"eventName":"__proto__","record":{"id":"1"}}',
    ]) {
      expect(await deliver(body, signed(body))).toBe(204);
    }
    expect(await rereads()).toBe(0);
  });
});
