import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { type Sandbox, startSandbox } from '../../packages/twenty-sandbox/src/index';
import { SeededRandom } from '../../packages/twenty-sandbox/src/random';
import { createDataSource } from '../../src/storage/data-source';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { appManifestPath, buildForEngines } from '../support/engine-process';
import { feedLayer } from '../support/feed-layer';
import { TwentyHands } from '../support/highseas-twenty';
import { type TwentyLayer, twentyLayer } from '../support/twenty-layer';

const seeds = [11, 12];
const stepsPerSeed = 200;
/** Everything is read again and again on a machine that does other things, too. */
const patienceMs = 180_000;

describe('facts read while everything changes', () => {
  let sandbox: Sandbox;
  let twenty: TwentyHands;
  let layer: TwentyLayer;
  const databases: { database: TestDatabase; dataSource: DataSource }[] = [];

  beforeAll(async () => {
    await buildForEngines();
    sandbox = await startSandbox({ manifest: appManifestPath, sample: false, apiRatePerMinute: 0 });
    twenty = new TwentyHands(sandbox);
    const { clientId, clientSecret } = sandbox.credentials;
    layer = twentyLayer(sandbox.url, {
      TWENTY_CLIENT_ID: clientId,
      TWENTY_CLIENT_SECRET: clientSecret,
      TWENTY_RATE_PER_MINUTE: '1000000',
    });
  });
  afterAll(async () => {
    for (const { database, dataSource } of databases) {
      await dataSource.destroy();
      await database.drop();
    }
    await layer?.close();
    await sandbox?.close();
  });

  const newIndex = async (): Promise<DataSource> => {
    const database = await createTestDatabase();
    const dataSource = await createDataSource(database.url).initialize();
    databases.push({ database, dataSource });
    return dataSource;
  };
  const readerOf = (dataSource: DataSource) => {
    const { feed, audit, begin } = feedLayer(layer, dataSource);
    return {
      completeOnce: begin,
      sync: () => feed.sync(),
      readUpToNow: () => feed.readUpToNow(),
      requestReread: (object: string, id: string) =>
        dataSource.query(
          'INSERT INTO reread (object, record_id, requested_at) VALUES ($1, $2, clock_timestamp()) ON CONFLICT DO NOTHING',
          [object, id],
        ),
      auditAll: () => audit.round(),
    };
  };
  /** All but what Twenty does not keep: when and by whom a task was finished, and stages on the way. */
  const factsOf = async (dataSource: DataSource): Promise<unknown> => ({
    activities: await dataSource.query(
      `SELECT kind, source_id, origin_id, target_object, target_id, CASE WHEN kind <> 'TASK_COMPLETED' THEN at END AS at, CASE WHEN kind <> 'TASK_COMPLETED' THEN member_id END AS member
         FROM activity WHERE kind <> 'STAGE_ADVANCED' ORDER BY kind, source_id, target_object, target_id`,
    ),
    plans: await dataSource.query('SELECT * FROM plan ORDER BY task_id, target_object, target_id'),
    opportunities: await dataSource.query(
      'SELECT id, company_id, person_id, owner_id, stage, created_at, updated_at, is_deleted, won_at IS NOT NULL AS won FROM opportunity ORDER BY id',
    ),
  });

  it.each(seeds)(
    'should end as a reading of the end alone, whatever was read on the way (seed %i)',
    async (seed) => {
      const random = new SeededRandom(seed);
      const [index, fresh] = [await newIndex(), await newIndex()];
      const engines = [readerOf(index), readerOf(index)];
      await engines[0]?.completeOnce();
      const world = new Changes(twenty, random);
      for (let step = 0; step < stepsPerSeed; step += 1) {
        await world.change();
        // Notifications come twice, late, or of nothing, and two engines read at once.
        if (random.chance(0.3))
          await engines[0]?.requestReread(
            random.pick(['NOTE', 'TASK', 'OPPORTUNITY']),
            random.chance(0.5) ? world.anyOrigin() : randomUUID(),
          );
        if (random.chance(0.08))
          await Promise.all(engines.map((engine) => (random.chance(0.5) ? engine.sync() : engine.readUpToNow())));
      }
      await Promise.all(engines.map((engine) => engine.readUpToNow()));
      await engines[1]?.auditAll();
      await readerOf(fresh).completeOnce();
      const facts = await factsOf(index);
      expect(facts).toEqual(await factsOf(fresh));
      expect((facts as { activities: unknown[] }).activities.length).toBeGreaterThan(20);
    },
    patienceMs,
  );

  it('should notice what was destroyed without a trace', async () => {
    const index = await newIndex();
    const engine = readerOf(index);
    const tom = twenty.member('tom.baker');
    const company = twenty.seedCompany();
    const [kept, destroyed] = [await note(tom), await note(tom)];
    for (const id of [kept, destroyed])
      await twenty.create(tom, 'NoteTarget', { noteId: id, targetCompanyId: company });
    const unlinked = await note(tom);
    const link = await twenty.create(tom, 'NoteTarget', { noteId: unlinked, targetCompanyId: company });
    const about = async (): Promise<string[]> =>
      ((await index.query('SELECT origin_id AS id FROM activity WHERE target_id = $1', [company])) as { id: string }[])
        .map(({ id }) => id)
        .sort();
    // Behind the longest look, where the cursor does not come again.
    for (const object of ['note', 'noteTarget'])
      for (const { id } of twenty.all(object)) twenty.patch(object, id, { updatedAt: '2026-01-05T00:00:00.000Z' });
    await engine.completeOnce();
    expect(await about()).toEqual([kept, destroyed, unlinked].sort());
    await twenty.change(tom, 'destroy', 'Note', destroyed);
    await twenty.change(tom, 'destroy', 'NoteTarget', link);
    await engine.readUpToNow();
    expect(await about()).toEqual([kept, destroyed, unlinked].sort());
    await engine.auditAll();
    expect(await about()).toEqual([kept]);
  });

  const note = (who: { id: string; email: string; name: string }) => twenty.create(who, 'Note', { title: 'Called' });
});

