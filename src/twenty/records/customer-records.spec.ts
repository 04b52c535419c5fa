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
import { CustomerRecords } from './customer-records.service';

const interactive = { priority: 'interactive' } as const;
const free = { from: { ownerId: null }, to: { ownerId: 'me' } };

const company = (id: string, fields: Record<string, unknown> = {}) => ({
  id,
  name: `Company ${id}`,
  accountOwnerId: null,
  customerPoolId: null,
  poolStatus: null,
  ownedSince: null,
  pooledSince: null,
  protectedUntil: null,
  lastActivityOn: null,
  reclaimOn: null,
  reclaimRule: null,
  isLocked: null,
  formerOwnerId: null,
  duplicateOf: null,
  domainName: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-02T00:00:00.000Z',
  deletedAt: null,
  updatedBy: { source: 'MANUAL', workspaceMemberId: 'm1', name: 'Anna' },
  ...fields,
});
const companies = (...nodes: unknown[]): FakeAnswer => data({ companies: { edges: nodes.map((node) => ({ node })) } });

describe('CustomerRecords', () => {
  let fake: FakeTwenty;
  let layer: TwentyLayer;
  let records: CustomerRecords;

  const given = async (answer: (request: FakeRequest, count: number) => FakeAnswer): Promise<void> => {
    fake = await startFakeTwenty((request, count) =>
      request.path === '/oauth/token' ? DEFAULT : answer(request, count),
    );
    layer = twentyLayer(fake.url);
    records = new CustomerRecords(layer.client);
  };

  afterEach(async () => {
    await layer.close();
    await fake.close();
  });

  it('should write at most 200 records a call and say of each failed batch which records it held', async () => {
    await given(({ variables }, count) =>
      count === 2
        ? { status: 503, text: '' }
        : data({
            updateCompanies: idsIn(variables).map((id) => ({
              id,
              accountOwnerId: 'me',
              updatedAt: '2026-01-03T00:00:00.000Z',
            })),
          }),
    );
    const ids = Array.from({ length: 450 }, (_, n) => `id-${n}`);
    const result = await records.write(
      {
        object: 'COMPANY',
        records: ids.map((id) => ({ id, fence: free })),
        data: { ownerId: 'me', poolStatus: 'OWNED' },
      },
      interactive,
    );
    expect(fake.requests).toHaveLength(3);
    expect(fake.requests[0]?.variables['data']).toEqual({ accountOwnerId: 'me', poolStatus: 'OWNED' });
    expect(result.winners.map(({ id }) => id)).toEqual([...ids.slice(0, 200), ...ids.slice(400)]);
    expect(result.winners[0]).toEqual({ id: 'id-0', ownerId: 'me', updatedAt: '2026-01-03T00:00:00.000Z' });
    expect(result.failures).toEqual([
      { ids: ids.slice(200, 400), error: expect.objectContaining({ kind: 'SERVER', mayHaveHappened: true }) },
    ]);
  });

  it('should read each id once, a thousand at a time', async () => {
    await given(({ variables }) => companies(...idsIn(variables).map((id) => company(id))));
    const ids = Array.from({ length: 1050 }, (_, n) => `id-${n}`);
    expect(await records.readByIds('COMPANY', [...ids, 'id-0'], interactive)).toHaveLength(1050);
    expect(fake.requests.map(({ variables }) => idsIn(variables).length)).toEqual([1000, 50]);
  });

  it('should leave the matching to Twenty and pass its refusal of a filter on', async () => {
    await given(({ variables }) =>
      JSON.stringify(variables).includes('nope')
        ? graphqlFailure('BAD_USER_INPUT', 'Object company doesn\'t have any "nope" field.', {
            subCode: 'INVALID_ARGS_FILTER',
          })
        : data({ people: { edges: [{ node: { id: 'b' } }] } }),
    );
    expect(
      await records.matchFilter('PERSON', ['a', 'b'], { createdBy: { source: { in: ['IMPORT'] } } }, interactive),
    ).toEqual(new Set(['b']));
    await expect(records.matchFilter('PERSON', ['a'], { nope: { eq: 1 } }, interactive)).rejects.toMatchObject({
      kind: 'REJECTED',
    });
    await expect(records.matchFilter('PERSON', ['a'], 'industry = x', interactive)).rejects.toMatchObject({
      kind: 'REJECTED',
      code: 'FILTER_NOT_AN_OBJECT',
    });
    expect(fake.requests).toHaveLength(2);
  });
});

function idsIn(variables: Record<string, unknown>): string[] {
  const { and } = variables['filter'] as { and: [{ id: { in: string[] } }] };
  return and[0].id.in;
}
