import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../packages/twenty-sandbox/src';
import { pluginManifest } from '../../packages/twenty-sandbox/test/support/plugin-manifest';
import { SandboxClient } from '../../packages/twenty-sandbox/test/support/sandbox-client';
import { WebhookReceiver, type Delivery } from '../../packages/twenty-sandbox/test/support/webhook-receiver';
import { describeWithRecordings } from '../support/recorded-twenty';

interface RecordedWebhook {
  case: string;
  headers: Record<string, string>;
  body: Delivery['body'];
}

const SECRET = 'a secret for webhooks';

/** Columns of the demo workspace's own fields and objects, and of the early app that was installed when the bodies were recorded. */
const NOT_OURS = new Set([
  'tagline',
  'introVideo',
  'workPolicy',
  'visaSponsorship',
  'employees',
  'targetRocketId',
  'targetPetId',
  'targetSurveyResultId',
  'targetEmploymentHistoryId',
  'targetPetCareAgreementId',
  'targetExampleItemId',
]);

const kindOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** Where two bodies do not have the same shape; a null on either side says nothing about a type. */
function shapeDifferences(actual: unknown, expected: unknown, path: string): string[] {
  if (actual === null || expected === null) return [];
  if (kindOf(actual) !== kindOf(expected)) return [`${path}: ${kindOf(actual)}, Twenty has ${kindOf(expected)}`];
  if (kindOf(expected) !== 'object') return [];
  const [left, right] = [actual as Record<string, unknown>, expected as Record<string, unknown>];
  return Object.keys(right).flatMap((key) => {
    if (NOT_OURS.has(key) || (path === 'customerPoolMember.created.record' && key === 'workspaceMemberId')) return [];
    return key in left ? shapeDifferences(left[key], right[key], `${path}.${key}`) : [`${path}.${key} is missing`];
  });
}