/** A workspace at work: every call changes something. */
class Changes {
  private readonly customers: { company: string; person: string }[];
  private readonly made: Record<'Note' | 'Task' | 'Opportunity', string[]> = { Note: [], Task: [], Opportunity: [] };
  private readonly links: { object: 'NoteTarget' | 'TaskTarget'; id: string }[] = [];
  private readonly mails: string[] = [];

  constructor(
    private readonly twenty: TwentyHands,
    private readonly random: SeededRandom,
  ) {
    this.customers = Array.from({ length: 4 }, () => {
      const company = twenty.seedCompany();
      return { company, person: twenty.seedPerson({ companyId: company }) };
    });
  }

  anyOrigin(): string {
    const all = Object.values(this.made).flat();
    return all.length > 0 ? this.random.pick(all) : randomUUID();
  }

  async change(): Promise<void> {
    const { random } = this;
    await random.pick([
      () => this.makeNote(),
      () => this.makeTask(),
      () => this.makeOpportunity(),
      () => this.makeMail(),
      () => this.makeMeeting(),
      () => this.link(),
      () => this.link(),
      () => this.relink(),
      () => this.unlink(),
      () => this.remove(),
      () => this.remove(),
      () => this.editTask(),
      () => this.editTask(),
      () => this.editOpportunity(),
      () => this.matchMail(),
    ])();
  }

  private who() {
    return this.twenty.member(this.random.pick(['tom.baker', 'emma.clark', 'sophie.turner']));
  }

  private target(): Record<string, string | null> {
    const { company, person } = this.random.pick(this.customers);
    const opportunities = this.made.Opportunity;
    const links: Record<string, string | null>[] = [{ targetCompanyId: company }, { targetPersonId: person }];
    if (opportunities.length > 0) links.push({ targetOpportunityId: this.random.pick(opportunities) });
    return { targetCompanyId: null, targetPersonId: null, targetOpportunityId: null, ...this.random.pick(links) };
  }

  private async makeNote(): Promise<void> {
    this.made.Note.push(await this.twenty.create(this.who(), 'Note', { title: 'Called' }));
    await this.link();
  }

  private async makeTask(): Promise<void> {
    const dueAt = this.random.chance(0.7) ? new Date(Date.now() + 86_400_000).toISOString() : null;
    this.made.Task.push(
      await this.twenty.create(this.who(), 'Task', {
        title: 'Call',
        status: this.random.pick(['TODO', 'DONE']),
        dueAt,
        assigneeId: this.who().id,
      }),
    );
    await this.link();
  }

  private async makeOpportunity(): Promise<void> {
    const { company, person } = this.random.pick(this.customers);
    this.made.Opportunity.push(
      await this.twenty.create(this.who(), 'Opportunity', {
        companyId: company,
        pointOfContactId: person,
        stage: 'NEW',
        ownerId: this.who().id,
      }),
    );
  }

