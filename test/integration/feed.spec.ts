import type { DataSource } from 'typeorm';
import { SandboxClock } from '../../packages/twenty-sandbox/src/clock';
import { type Sandbox, startSandbox } from '../../packages/twenty-sandbox/src/index';
import { createDataSource } from '../../src/storage/data-source';
import { TwentyError } from '../../src/twenty/client/twenty-error';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { appManifestPath, buildForEngines } from '../support/engine-process';
import { type FeedLayer, feedLayer, SkewedClock } from '../support/feed-layer';
import { type Member, TwentyHands } from '../support/highseas-twenty';
import { type TwentyLayer, twentyLayer } from '../support/twenty-layer';

const [second, minute, hour] = [1000, 60_000, 3_600_000];
const day = 24 * hour;

jest.setTimeout(120_000);

describe('the feed', () => {
  let sandbox: Sandbox;
  let twenty: TwentyHands;
  let layer: TwentyLayer;
  let database: TestDatabase;
  let dataSource: DataSource;
  let clock: SkewedClock;
  let feed: FeedLayer;
  let tom: Member;
  let company = '';

  beforeAll(async () => {
    await buildForEngines();
  });
  beforeEach(async () => {
    sandbox = await startSandbox({
      manifest: appManifestPath,
      sample: false,
      apiRatePerMinute: 0,
      clock: new SandboxClock(),
    });
    twenty = new TwentyHands(sandbox);
    const { clientId, clientSecret } = sandbox.credentials;
    layer = twentyLayer(sandbox.url, {
      TWENTY_CLIENT_ID: clientId,
      TWENTY_CLIENT_SECRET: clientSecret,
      TWENTY_RATE_PER_MINUTE: '1000000',
    });
    database = await createTestDatabase();
    dataSource = await createDataSource(database.url).initialize();
    clock = new SkewedClock();
    feed = feedLayer(layer, dataSource, clock);
    tom = twenty.member('tom.baker');
    company = twenty.seedCompany();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await dataSource.destroy();
    await database.drop();
    await layer.close();
    await sandbox.close();
  });

  /** As a transaction in Twenty leaves it that began so long ago and has committed only now. */
  const commitLate = (object: string, agoMs: number, values: Record<string, unknown>): string => {
    const at = new Date(sandbox.clock.now() - agoMs).toISOString();
    const id = twenty.seed(object, values);
    twenty.patch(object, id, { createdAt: at, updatedAt: at });
    return id;
  };
  const byTom = () => ({ createdBy: { source: 'MANUAL', workspaceMemberId: tom.id, name: tom.name, context: null } });
  const lateNote = (agoMs: number): string => {
    const noteId = commitLate('note', agoMs, { title: 'Late', ...byTom() });
    commitLate('noteTarget', agoMs, { noteId, targetCompanyId: company });
    return noteId;
  };
  const noteNow = async (): Promise<string> => {
    const noteId = await twenty.create(tom, 'Note', { title: 'Called' });
    await twenty.create(tom, 'NoteTarget', { noteId, targetCompanyId: company });
    return noteId;
  };
  const counted = async (): Promise<string[]> =>
    ((await dataSource.query('SELECT DISTINCT origin_id AS id FROM activity')) as { id: string }[]).map(({ id }) => id);
  const requests = () => jest.spyOn(layer.client, 'request');

  it.each([
    ['of its own', 0],
    ['40 seconds ahead of Twenty', 40 * second],
    ['a minute behind it', -minute],
    ['of a demonstration a month ahead', 30 * day],
  ])('should find what becomes visible late at its next look, by a clock %s', async (_, aheadMs) => {
    clock.aheadMs = aheadMs;
    await feed.begin();
    const first = await noteNow();
    await feed.poll();
    expect(await counted()).toEqual([first]);
    const late = [lateNote(90 * second), lateNote(3 * second)];
    await feed.poll();
    expect((await counted()).sort()).toEqual([first, ...late].sort());
  });

  it('should look further back before anything is taken from anybody', async () => {
    await feed.begin();
    await noteNow();
    await feed.poll();
    const late = lateNote(40 * minute);
    await feed.poll();
    expect(await counted()).not.toContain(late);
    await feed.feed.readUpToNow();
    expect(await counted()).toContain(late);
  });

  it('should count what is linked late, unlinked, and linked to another note', async () => {
    await feed.begin();
    const [one, other] = [await noteNow(), await twenty.create(tom, 'Note', { title: 'Other' })];
    await feed.poll();
    const link = commitLate('noteTarget', minute, { noteId: other, targetCompanyId: company });
    await feed.poll();
    expect((await counted()).sort()).toEqual([one, other].sort());
    twenty.patch('noteTarget', link, { noteId: one, updatedAt: sandbox.clock.iso() });
    await feed.poll();
    expect(await counted()).toEqual([one]);
  });

  it('should take a change whose time is older than what was seen', async () => {
    await feed.begin();
    const dueAt = new Date(sandbox.clock.now() + day).toISOString();
    const task = await twenty.create(tom, 'Task', { title: 'Call', status: 'TODO', dueAt, assigneeId: tom.id });
    await twenty.create(tom, 'TaskTarget', { taskId: task, targetCompanyId: company });
    await noteNow();
    await feed.poll();
    const plans = () => dataSource.query('SELECT task_id FROM plan');
    expect(await plans()).toEqual([{ task_id: task }]);
    const seen = Date.parse(String(twenty.get('task', task)?.['updatedAt']));
    twenty.patch('task', task, { dueAt: null, updatedAt: new Date(seen - 300).toISOString() });
    await feed.poll();
    expect(await plans()).toEqual([]);
  });

  it('should not be led astray by a time that is still to come', async () => {
    await feed.begin();
    const early = await noteNow();
    twenty.patch('note', early, { updatedAt: new Date(sandbox.clock.now() + hour).toISOString() });
    await feed.poll();
    const next = await noteNow();
    await feed.poll();
    expect((await counted()).sort()).toEqual([early, next].sort());
  });

  it('should cost one request when nothing has changed, and read nothing again', async () => {
    await feed.begin();
    for (let count = 0; count < 20; count += 1) await noteNow();
    await feed.poll();
    const spy = requests();
    await feed.poll();
    await feed.feed.readUpToNow();
    expect(spy).toHaveBeenCalledTimes(2);
  });

  it('should read the rest when the engine may not see mail', async () => {
    const real = layer.client.request.bind(layer.client);
    jest.spyOn(layer.client, 'request').mockImplementation((document, variables, options) => {
      const roots = JSON.stringify(
        document.definitions.map((node) => ('selectionSet' in node ? node.selectionSet.selections : [])),
      );
      return roots.includes('"messages"')
        ? Promise.reject(new TwentyError({ kind: 'FORBIDDEN', message: 'No', mayHaveHappened: false }))
        : real(document, variables, options);
    });
    await feed.begin();
    const note = await noteNow();
    await feed.poll();
    expect(await counted()).toEqual([note]);
    expect(
      await dataSource.query(`SELECT source FROM sync_cursor WHERE source LIKE 'message%' AND complete_at IS NULL`),
    ).toEqual([]);
  });

  describe('the audit', () => {
    it('should find what no look has come to see, and what Twenty has put back to an earlier state', async () => {
      await feed.begin();
      const id = await twenty.create(tom, 'Opportunity', {
        name: 'Deal',
        companyId: company,
        stage: 'NEW',
        ownerId: tom.id,
      });
      await twenty.edit(tom, 'Opportunity', id, { stage: 'MEETING' });
      await noteNow();
      await feed.poll();
      const missed = lateNote(2 * day);
      twenty.patch('opportunity', id, {
        stage: 'NEW',
        updatedAt: new Date(sandbox.clock.now() - 2 * hour).toISOString(),
      });
      await feed.feed.readUpToNow();
      expect(await counted()).not.toContain(missed);
      expect(await dataSource.query('SELECT stage FROM opportunity')).toEqual([{ stage: 'MEETING' }]);
      await feed.audit.run();
      expect(await counted()).toContain(missed);
      expect(await dataSource.query('SELECT stage FROM opportunity')).toEqual([{ stage: 'NEW' }]);
    });

    it('should find what was destroyed without a trace, records and links', async () => {
      await feed.begin();
      const [kept, destroyed, unlinked] = [await noteNow(), await noteNow(), await noteNow()];
      await feed.poll();
      await twenty.change(tom, 'destroy', 'Note', destroyed);
      const link = twenty.all('noteTarget').find(({ noteId }) => noteId === unlinked)?.id ?? '';
      await twenty.change(tom, 'destroy', 'NoteTarget', link);
      await feed.feed.readUpToNow();
      expect(await counted()).toHaveLength(3);
      await feed.audit.run();
      expect(await counted()).toEqual([kept]);
      expect(await dataSource.query(`SELECT count(*)::int AS n FROM feed_record WHERE object = 'note'`)).toEqual([
        { n: 2 },
      ]);
    });

    it('should cost a request for each thousand records, and none before it is due again', async () => {
      for (let count = 0; count < 2500; count += 1) twenty.seed('note', { title: 'Old', ...byTom() });
      await feed.begin();
      const spy = requests();
      await feed.audit.round();
      expect(spy).toHaveBeenCalledTimes(3);
      await feed.audit.run();
      expect(spy).toHaveBeenCalledTimes(3);
    });

    it('should go on with the next slice when it is due', async () => {
      for (let count = 0; count < 1500; count += 1) twenty.seed('note', { title: 'Old', ...byTom() });
      await feed.begin();
      const spy = requests();
      await feed.audit.run();
      expect(spy).toHaveBeenCalledTimes(1);
      expect(await dataSource.query(`SELECT done, size FROM feed_audit WHERE object = 'note'`)).toEqual([
        { done: 1000, size: 1500 },
      ]);
      await dataSource.query(`UPDATE feed_audit SET due_at = clock_timestamp() WHERE object = 'note'`);
      await feed.audit.run();
      expect(spy).toHaveBeenCalledTimes(2);
      expect(await dataSource.query(`SELECT done, after FROM feed_audit WHERE object = 'note'`)).toEqual([
        { done: 0, after: null },
      ]);
    });
  });
});
