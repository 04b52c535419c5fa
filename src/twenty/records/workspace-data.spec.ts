import {
  data,
  DEFAULT,
  type FakeAnswer,
  type FakeRequest,
  type FakeTwenty,
  graphqlFailure,
  startFakeTwenty,
} from '../../../test/support/fake-twenty';
import { type TwentyLayer, twentyLayer } from '../../../test/support/twenty-layer';
import { PluginManifest } from '../../config/plugin-manifest';
import { MemberRecords } from './member-records.service';
import { PoolRecords } from './pool-records.service';
import { SettingsReader } from './settings-reader.service';
import { TaskRecords } from './task-records.service';
import { WebhookRegistry } from './webhook-registry.service';

const background = { priority: 'background' } as const;
const manifest = PluginManifest.load();
const page = (nodes: unknown[], next: string | null = null) => ({
  edges: nodes.map((node) => ({ node })),
  pageInfo: { endCursor: next, hasNextPage: next !== null },
});

describe('what Twenty says of the workspace', () => {
  let fake: FakeTwenty;
  let layer: TwentyLayer;

  const given = async (answer: (request: FakeRequest, count: number) => FakeAnswer): Promise<void> => {
    fake = await startFakeTwenty((request, count) =>
      request.path === '/oauth/token' ? DEFAULT : answer(request, count),
    );
    layer = twentyLayer(fake.url);
  };

  afterEach(async () => {
    await layer.close();
    await fake.close();
  });

  it('should read members page by page with the names people know them by', async () => {
    const member = {
      userId: 'u',
      name: { firstName: 'Anna', lastName: 'Li' },
      userEmail: 'anna@a.example',
      locale: 'zh-CN',
      timeZone: 'Asia/Shanghai',
    };
    await given((_, count) =>
      data({
        workspaceMembers:
          count === 1
            ? page([{ id: 'm1', ...member }], 'next')
            : page([{ id: 'm2', ...member, name: { firstName: '', lastName: '' }, timeZone: 'system' }]),
      }),
    );
    expect(await new MemberRecords(layer.client).readAll(background)).toEqual([
      { id: 'm1', userId: 'u', name: 'Anna Li', email: 'anna@a.example', locale: 'zh-CN', timeZone: 'Asia/Shanghai' },
      { id: 'm2', userId: 'u', name: 'anna@a.example', email: 'anna@a.example', locale: 'zh-CN', timeZone: null },
    ]);
    expect(fake.requests.map(({ variables }) => variables['after'])).toEqual([undefined, 'next']);
  });

  it('should read every policy field of a pool as Twenty has it', async () => {
    const pool = {
      id: 'p1',
      name: 'East 华东',
      updatedAt: '2026-01-01T00:00:00.000Z',
      deletedAt: null,
      followUpDays: 7,
      routingFilter: { name: { ilike: '%x%' } },
    };
    const member = {
      id: 'pm1',
      customerPoolId: 'p1',
      memberId: 'm1',
      memberRole: 'MANAGER',
      holdingCapacity: null,
      claimLimit: 5,
      weight: 1,
      isOnDuty: true,
      matchValues: null,
      createdAt: '2026-01-05T00:00:00.000Z',
    };
    const second = { ...member, id: 'pm2' };
    await given((_, count) =>
      data(
        count === 1
          ? {
              customerPools: page([pool]),
              customerPoolMembers: page([member], 'next'),
              reclaimRules: page([]),
              memberLeaves: page([{ id: 'l1', memberId: 'm1', from: '2026-01-01', until: null }]),
            }
          : { customerPoolMembers: page([second]) },
      ),
    );
    const { pools, members, rules, leaves } = await new PoolRecords(layer.client, manifest).readAll(background);
    expect(fake.requests.map(({ variables }) => variables['after'])).toEqual([undefined, 'next']);
    expect([rules, leaves]).toEqual([[], [{ id: 'l1', memberId: 'm1', from: '2026-01-01', until: null }]]);
    expect(pools).toMatchObject([
      {
        id: 'p1',
        name: 'East 华东',
        deletedAt: null,
        fields: { followUpDays: 7, routingFilter: { name: { ilike: '%x%' } } },
      },
    ]);
    expect(Object.keys(pools[0]?.fields ?? {})).toEqual(manifest.poolFields.map(({ name }) => name));
    const { customerPoolId: _, ...rest } = member;
    expect(members).toEqual([
      { ...rest, poolId: 'p1' },
      { ...rest, id: 'pm2', poolId: 'p1' },
    ]);
  });

  it('should read the declared settings as text', async () => {
    const variables = [
      { key: 'TIME_ZONE', value: 'Asia/Shanghai' },
      { key: 'SOMEBODY_ELSES', value: 'x' },
    ];
    await given(() => data({ findOneApplication: { id: 'a', applicationVariables: variables } }));
    expect(await new SettingsReader(layer.client, manifest).read(background)).toEqual(
      new Map([['TIME_ZONE', 'Asia/Shanghai']]),
    );
    expect(fake.requests[0]?.variables).toEqual({ universalIdentifier: manifest.universalIdentifier });
  });

  it("should read the settings from the app's route when the role may not see applications", async () => {
    await given(({ path }) =>
      path === '/s/highseas/settings'
        ? { json: { TIME_ZONE: 'Europe/Berlin', PATH: '/usr/bin' } }
        : graphqlFailure('INTERNAL_SERVER_ERROR', 'Entity performing the request does not have permission'),
    );
    expect(await new SettingsReader(layer.client, manifest).read(background)).toEqual(
      new Map([['TIME_ZONE', 'Europe/Berlin']]),
    );
  });

  it('should create a task once however often it is asked to', async () => {
    await given(() => data({ createTask: { id: 't1' }, createTaskTargets: [] }));
    const task = {
      id: '7f3d3c5e-2d5c-4a53-9b0e-0d6a4a8a1c11',
      title: 'Follow up 跟进',
      assigneeId: 'm1',
      dueAt: null,
      targets: [
        { object: 'COMPANY', recordId: 'c1' },
        { object: 'PERSON', recordId: 'p1' },
      ],
    } as const;
    await new TaskRecords(layer.client).create(task, background);
    await new TaskRecords(layer.client).create(task, background);
    expect(fake.requests[1]?.variables).toEqual({
      data: [
        expect.objectContaining({ taskId: task.id, targetCompanyId: 'c1' }),
        expect.objectContaining({ taskId: task.id, targetPersonId: 'p1' }),
      ],
    });
    expect(fake.requests[3]?.variables).toEqual(fake.requests[1]?.variables);
  });

  describe('WebhookRegistry', () => {
    const url = 'https://engine.example/webhooks/twenty';
    const hook = (id: string, fields: Record<string, unknown> = {}) => ({
      id,
      targetUrl: url,
      operations: ['company.*', 'person.*'],
      secret: 'secret-of-sixteen',
      createdAt: '2026-01-01T00:00:00.000Z',
      ...fields,
    });
    const ensure = (): Promise<string> =>
      new WebhookRegistry(layer.client).ensure(url, ['person.*', 'company.*'], 'secret-of-sixteen', background);
    const existing = (...webhooks: unknown[]) =>
      given(({ query }) =>
        data(
          query.includes('webhooks')
            ? { webhooks }
            : { createWebhook: { id: 'new' }, updateWebhook: { id: 'x' }, deleteWebhook: { id: 'x' } },
        ),
      );
    const changes = () =>
      fake.requests.slice(1).map(({ query, variables }) => [/mutation (\w+)/.exec(query)?.[1], variables]);

    it('should register once', async () => {
      await existing(hook('theirs', { targetUrl: 'https://elsewhere.example' }));
      expect(await ensure()).toBe('new');
      expect(changes()).toEqual([
        [
          'CreateWebhook',
          {
            input: expect.objectContaining({
              targetUrl: url,
              operations: ['person.*', 'company.*'],
              secret: 'secret-of-sixteen',
            }),
          },
        ],
      ]);
    });

    it('should leave a right one as it is', async () => {
      await existing(hook('w1'));
      expect(await ensure()).toBe('w1');
      expect(changes()).toEqual([]);
    });

    it('should correct an outdated one and take later duplicates away', async () => {
      await existing(hook('w2', { createdAt: '2026-01-02T00:00:00.000Z' }), hook('w1', { secret: 'old' }));
      expect(await ensure()).toBe('w1');
      expect(changes()).toEqual([
        ['DeleteWebhook', { id: 'w2' }],
        [
          'UpdateWebhook',
          { input: { id: 'w1', update: { operations: ['person.*', 'company.*'], secret: 'secret-of-sixteen' } } },
        ],
      ]);
    });
  });
});