  private async link(): Promise<void> {
    const object = this.random.pick(['Note', 'Task'] as const);
    if (this.made[object].length === 0) return;
    const owner = this.random.pick(this.made[object]);
    if (!this.twenty.get(object.toLowerCase(), owner)) return;
    const data = { [object === 'Note' ? 'noteId' : 'taskId']: owner, ...(await this.presentTarget()) };
    this.links.push({ object: `${object}Target`, id: await this.twenty.create(this.who(), `${object}Target`, data) });
  }

  /** Twenty refuses links to what was destroyed. */
  private async presentTarget(): Promise<Record<string, string | null>> {
    for (;;) {
      const target = this.target();
      if (!target['targetOpportunityId'] || this.twenty.get('opportunity', target['targetOpportunityId']))
        return target;
    }
  }

  private async relink(): Promise<void> {
    const link = this.anyLink();
    if (link) await this.twenty.edit(this.who(), link.object, link.id, await this.presentTarget());
  }

  private async unlink(): Promise<void> {
    const link = this.anyLink();
    if (link)
      await this.twenty.change(this.who(), this.random.pick(['delete', 'restore', 'destroy']), link.object, link.id);
  }

  private anyLink() {
    const present = this.links.filter(({ object, id }) =>
      this.twenty.get(object === 'NoteTarget' ? 'noteTarget' : 'taskTarget', id),
    );
    return present.length > 0 ? this.random.pick(present) : null;
  }

  private async remove(): Promise<void> {
    const object = this.random.pick(['Note', 'Task', 'Opportunity'] as const);
    const present = this.made[object].filter((id) => this.twenty.get(object.toLowerCase(), id));
    if (present.length > 0)
      await this.twenty.change(
        this.who(),
        this.random.pick(['delete', 'restore', 'restore', 'destroy']),
        object,
        this.random.pick(present),
      );
  }

  private async editTask(): Promise<void> {
    const present = this.made.Task.filter((id) => this.twenty.get('task', id));
    if (present.length === 0) return;
    const change = this.random.pick([
      { status: 'DONE' },
      { status: 'TODO' },
      { assigneeId: this.who().id },
      { dueAt: null },
      { title: 'Renamed' },
    ]);
    await this.twenty.edit(this.who(), 'Task', this.random.pick(present), change);
  }

  private async editOpportunity(): Promise<void> {
    const present = this.made.Opportunity.filter((id) => this.twenty.get('opportunity', id));
    if (present.length === 0) return;
    const change = this.random.pick([
      { stage: this.random.pick(['NEW', 'MEETING', 'CUSTOMER']) },
      { companyId: this.random.pick(this.customers).company },
      { pointOfContactId: null },
    ]);
    await this.twenty.edit(this.who(), 'Opportunity', this.random.pick(present), change);
  }

  private async makeMail(): Promise<void> {
    const messageId = this.twenty.seed('message', {
      receivedAt: new Date().toISOString(),
      isDraft: this.random.chance(0.2),
    });
    const isSent = this.random.chance(0.5);
    const member = { workspaceMemberId: this.who().id };
    this.mails.push(
      this.twenty.seed('messageParticipant', {
        messageId,
        role: isSent ? 'TO' : 'FROM',
        personId: this.random.chance(0.5) ? this.random.pick(this.customers).person : null,
      }),
    );
    this.twenty.seed('messageParticipant', { messageId, role: isSent ? 'FROM' : 'TO', ...member });
    if (this.random.chance(0.8))
      this.twenty.seed('messageChannelMessageAssociation', { messageId, direction: isSent ? 'OUTGOING' : 'INCOMING' });
  }

  private async matchMail(): Promise<void> {
    if (this.mails.length === 0) return;
    this.twenty.patch('messageParticipant', this.random.pick(this.mails), {
      personId: this.random.pick(this.customers).person,
      updatedAt: new Date().toISOString(),
    });
  }

  private async makeMeeting(): Promise<void> {
    const calendarEventId = this.twenty.seed('calendarEvent', {
      endsAt: new Date().toISOString(),
      isCanceled: this.random.chance(0.2),
    });
    this.twenty.seed('calendarEventParticipant', {
      calendarEventId,
      personId: this.random.pick(this.customers).person,
    });
    for (let count = this.random.integer(0, 2); count > 0; count -= 1)
      this.twenty.seed('calendarEventParticipant', { calendarEventId, workspaceMemberId: this.who().id });
  }
}
