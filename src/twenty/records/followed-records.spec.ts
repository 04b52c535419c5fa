import {
  data,
  type FakeAnswer,
  type FakeRequest,
  type FakeTwenty,
  startFakeTwenty,
} from '../../../test/support/fake-twenty';
import { type TwentyLayer, twentyLayer } from '../../../test/support/twenty-layer';
import { BEFORE_ALL, FollowedRecords, LISTED_PER_PAGE } from './followed-records.service';

const background = { priority: 'background' } as const;
const AT = '2026-01-02T00:00:00.000Z';
const connection = (...nodes: unknown[]) => ({ edges: nodes.map((node) => ({ node })) });

describe('FollowedRecords', () => {
  let fake: FakeTwenty;
  let layer: TwentyLayer;
  let records: FollowedRecords;

  const given = async (answer: (request: FakeRequest) => FakeAnswer): Promise<void> => {
    fake = await startFakeTwenty((request) => (request.path === '/oauth/token' ? {} : answer(request)));
    layer = twentyLayer(fake.url, {
      TWENTY_CLIENT_ID: undefined,
      TWENTY_CLIENT_SECRET: undefined,
      TWENTY_API_KEY: 'x'.repeat(20),
    });
    records = new FollowedRecords(layer.client);
  };
  afterEach(async () => {
    await layer.close();
    await fake.close();
  });

  it('should list several objects in one request, links by the record they belong to', async () => {
    await given(() => ({
      ...(data({
        notes: connection({ id: 'n', updatedAt: AT }),
        noteTargets: connection({ id: 'l', updatedAt: AT, noteId: 'n' }, { id: 'm', updatedAt: AT, noteId: null }),
      }) as object),
      headers: { date: 'Fri, 02 Jan 2026 00:00:07 GMT' },
    }));
    const listing = await records.listChanges(
      [
        { name: 'note', from: null },
        { name: 'noteTarget', from: { updatedAt: AT, id: 'k' } },
      ],
      background,
    );
    expect(listing).toEqual({
      twentyTime: '2026-01-02T00:00:07.000Z',
      pages: [
        { name: 'note', isLast: true, changes: [{ id: 'n', updatedAt: AT, originId: 'n' }] },
        {
          name: 'noteTarget',
          isLast: true,
          changes: [
            { id: 'l', updatedAt: AT, originId: 'n' },
            { id: 'm', updatedAt: AT, originId: null },
          ],
        },
      ],
    });
    expect(fake.requests).toHaveLength(1);
    expect(JSON.stringify(fake.requests[0]?.variables)).toContain('"id":{"gt":"k"}');
  });

  it('should begin with everything of a moment, without an id that Twenty refuses in filters', async () => {
    await given(() => data({ companies: connection() }));
    await records.listChanges([{ name: 'company', from: { updatedAt: AT, id: BEFORE_ALL } }], background);
    const asked = JSON.stringify(fake.requests[0]?.variables['company']);
    expect(asked).toContain(`"updatedAt":{"gte":"${AT}"}`);
    expect(asked).not.toContain(BEFORE_ALL);
  });

  it('should say that more comes when a page is full', async () => {
    const full = Array.from({ length: LISTED_PER_PAGE }, (_, n) => ({ id: `id-${n}`, updatedAt: AT }));
    await given(() => data({ people: connection(...full) }));
    const { pages } = await records.listIds([{ name: 'person', after: 'id-0' }], background);
    expect(pages[0]).toMatchObject({ name: 'person', isLast: false });
    expect(JSON.stringify(fake.requests[0]?.variables['person'])).toContain('{"id":{"gt":"id-0"}}');
    expect(fake.requests[0]?.query).not.toContain('{ updatedAt: AscNullsFirst }');
  });
});
