import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SystemTimeClock } from '../../src/config/clock';
import { type Sandbox, startSandbox } from '../../packages/twenty-sandbox/src/index';
import { PluginManifest } from '../../src/config/plugin-manifest';
import { CustomerRecords } from '../../src/twenty/records/customer-records.service';
import { FollowedRecords, type Listing } from '../../src/twenty/records/followed-records.service';
import { Introspection } from '../../src/twenty/client/introspection.service';
import { ObjectIds } from '../../src/twenty/records/object-ids.service';
import { MemberRecords } from '../../src/twenty/records/member-records.service';
import { OwnershipEventRecords } from '../../src/twenty/records/ownership-event-records.service';
import { PoolRecords } from '../../src/twenty/records/pool-records.service';
import { SettingsReader } from '../../src/twenty/records/settings-reader.service';
import { TaskRecords } from '../../src/twenty/records/task-records.service';
import { EngineTime } from '../../src/twenty/client/twenty-clock';
import type {
  CustomerRecord,
  MemberRecord,
  OwnershipEventRecord,
  RecordCursor,
} from '../../src/twenty/records/twenty.types';
import { verifyWebhook } from '../../src/twenty/client/verify-webhook';
import { WebhookRegistry } from '../../src/twenty/records/webhook-registry.service';
import { Workspace } from '../../src/twenty/records/workspace.service';
import { type TwentyLayer, twentyLayer } from '../support/twenty-layer';

const nobodys = { from: { ownerId: null }, to: { ownerId: null } };
const interactive = { priority: 'interactive' } as const;
const plugin = PluginManifest.load();
const appManifest = join(__dirname, '../../packages/twenty-app/.twenty/output/manifest.json');

