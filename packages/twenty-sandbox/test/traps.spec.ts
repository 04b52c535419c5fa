import { startSandbox, type Sandbox } from '../src';
import { pluginManifest } from './support/plugin-manifest';
import { SandboxClient } from './support/sandbox-client';
import { WebhookReceiver } from './support/webhook-receiver';

const CLAIM_BADLY = `mutation($ids:[UUID!],$m:ID){updateCompanies(
  filter:{and:[{id:{in:$ids}},{accountOwnerId:{is:NULL}}]},data:{accountOwnerId:$m}){id accountOwnerId}}`;
const CLAIM = `mutation($ids:[UUID!],$m:ID){updateCompanies(
  filter:{and:[{id:{in:$ids}},{deletedAt:{is:NULL}},{or:[{accountOwnerId:{is:NULL}},{accountOwnerId:{eq:$m}}]}]},data:{accountOwnerId:$m}){id accountOwnerId}}`;

interface Updated {
  updateCompanies: { id: string; accountOwnerId: string }[] | null;
}

describe('the traps of Twenty', () => {
  let sandbox: Sandbox;
  let receiver: WebhookReceiver;
  let client: SandboxClient;
  let app: string;
  let admin: string;
  const table = () => sandbox.workspace.store.table('company');
  const member = (index: number): string => sandbox.members[index]?.id ?? '';
  const free = (count: number): string[] =>
    [...table().all()]
      .filter((company) => company.accountOwnerId === null)
      .slice(0, count)
      .map(({ id }) => id);

  beforeEach(async () => {
    sandbox = await startSandbox({ manifest: pluginManifest(), apiRatePerMinute: 0 });
    receiver = await WebhookReceiver.start();
    client = new SandboxClient(sandbox);
    app = await client.appToken();
    admin = await client.token({ email: 'alice.morgan@highseas.example', kind: 'user' });
    await client.metadata(app, 'mutation($i:CreateWebhookInput!){createWebhook(input:$i){id}}', {
      i: {
        targetUrl: receiver.url,
        operations: ['company.*', 'person.*', 'workspaceMember.*', '*.destroyed'],
        secret: 's',
      },
    });
  });
  afterEach(async () => {
    await sandbox.close();
    await receiver.close();
  });

  it('should tell nobody of an update whose own filter it falsifies', async () => {
    const [id] = free(1);
    const answer = await client.records<Updated>(app, CLAIM_BADLY, { ids: [id], m: member(5) });
    await sandbox.webhooks.idle();
    expect(answer.data?.updateCompanies).toEqual([{ id, accountOwnerId: member(5) }]);
    expect(receiver.deliveries).toEqual([]);
  });

  it('should tell of the same update when its filter also allows the new value', async () => {
    const [id] = free(1);
    await client.records<Updated>(app, CLAIM, { ids: [id], m: member(5) });
    await sandbox.webhooks.idle();
    expect(receiver.of('company.updated').map(({ body }) => body.record.id)).toEqual([id]);
  });

  it('should give a record to exactly one of twenty members who claim it at once', async () => {
    const [id] = free(1);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        client.records<Updated>(app, CLAIM, { ids: [id], m: member(index % 12) }),
      ),
    );
    const winners = new Set(
      answers.flatMap(({ data }) => (data?.updateCompanies ?? []).map(({ accountOwnerId }) => accountOwnerId)),
    );
    expect(winners.size).toBe(1);
    expect([...winners]).toEqual([table().get(id ?? '')?.accountOwnerId]);
  });

  it('should move updatedAt without telling anybody when the same values are written again', async () => {
    const [id = ''] = free(1);
    await client.records<Updated>(app, CLAIM, { ids: [id], m: member(5) });
    const before = table().get(id)?.updatedAt ?? '';
    sandbox.clock.advance(1000);
    await client.records<Updated>(app, CLAIM, { ids: [id], m: member(5) });
    await sandbox.webhooks.idle();
    expect((table().get(id)?.updatedAt ?? '') > before).toBe(true);
    expect(receiver.of('company.updated')).toHaveLength(1);
  });

  it('should empty the owners of a removed member in silence', async () => {
    const leaving = sandbox.members.find(({ role }) => role === 'rep')?.id ?? '';
    const owned = [...table().related('accountOwnerId', leaving)];
    const before = new Map(owned.map((id) => [id, table().get(id)?.updatedAt]));
    expect(owned.length).toBeGreaterThan(10);
    await client.metadata(admin, 'mutation($m:String!){deleteUserFromWorkspace(workspaceMemberIdToDelete:$m){id}}', {
      m: leaving,
    });
    await sandbox.webhooks.idle();
    expect(owned.map((id) => table().get(id)?.accountOwnerId)).toEqual(owned.map(() => null));
    expect(owned.map((id) => table().get(id)?.updatedAt)).toEqual(owned.map((id) => before.get(id)));
    expect(receiver.deliveries.map(({ body }) => [body.eventName, body.record.id])).toEqual([
      ['workspaceMember.destroyed', leaving],
    ]);
    const answer = await client.records<{ workspaceMembers: { totalCount: number } }>(
      app,
      '{workspaceMembers(filter:{or:[{deletedAt:{is:NULL}},{deletedAt:{is:NOT_NULL}}]}){totalCount}}',
    );
    expect(answer.data?.workspaceMembers.totalCount).toBe(11);
  });

  it('should refuse the whole batch when one relation names a member who is gone', async () => {
    const ids = free(2);
    const gone = '00000000-0000-4000-8000-000000000000';
    const answer = await client.records<Updated>(app, CLAIM, { ids, m: gone });
    expect(answer.errors?.[0]?.message).toMatch(/violates foreign key constraint/);
    expect(ids.map((id) => table().get(id)?.accountOwnerId)).toEqual([null, null]);
  });

  it('should create and revive by upsert', async () => {
    const id = '11111111-1111-4111-8111-111111111111';
    const upsert = 'mutation($d:[CompanyCreateInput!]!){createCompanies(data:$d,upsert:true){id name deletedAt}}';
    const created = await client.records(app, upsert, { d: [{ id, duplicateOf: 'x' }] });
    expect(created.data).toEqual({ createCompanies: [{ id, name: '', deletedAt: null }] });
    await client.records(admin, 'mutation($i:UUID!){deleteCompany(id:$i){id}}', { i: id });
    expect(table().get(id)?.deletedAt).not.toBeNull();
    await client.records(app, upsert, { d: [{ id, duplicateOf: 'y' }] });
    expect(table().get(id)?.deletedAt).toBeNull();
  });

  it('should refuse an id that is taken without naming the record in the way', async () => {
    const data = { id: '22222222-2222-4222-8222-222222222222', name: 'Once' };
    const create = 'mutation($d:CompanyCreateInput!){createCompany(data:$d){id}}';
    await client.records(app, create, { d: data });
    const again = await client.records(app, create, { d: data });
    expect(again.errors).toEqual([
      {
        message: 'A duplicate entry was detected',
        extensions: {
          code: 'BAD_USER_INPUT',
          userFriendlyMessage: 'This record already exists. Please check your data and try again.',
        },
      },
    ]);
  });

  it('should update soft-deleted records that a filter names, unless it says otherwise', async () => {
    const [id = ''] = free(1);
    await client.records(admin, 'mutation($i:UUID!){deleteCompany(id:$i){id}}', { i: id });
    const kept = await client.records<Updated>(app, CLAIM, { ids: [id], m: member(5) });
    expect(kept.data?.updateCompanies).toEqual([]);
    const written = await client.records<Updated>(app, CLAIM_BADLY, { ids: [id], m: member(5) });
    expect(written.data?.updateCompanies).toEqual([{ id, accountOwnerId: member(5) }]);
  });

  it('should lose what a receiver does not take', async () => {
    receiver.status = 500;
    const [first, second] = free(2);
    await client.records(app, CLAIM, { ids: [first], m: member(5) });
    await sandbox.webhooks.idle();
    receiver.status = 200;
    await client.records(app, CLAIM, { ids: [second], m: member(5) });
    await sandbox.webhooks.idle();
    expect(receiver.of('company.updated').map(({ body }) => body.record.id)).toEqual([first, second]);
    expect(sandbox.webhooks.counts).toEqual({ delivered: 1, failed: 1, dropped: 0 });
  });

  it('should send one delivery for each of 200 records', async () => {
    const ids = free(200);
    await client.records(app, CLAIM, { ids, m: member(5) });
    await sandbox.webhooks.idle();
    expect(new Set(receiver.of('company.updated').map(({ body }) => body.record.id))).toEqual(new Set(ids));
  });

  it('should count what matches against the limit of 200, and then write nothing', async () => {
    const ids = free(201);
    const answer = await client.records<Updated>(app, CLAIM, { ids, m: member(5) });
    expect(answer.errors?.[0]?.message).toBe('Cannot update more than 200 records at once');
    expect(ids.some((id) => table().get(id)?.accountOwnerId !== null)).toBe(false);
  });
});
