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
import { OwnershipEventRecords } from './ownership-event-records.service';
import type { OwnershipEventRecord } from './twenty.types';

const background = { priority: 'background' } as const;

const event = (fields: Partial<OwnershipEventRecord> = {}): OwnershipEventRecord => ({
  id: 'e1',
  eventType: 'CLAIMED',
  object: 'PERSON',
  recordId: 'person-1',
  fromMemberId: null,
  toMemberId: 'm1',
  actorMemberId: 'm1',
  fromName: null,
  toName: 'Anna',
  actorName: 'Anna',
  isSystem: false,
  customerPoolId: 'pool-1',
  reason: null,
  note: null,
  rule: null,
  facts: { limit: 20 },
  batchId: 'b1',
  happenedAt: '2026-01-05T00:00:00.000Z',
  engineId: 'e1',
  ...fields,
});

describe('OwnershipEventRecords', () => {
  let fake: FakeTwenty;
  let layer: TwentyLayer;
  let records: OwnershipEventRecords;

  const given = async (answer: (request: FakeRequest, count: number) => FakeAnswer): Promise<void> => {
    fake = await startFakeTwenty((request, count) =>
      request.path === '/oauth/token' ? DEFAULT : answer(request, count),
    );
    layer = twentyLayer(fake.url);
    records = new OwnershipEventRecords(layer.client, PluginManifest.load());
  };
  const written = (call: number): Record<string, unknown>[] =>
    fake.requests[call]?.variables['data'] as Record<string, unknown>[];
  const readBack = async (nodes: Record<string, unknown>[]): Promise<OwnershipEventRecord[]> => {
    const seen: OwnershipEventRecord[] = [];
    await given(() =>
      data({
        ownershipEvents: { edges: nodes.map((node) => ({ node })), pageInfo: { endCursor: 'x', hasNextPage: false } },
      }),
    );
    await records.readAll((events) => void seen.push(...events), background);
    return seen;
  };

  afterEach(async () => {
    await layer.close();
    await fake.close();
  });

  it.each([
    ['facts', { limit: 20 }],
    ['no facts', null],
    ['facts that are a list', [1, 2]],
    ['facts that are a number', 0],
  ])('should read an event with %s as it was written', async (_, facts) => {
    await given(() => data({ createOwnershipEvents: [] }));
    await records.upsert([event({ facts })], background);
    const stored = written(0);
    await layer.close();
    await fake.close();
    expect(await readBack(stored)).toEqual([event({ facts })]);
  });

  it('should still know whose history it is when Twenty has emptied the relations', async () => {
    await given(() => data({ createOwnershipEvents: [] }));
    await records.upsert([event()], background);
    const stored = written(0).map((node) => ({
      ...node,
      personId: null,
      toMemberId: null,
      actorMemberId: null,
      customerPoolId: null,
    }));
    await layer.close();
    await fake.close();
    expect(await readBack(stored)).toEqual([event()]);
  });

  it('should pass over records that are no history', async () => {
    expect(await readBack([{ id: 'made by hand', eventType: null, happenedAt: null, facts: null }])).toEqual([]);
  });

  it.each([
    [{ eventType: 'CLAIMED' as const, fromName: null, toName: 'Anna' }, 'Claimed 领取 · Anna'],
    [{ eventType: 'REASSIGNED' as const, fromName: '张敏', toName: 'Anna' }, 'Reassigned 转移 · 张敏 → Anna'],
    [{ eventType: 'PROTECTED' as const, fromName: 'Anna', toName: 'Anna' }, 'Protected 保护 · Anna'],
    [{ eventType: 'ROUTED' as const, fromName: null, toName: null }, 'Routed to a pool 进入公海'],
  ])('should name %p in words that people read in a list', async (fields, name) => {
    await given(() => data({ createOwnershipEvents: [] }));
    await records.upsert([event(fields)], background);
    expect(written(0)[0]).toMatchObject({ name });
  });

  it('should send 200 events a call', async () => {
    await given(() => data({ createOwnershipEvents: [] }));
    await records.upsert(
      Array.from({ length: 401 }, (_, n) => event({ id: `e${n}` })),
      background,
    );
    expect([0, 1, 2].map((call) => written(call).length)).toEqual([200, 200, 1]);
  });

  it('should write an event whose member is gone without the relation instead of losing the batch', async () => {
    await given(({ query, variables }) => {
      if (query.includes('FindReferenced')) {
        const none = { edges: [] };
        return data({
          companies: none,
          people: { edges: [{ node: { id: 'person-1' } }] },
          customerPools: { edges: [{ node: { id: 'pool-1' } }] },
          workspaceMembers: none,
        });
      }
      return JSON.stringify(variables).includes('"toMemberId":"m1"')
        ? graphqlFailure(
            'BAD_USER_INPUT',
            'insert or update on table "ownershipEvent" violates foreign key constraint "FK_1"',
          )
        : data({ createOwnershipEvents: [] });
    });
    await records.upsert([event()], background);
    expect(written(2)[0]).toMatchObject({
      personId: 'person-1',
      customerPoolId: 'pool-1',
      toMemberId: null,
      actorMemberId: null,
      toName: 'Anna',
    });
  });

  it('should not hide another refusal', async () => {
    await given(() =>
      graphqlFailure('BAD_USER_INPUT', 'Invalid value "NOPE" for field "eventType"', { subCode: 'INVALID_ARGS_DATA' }),
    );
    await expect(records.upsert([event()], background)).rejects.toMatchObject({ kind: 'REJECTED' });
    expect(fake.requests).toHaveLength(1);
  });
});