describeWithRecordings('webhooks of the sandbox', () => {
  const recorded = () =>
    JSON.parse(readFileSync(join(__dirname, '../../../shared/twenty/webhooks-2.21.json'), 'utf8')) as RecordedWebhook[];
  let sandbox: Sandbox;
  let receiver: WebhookReceiver;
  const bodyOf = (name: string) => {
    const found = recorded().find((entry) => entry.case === name);
    if (!found) throw new Error(`Not recorded: ${name}`);
    return found.body;
  };

  beforeAll(async () => {
    sandbox = await startSandbox({ manifest: pluginManifest() });
    receiver = await WebhookReceiver.start();
    const client = new SandboxClient(sandbox);
    const app = await client.appToken();
    const user = await client.token({ email: 'tom.baker@highseas.example', kind: 'user' });
    const admin = await client.token({ email: 'alice.morgan@highseas.example', kind: 'user' });
    await client.metadata(app, 'mutation($i:CreateWebhookInput!){createWebhook(input:$i){id}}', {
      i: { targetUrl: receiver.url, operations: ['*.*'], secret: SECRET },
    });
    const create = async (token: string, object: string, data: Record<string, unknown>): Promise<string> => {
      const answer = await client.records<Record<string, { id: string }>>(
        token,
        `mutation($d:${object}CreateInput!){create${object}(data:$d){id}}`,
        { d: data },
      );
      const id = answer.data?.[`create${object}`]?.id;
      if (id === undefined) throw new Error(JSON.stringify(answer));
      return id;
    };
    const run = (token: string, mutation: string, variables: Record<string, unknown>) =>
      client.records(token, mutation, variables);

    const company = await create(user, 'Company', { name: 'J2' });
    await create(app, 'OwnershipEvent', { name: 'u1', engineId: 'dup-1', companyId: company });
    const [pool] = [...sandbox.workspace.store.table('customerPool').all()];
    const member = sandbox.members.find(({ email }) => email.startsWith('emma'))?.id;
    await create(app, 'CustomerPoolMember', {
      name: 'v',
      memberRole: 'MEMBER',
      customerPoolId: pool?.id,
      memberId: member,
    });
    const opportunity = await create(app, 'Opportunity', { name: 'Deal probe', companyId: company });
    await run(app, 'mutation($i:UUID!){updateOpportunity(id:$i,data:{stage:MEETING}){id}}', { i: opportunity });
    const note = await create(user, 'Note', { title: 'Probe note', bodyV2: { markdown: 'hello' } });
    await create(user, 'NoteTarget', { noteId: note, targetCompanyId: company });
    const task = await create(app, 'Task', { title: 'Probe task', dueAt: '2026-12-01T00:00:00Z' });
    await create(app, 'TaskTarget', { taskId: task, targetCompanyId: company });
    await run(app, 'mutation($i:UUID!){updateTask(id:$i,data:{status:DONE}){id}}', { i: task });
    await run(app, 'mutation($i:UUID!,$m:ID){updateCompany(id:$i,data:{accountOwnerId:$m}){id}}', {
      i: company,
      m: member,
    });
    await run(user, 'mutation($i:UUID!){updateCompany(id:$i,data:{name:"jony"}){id}}', { i: company });
    await run(user, 'mutation($i:UUID!){deleteCompany(id:$i){id}}', { i: company });
    await run(user, 'mutation($i:UUID!){restoreCompany(id:$i){id}}', { i: company });
    await run(user, 'mutation($i:UUID!){destroyCompany(id:$i){id}}', { i: company });
    const self = sandbox.members.find(({ email }) => email.startsWith('tom'))?.id;
    await run(user, 'mutation($i:UUID!){updateWorkspaceMember(id:$i,data:{locale:"zh-CN"}){id}}', { i: self });
    await client.metadata(admin, 'mutation($m:String!){deleteUserFromWorkspace(workspaceMemberIdToDelete:$m){id}}', {
      m: member,
    });
    await sandbox.webhooks.idle();
  });
  afterAll(async () => {
    await sandbox.close();
    await receiver.close();
  });

  it.each([
    ['company.created', 'company.created'],
    ['ownershipEvent.created', 'ownershipEvent.created'],
    ['opportunity.created', 'opportunity.created'],
    ['opportunity.updated', 'opportunity.updated'],
    ['noteTarget.created', 'noteTarget.created'],
    ['taskTarget.created', 'taskTarget.created'],
    ['note.created', 'note.created'],
    ['task.updated', 'task.updated'],
    ['customerPoolMember.created', 'customerPoolMember.created'],
    ['workspaceMember.destroyed', 'workspaceMember.destroyed'],
    ['workspaceMember.updated', 'workspaceMember.updated'],
    ['company.deleted (by a user)', 'company.deleted'],
    ['company.restored (by a user)', 'company.restored'],
    ['company.destroyed (by a user)', 'company.destroyed'],
  ])('should send %s in the shape Twenty does', (recordedAs, eventName) => {
    const expected = bodyOf(recordedAs);
    const [delivery] = receiver.of(eventName);
    expect(delivery).toBeDefined();
    const { body } = delivery as Delivery;
    expect(
      shapeDifferences(body, expected, eventName).filter(
        (line) => !/\.(userId|workspaceMemberId) is missing/.test(line),
      ),
    ).toEqual([]);
    expect(Object.keys(body).filter((key) => !/^(userId|workspaceMemberId)$/.test(key))).toEqual(
      Object.keys(expected).filter((key) => !/^(userId|workspaceMemberId)$/.test(key)),
    );
  });

  it('should name the user who wrote, and nobody for the application', () => {
    const [byUser] = receiver.of('company.created');
    const [byApp] = receiver.of('opportunity.created');
    expect(byUser?.body).toMatchObject({
      userId: expect.any(String),
      workspaceMemberId: expect.any(String),
      record: { createdBy: { source: 'MANUAL', name: 'Tom Baker' } },
    });
    expect(byApp?.body).not.toHaveProperty('userId');
    expect(byApp?.body).not.toHaveProperty('workspaceMemberId');
    expect(byApp?.body.record.createdBy).toEqual({
      source: 'APPLICATION',
      workspaceMemberId: null,
      name: 'Highseas',
      context: {},
    });
  });

  it('should name both the relation and its column in updatedFields', () => {
    const updates = receiver.of('company.updated').map(({ body }) => body.updatedFields);
    // Two deliveries under way at once may arrive in either order.
    expect(updates).toHaveLength(2);
    expect(updates).toContainEqual(['updatedBy', 'accountOwner', 'accountOwnerId']);
    expect(updates).toContainEqual(['name', 'updatedBy']);
    expect(receiver.of('workspaceMember.updated')[0]?.body.updatedFields).toEqual(
      bodyOf('workspaceMember.updated').updatedFields,
    );
    expect(receiver.of('opportunity.updated')[0]?.body.updatedFields).toEqual(['stage']);
  });

  it('should sign the body as it is sent and give each delivery its own nonce', () => {
    const nonces = new Set<unknown>();
    for (const { headers, text } of receiver.deliveries) {
      const timestamp = String(headers['x-twenty-webhook-timestamp']);
      expect(headers['x-twenty-webhook-signature']).toBe(
        createHmac('sha256', SECRET).update(`${timestamp}:${text}`).digest('hex'),
      );
      nonces.add(headers['x-twenty-webhook-nonce']);
    }
    expect(nonces.size).toBe(receiver.deliveries.length);
  });
});
