import { company } from '../support/engine-client';
import { advanceDays } from '../support/highseas-days';
import { TwentyHands } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

jest.setTimeout(180_000);

describe('reminders of a running engine', () => {
  let world: HighseasWorld;
  const ids = { followed: '', forgotten: '' };

  beforeAll(async () => {
    world = await HighseasWorld.start({
      engines: 2,
      seed: (twenty) => {
        ids.followed = twenty.seedCompany({ name: 'Followed' });
        ids.forgotten = twenty.seedCompany({ name: 'Forgotten' });
        twenty.patch('customerPool', twenty.pools.company, {
          firstFollowUpDays: 5,
          followUpDays: 30,
          graceDays: 0,
          reminderLeadDays: ['3', '1'],
          escalateAtDays: 1,
        });
      },
    });
  });
  afterAll(() => world?.close());

  const tasksOf = (mailbox: string) =>
    world.twenty
      .all('task')
      .filter(({ assigneeId }) => assigneeId === world.twenty.member(mailbox).id)
      .map(({ id, title, status }) => ({ id, title, status }));
  const targetsOf = (taskId: string | undefined) =>
    world.twenty
      .all('taskTarget')
      .filter((target) => target['taskId'] === taskId)
      .map((target) => target['targetCompanyId'])
      .filter(Boolean)
      .sort();

  it('should come at the leads, go when a follow-up is noted, and end with the customer back in its pool', async () => {
    const tom = world.twenty.member('tom.baker');
    expect(await (await world.as(tom)).claim([company(ids.followed), company(ids.forgotten)])).toMatchObject({
      done: 2,
    });

    // Claimed on day 0, safe through day 5, back on day 6.
    await advanceDays(world, 2);
    expect(tasksOf('tom.baker')).toEqual([]);
    await advanceDays(world, 1);
    const [first] = tasksOf('tom.baker');
    expect(tasksOf('tom.baker')).toEqual([{ id: first?.id, title: expect.stringContaining('2'), status: 'TODO' }]);
    expect(targetsOf(first?.id)).toEqual([ids.followed, ids.forgotten].sort());

    // The session of before ended with the days that passed.
    const today = new TwentyHands(world.sandbox);
    const noteId = await today.create(tom, 'Note', { title: 'Called' });
    await today.create(tom, 'NoteTarget', { noteId, targetCompanyId: ids.followed });
    await advanceDays(world, 1);
    expect(tasksOf('tom.baker')).toEqual([{ id: first?.id, title: expect.stringContaining('1'), status: 'TODO' }]);
    expect(targetsOf(first?.id)).toEqual([ids.forgotten]);
    expect(tasksOf('li.wei')).toEqual([]);

    await advanceDays(world, 1);
    expect(tasksOf('tom.baker')).toHaveLength(2);
    expect(tasksOf('li.wei')).toHaveLength(1);
    expect(world.twenty.ownerOf('company', ids.forgotten)).toBe(tom.id);

    await advanceDays(world, 2);
    expect(world.twenty.ownerOf('company', ids.forgotten)).toBeNull();
    expect(world.twenty.ownerOf('company', ids.followed)).toBe(tom.id);
    expect([...tasksOf('tom.baker'), ...tasksOf('li.wei')].map(({ status }) => status)).toEqual([
      'DONE',
      'DONE',
      'DONE',
    ]);
  });
});