describe('the Twenty layer against the sandbox', () => {
  let sandbox: Sandbox;
  let layer: TwentyLayer;
  let customers: CustomerRecords;
  let followed: FollowedRecords;
  let members: MemberRecord[];

  beforeAll(async () => {
    sandbox = await startSandbox({ manifest: appManifest, apiRatePerMinute: 0 });
    const { clientId, clientSecret } = sandbox.credentials;
    layer = twentyLayer(sandbox.url, {
      TWENTY_CLIENT_ID: clientId,
      TWENTY_CLIENT_SECRET: clientSecret,
      TWENTY_RATE_PER_MINUTE: '100000',
    });
    customers = new CustomerRecords(layer.client);
    followed = new FollowedRecords(layer.client);
    members = await new MemberRecords(layer.client).readAll(interactive);
  });
  afterAll(async () => {
    await layer.close();
    await sandbox.close();
  });

  const tokenFor = async (email: string): Promise<string> => {
    const response = await fetch(`${sandbox.url}/sandbox/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email }),
    });
    return ((await response.json()) as { token: string }).token;
  };
  const all = async (object: 'COMPANY' | 'PERSON'): Promise<CustomerRecord[]> => {
    const name = object === 'COMPANY' ? 'company' : 'person';
    const ids: string[] = [];
    for (let from: RecordCursor | null = null; ;) {
      const { pages }: Listing = await followed.listChanges([{ name, from }], interactive);
      const [page] = pages;
      ids.push(...(page?.changes ?? []).map(({ id }) => id));
      const last = page?.changes.at(-1);
      if (!last || page?.isLast) return inOrderOf(ids, await customers.readByIds(object, ids, interactive));
      from = { updatedAt: last.updatedAt, id: last.id };
    }
  };
  const free = async (count: number, object: 'COMPANY' | 'PERSON' = 'COMPANY'): Promise<CustomerRecord[]> => {
    return (await all(object))
      .filter(({ ownerId, deletedAt }) => ownerId === null && deletedAt === null)
      .slice(0, count);
  };
  const eventOf = (fields: Partial<OwnershipEventRecord>): OwnershipEventRecord => {
    const id = randomUUID();
    return {
      id,
      eventType: 'CLAIMED',
      object: 'COMPANY',
      recordId: null,
      fromMemberId: null,
      toMemberId: members[0]?.id ?? null,
      actorMemberId: null,
      fromName: null,
      toName: 'Anna',
      actorName: null,
      isSystem: false,
      customerPoolId: null,
      reason: null,
      note: null,
      rule: null,
      facts: { limit: 20 },
      batchId: null,
      happenedAt: '2026-01-05T00:00:00.000Z',
      engineId: id,
      ...fields,
    };
  };
  const history = async (): Promise<Map<string, OwnershipEventRecord>> => {
    const events = new Map<string, OwnershipEventRecord>();
    await new OwnershipEventRecords(layer.client, PluginManifest.load()).readAll(
      (page) => page.forEach((event) => events.set(event.id, event)),
      interactive,
    );
    return events;
  };

  it('should read every company and person once', async () => {
    for (const [object, count] of [
      ['COMPANY', 2_000],
      ['PERSON', 3_000],
    ] as const) {
      const records = await all(object);
      expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
      expect(records.length).toBeGreaterThanOrEqual(count);
    }
  });

  it('should read members, pools with their policy, and settings', async () => {
    expect(new Set(members.map(({ id, email, name }) => `${id} ${email} ${name}`))).toEqual(
      new Set(sandbox.members.map(({ id, email, name }) => `${id} ${email} ${name}`)),
    );
    const { pools, members: poolMembers } = await new PoolRecords(layer.client, plugin).readAll(interactive);
    expect(pools.map(({ fields }) => fields['isDefault']).filter(Boolean)).toHaveLength(1);
    expect(pools).toHaveLength(3);
    expect(poolMembers.length).toBeGreaterThan(0);
    expect((await new SettingsReader(layer.client, plugin).read(interactive)).get('TIME_ZONE')).toBe('Asia/Shanghai');
  });

  it("should write a pool's problem and take it back", async () => {
    const pools = new PoolRecords(layer.client, plugin);
    const problemOf = async (id: string): Promise<unknown> =>
      (await pools.readAll(interactive)).pools.find((pool) => pool.id === id)?.fields['policyProblem'];
    const [pool] = (await pools.readAll(interactive)).pools;
    if (!pool) throw new Error('No pool');
    await pools.setProblem(pool.id, 'claimLimit cannot be 0', interactive);
    expect(await problemOf(pool.id)).toBe('claimLimit cannot be 0');
    await pools.setProblem(pool.id, null, interactive);
    expect((await problemOf(pool.id)) || null).toBeNull();
    await expect(pools.setProblem(randomUUID(), null, interactive)).rejects.toMatchObject({ kind: 'NOT_FOUND' });
  });

  it('should know the caller, the workspace and who is an admin', async () => {
    const introspection = new Introspection(
      layer.client,
      new EngineTime(new SystemTimeClock()),
      new ObjectIds(layer.client),
    );
    const workspace = await new Workspace(layer.auth, layer.client, plugin).describe(interactive);
    for (const { id, email, role } of sandbox.members) {
      const identity = await introspection.whoIs(await tokenFor(email), interactive);
      expect(identity).toMatchObject({ memberId: id, email, ...workspace, isWorkspaceAdmin: role === 'admin' });
    }
    expect(await introspection.whoIs(await layer.auth.token(), interactive)).toEqual({
      memberId: null,
      ...workspace,
      expiresAt: expect.any(Number),
    });
    await expect(introspection.whoIs(sandbox.credentials.apiKey, interactive)).rejects.toMatchObject({
      kind: 'UNAUTHENTICATED',
    });
  });

  it.each(['COMPANY', 'PERSON'] as const)(
    'should give a free %s to exactly one of twelve members who claim at once',
    async (object) => {
      const [record] = await free(1, object);
      if (!record) throw new Error('Nothing is free');
      const claim = (ownerId: string) =>
        customers.write(
          {
            object,
            records: [{ id: record.id, fence: { from: { ownerId: null }, to: { ownerId } } }],
            data: { ownerId, poolStatus: 'OWNED', ownedSince: '2026-01-05T00:00:00.000Z' },
          },
          interactive,
        );
      const results = await Promise.all(members.map(({ id }) => claim(id)));
      const winners = results.flatMap(({ winners: won }) => won);
      expect(winners).toHaveLength(1);
      const [now] = await customers.readByIds(object, [record.id], interactive);
      expect(now).toMatchObject({
        ownerId: winners[0]?.ownerId,
        poolStatus: 'OWNED',
        ownedSince: '2026-01-05T00:00:00.000Z',
      });
      const again = await claim(winners[0]?.ownerId ?? '');
      expect(again.winners).toHaveLength(1);
      const released = await customers.write(
        {
          object,
          records: [
            {
              id: record.id,
              fence: { from: { ownerId: now?.ownerId ?? null, since: now?.ownedSince ?? null }, to: { ownerId: null } },
            },
          ],
          data: { ownerId: null, poolStatus: 'POOLED' },
        },
        interactive,
      );
      expect(released.winners).toMatchObject([{ id: record.id, ownerId: null }]);
    },
  );

  it('should write more records than Twenty takes at once', async () => {
    const records = await free(450);
    expect(records.length).toBe(450);
    const result = await customers.write(
      {
        object: 'COMPANY',
        records: records.map(({ id }) => ({ id, fence: nobodys })),
        data: { poolStatus: 'POOLED' },
      },
      interactive,
    );
    expect(result.failures).toEqual([]);
    expect(result.winners).toHaveLength(450);
  });

  it('should write nothing of a batch whose new owner is gone, and say that it did not happen', async () => {
    const records = await free(3);
    const result = await customers.write(
      {
        object: 'COMPANY',
        records: records.map(({ id }) => ({ id, fence: nobodys })),
        data: { ownerId: randomUUID() },
      },
      interactive,
    );
    expect(result).toMatchObject({ winners: [], failures: [{ error: { kind: 'REJECTED', mayHaveHappened: false } }] });
  });

  it('should say that a write may have happened when Twenty did it and never answered', async () => {
    const [record] = await free(1);
    const id = record?.id ?? '';
    sandbox.setFaults({ timeoutRate: 1, matching: 'updateCompanies', count: 1 });
    const lost = await customers.write(
      { object: 'COMPANY', records: [{ id, fence: nobodys }], data: { duplicateOf: 'seen before' } },
      { ...interactive, timeoutMs: 300 },
    );
    expect(lost).toMatchObject({
      winners: [],
      failures: [{ ids: [id], error: { kind: 'TIMEOUT', mayHaveHappened: true } }],
    });
    expect(await customers.readByIds('COMPANY', [id], interactive)).toMatchObject([{ duplicateOf: 'seen before' }]);
  });

  it("should match records by Twenty's own filters and refuse what is none", async () => {
    const ids = (await free(300)).map(({ id }) => id);
    const named = await customers.matchFilter('COMPANY', ids, { name: { ilike: '%a%' } }, interactive);
    const others = await customers.matchFilter('COMPANY', ids, { not: { name: { ilike: '%a%' } } }, interactive);
    expect(named.size + others.size).toBe(300);
    await expect(customers.matchFilter('COMPANY', ids, { noSuchField: { eq: 1 } }, interactive)).rejects.toMatchObject({
      kind: 'REJECTED',
    });
    await expect(
      customers.matchFilter('COMPANY', ids, { createdAt: { gt: 'yesterday' } }, interactive),
    ).rejects.toMatchObject({ kind: 'REJECTED' });
  });

  it('should keep one line of history per event, also of members who are gone', async () => {
    const [company] = await free(1);
    const event = eventOf({ recordId: company?.id ?? null });
    const ofGoneMember = eventOf({
      recordId: company?.id ?? null,
      toMemberId: randomUUID(),
      toName: 'Somebody who left',
    });
    const records = new OwnershipEventRecords(layer.client, PluginManifest.load());
    await records.upsert([event, ofGoneMember], interactive);
    await records.upsert([event], interactive);
    const stored = await history();
    expect(stored.get(event.id)).toEqual(event);
    expect(stored.get(ofGoneMember.id)).toEqual(ofGoneMember);
  });

  it('should create a task once', async () => {
    const [company] = await free(1);
    const [person] = await free(1, 'PERSON');
    const task = {
      id: randomUUID(),
      title: 'Follow up 跟进',
      body: '**Soon**',
      assigneeId: members[0]?.id ?? null,
      dueAt: '2026-01-08T00:00:00.000Z',
      targets: [
        { object: 'COMPANY', recordId: company?.id ?? '' },
        { object: 'PERSON', recordId: person?.id ?? '' },
      ],
    } as const;
    await new TaskRecords(layer.client).create(task, interactive);
    await expect(new TaskRecords(layer.client).create(task, interactive)).resolves.toBeUndefined();
  });

  it('should be told of a change by one signed webhook, however often it registers', async () => {
    const secret = 'a-secret-of-sixteen';
    let delivered: (delivery: { headers: IncomingHttpHeaders; body: Buffer }) => void = () => {};
    const delivery = new Promise<{ headers: IncomingHttpHeaders; body: Buffer }>((resolve) => (delivered = resolve));
    const receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        response.end();
        delivered({ headers: request.headers, body: Buffer.concat(chunks) });
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhooks/twenty`;
    const registry = new WebhookRegistry(layer.client);
    const first = await registry.ensure(url, ['person.*'], 'another-secret-of-old', interactive);
    const second = await registry.ensure(url, plugin.webhookOperations, secret, interactive);
    expect(second).toBe(first);

    const [company] = await free(1);
    await customers.write(
      { object: 'COMPANY', records: [{ id: company?.id ?? '' }], data: { isLocked: true } },
      interactive,
    );
    const { headers, body } = await delivery;
    receiver.close();
    expect(verifyWebhook(headers, body, secret, new Date())).toMatchObject({ ok: true, nonce: expect.any(String) });
    expect(JSON.parse(body.toString())).toMatchObject({
      eventName: 'company.updated',
      record: { id: company?.id, isLocked: true },
    });
  });

  it('should work with an API key as well', async () => {
    const withKey = twentyLayer(sandbox.url, {
      TWENTY_CLIENT_ID: undefined,
      TWENTY_CLIENT_SECRET: undefined,
      TWENTY_API_KEY: sandbox.credentials.apiKey,
    });
    try {
      const own = await new Workspace(layer.auth, layer.client, plugin).describe(interactive);
      expect((await new Workspace(withKey.auth, withKey.client, plugin).describe(interactive)).workspaceId).toBe(
        own.workspaceId,
      );
      expect(await new MemberRecords(withKey.client).readAll(interactive)).toHaveLength(12);
    } finally {
      await withKey.close();
    }
  });
});

function inOrderOf(ids: string[], records: CustomerRecord[]): CustomerRecord[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
