import type { Member } from '../support/highseas-twenty';
import { type Instance, ReminderWorld } from '../support/reminder-world';

jest.setTimeout(60_000);

/** Local today in the workspace's time zone, Asia/Shanghai, at the start of each test. */
const today = '2026-08-03';
const inDays = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);

describe('reminders', () => {
  let world: ReminderWorld;
  let engine: Instance;
  let tom: Member;
  let emma: Member;
  let boss: Member;

  beforeAll(async () => {
    world = await ReminderWorld.start();
    engine = world.instance();
    [tom, emma, boss] = [
      world.twenty.member('tom.baker'),
      world.twenty.member('emma.clark'),
      world.twenty.member('li.wei'),
    ];
  });
  beforeEach(() => world.clear());
  afterAll(() => world?.close());

  const statuses = () => world.tasks().map(({ status }) => status);
  const taskOf = (member: Member) => {
    const [task, ...more] = world.tasksOf(member);
    expect(more).toEqual([]);
    if (!task) throw new Error(`${member.name} has no task`);
    return task;
  };
  const bodyOf = (member: Member) => (taskOf(member)['bodyV2'] as { markdown: string }).markdown;
  const daysLater = (days: number) =>
    void (world.clock.time = new Date(Date.parse('2026-08-03T02:00:00.000Z') + days * 86_400_000).toISOString());

  describe('of owners', () => {
    it('should be one task per owner and run, due at the nearest date and linked to the customers', async () => {
      const near = await world.owned(tom, inDays(3), { name: 'Near' });
      const far = await world.owned(tom, inDays(7), { name: 'Far', object: 'PERSON' });
      const emmas = await world.owned(emma, inDays(1));
      await world.owned(emma, inDays(8));
      await world.owned(emma, null);
      expect(await engine.reminders.send()).toBe(2);
      expect(taskOf(tom)).toMatchObject({
        title: '2 customers of yours go back to the pool, the first on 6 Aug 2026',
        status: 'TODO',
        dueAt: '2026-08-05T16:00:00.000Z',
        assigneeId: tom.id,
      });
      expect(bodyOf(tom)).toContain('- Near: 6 Aug 2026 (no activity)\n- Far: 10 Aug 2026 (no activity)');
      expect(world.targetsOf(taskOf(tom).id)).toEqual([near, far].sort());
      expect(world.targetsOf(taskOf(emma).id)).toEqual([emmas]);
      expect(await world.rows('SELECT id, member_id FROM reminder_digest ORDER BY member_id')).toEqual(
        [tom, emma]
          .map((member) => ({ id: taskOf(member).id, member_id: member.id }))
          .sort((a, b) => a.member_id.localeCompare(b.member_id)),
      );
    });

    it('should be in the language of the member', async () => {
      await world.dataSource.query(`UPDATE member SET locale = 'zh-CN' WHERE id = $1`, [tom.id]);
      await world.owned(tom, inDays(1));
      await engine.reminders.send();
      expect(taskOf(tom)['title']).toBe('您有1个客户将于2026年8月4日掉入公海');
    });

    it('should come once at each lead, and once for leads passed together', async () => {
      await world.owned(tom, inDays(9), { name: 'A' });
      const told: number[] = [];
      for (const day of [0, 1, 2, 3, 4, 5, 6, 8, 9]) {
        daysLater(day);
        for (let turn = 0; turn < 2; turn += 1) if ((await engine.reminders.send()) > 0) told.push(9 - day);
      }
      expect(told).toEqual([7, 3, 1]);
      await world.owned(tom, inDays(9 + 2), { name: 'B' });
      expect(await engine.reminders.send()).toBe(1);
      expect(
        await world.rows(
          `SELECT lead_days, count(DISTINCT digest_id)::int AS digests FROM reminder WHERE reclaim_on = $1 GROUP BY 1 ORDER BY 1`,
          [inDays(11)],
        ),
      ).toEqual([
        { lead_days: 3, digests: 1 },
        { lead_days: 7, digests: 1 },
      ]);
    });

    it('should be open in one task, the latest: the earlier one loses what it said, and is closed with the last of it', async () => {
      const [falls, later] = [
        await world.owned(tom, inDays(7), { name: 'Falls' }),
        await world.owned(tom, inDays(5), { name: 'Worked on' }),
      ];
      await engine.reminders.send();
      const open = () => world.tasksOf(tom).filter(({ status }) => status === 'TODO');
      const first = taskOf(tom);
      expect(world.targetsOf(first.id)).toEqual([falls, later].sort());
      daysLater(4);
      await world.change(later, { reclaim_on: inDays(6) });
      expect(await engine.reminders.send()).toBe(1);
      const [second] = open();
      expect(open()).toEqual([expect.objectContaining({ id: second?.id })]);
      expect(second?.id).not.toBe(first.id);
      expect(world.targetsOf(second?.id ?? '')).toEqual([falls, later].sort());
      daysLater(5);
      expect(await engine.reminders.send()).toBe(1);
      expect(world.twenty.get('task', second?.id ?? '')).toMatchObject({
        status: 'TODO',
        title: '1 customer of yours goes back to the pool on 10 Aug 2026',
      });
      expect(
        open()
          .map(({ id }) => world.targetsOf(id))
          .sort(),
      ).toEqual([[falls], [later]].sort());
      expect(await engine.reminders.send()).toBe(0);
    });

    it('should leave out those whose clock is to be looked at again, whose command is under way, and who has left', async () => {
      const [stale, busy, gone] = [
        await world.owned(tom, inDays(1)),
        await world.owned(tom, inDays(1)),
        await world.owned(emma, inDays(1)),
      ];
      await world.dataSource.query(`INSERT INTO clock_mark (object, record_id) VALUES ('COMPANY', $1)`, [stale]);
      await world.dataSource.query('UPDATE member SET removed_at = now() WHERE id = $1', [emma.id]);
      await world.dataSource.query(
        `WITH w AS (INSERT INTO pending_write (id, kind, object, record_id, fence, data, before, attempts, leased_until, created_at)
           VALUES (gen_random_uuid(), 'COMMAND', 'COMPANY', $1, '{}', '{}', '{}', 0, now(), now()) RETURNING id)
         UPDATE customer SET write_id = w.id FROM w WHERE record_id = $1`,
        [busy],
      );
      expect(await engine.reminders.send()).toBe(0);
      await world.dataSource.query('UPDATE pending_write SET settled_at = now()');
      await world.change(busy, { write_id: null });
      await world.dataSource.query('DELETE FROM clock_mark');
      expect(await engine.reminders.send()).toBe(1);
      expect(world.targetsOf(taskOf(tom).id)).toEqual([stale, busy].sort());
      expect(world.targetsOf(taskOf(tom).id)).not.toContain(gone);
    });

    it('should not come from a pool that is inactive or has no leads, nor by no channel', async () => {
      await world.owned(tom, inDays(1));
      await world.setPool({ reminderLeadDays: [7], isActive: false });
      expect(await engine.reminders.send()).toBe(0);
      await world.setPool({ reminderLeadDays: [] });
      expect(await engine.reminders.send()).toBe(0);
      await world.setPool({ reminderLeadDays: [7] });
      await world.setSetting('REMINDER_CHANNELS', []);
      expect(await engine.reminders.send()).toBe(0);
      await world.setSetting('REMINDER_CHANNELS', ['TASK']);
      expect(await engine.reminders.send()).toBe(1);
    });

    it('should name fifty of a big book, count the rest and link them all', async () => {
      const ids: string[] = [];
      for (let at = 0; at < 230; at += 1) ids.push(await world.owned(tom, inDays(1)));
      await engine.reminders.send();
      expect(bodyOf(tom)).toMatch(/and 180 more$/);
      expect(world.targetsOf(taskOf(tom).id)).toEqual(ids.sort());
    });

    it('should reach the others when one customer is gone from Twenty', async () => {
      const ids = [
        await world.owned(tom, inDays(1)),
        await world.owned(tom, inDays(1)),
        await world.owned(tom, inDays(1)),
      ];
      world.sandbox.workspace.store.table('company').remove(ids[1] ?? '');
      await engine.reminders.send();
      expect(world.targetsOf(taskOf(tom).id)).toEqual([ids[0], ids[2]].sort());
    });
  });

  describe('that hold no more', () => {
    it('should close their task when the clock of all its customers moved, and come again for the new date', async () => {
      const id = await world.owned(tom, inDays(2));
      await engine.reminders.send();
      await world.change(id, { reclaim_on: inDays(30) });
      await engine.reminders.voidMoved();
      expect(taskOf(tom)['status']).toBe('DONE');
      expect(await engine.reminders.send()).toBe(0);
      daysLater(25);
      expect(await engine.reminders.send()).toBe(1);
      expect(statuses().sort()).toEqual(['DONE', 'TODO']);
    });

    it('should be taken off a task that still holds for others', async () => {
      const [moved, stays] = [
        await world.owned(tom, inDays(1), { name: 'Moved' }),
        await world.owned(tom, inDays(3), { name: 'Stays' }),
      ];
      await engine.reminders.send();
      await world.change(moved, { reclaim_on: null });
      await engine.reminders.send();
      expect(taskOf(tom)).toMatchObject({
        status: 'TODO',
        title: '1 customer of yours goes back to the pool on 6 Aug 2026',
        dueAt: '2026-08-05T16:00:00.000Z',
      });
      expect(bodyOf(tom)).not.toContain('Moved');
      expect(world.targetsOf(taskOf(tom).id)).toEqual([stays]);
    });

    it.each(['REASSIGNED', 'RECLAIMED', 'DELETED', 'LEFT'])(
      'should be closed when the customer or its owner is %s',
      async (what) => {
        const id = await world.owned(tom, inDays(2));
        await engine.reminders.send();
        if (what === 'REASSIGNED') await world.change(id, { owner_id: emma.id });
        if (what === 'RECLAIMED') await world.change(id, { status: 'POOLED', owner_id: null, reclaim_on: null });
        if (what === 'DELETED') await world.change(id, { is_deleted: true });
        if (what === 'LEFT')
          await world.dataSource.query('UPDATE member SET removed_at = now() WHERE id = $1', [tom.id]);
        await engine.reminders.voidMoved();
        expect(taskOf(tom)['status']).toBe('DONE');
        if (what === 'REASSIGNED') {
          await engine.reminders.send();
          expect(taskOf(emma)['status']).toBe('TODO');
        }
      },
    );

    it('should be told anew when a date comes back after its task was closed', async () => {
      const id = await world.owned(tom, inDays(2));
      await engine.reminders.send();
      await world.change(id, { reclaim_on: inDays(9) });
      await engine.reminders.send();
      await world.change(id, { reclaim_on: inDays(2) });
      expect(await engine.reminders.send()).toBe(1);
      expect(statuses().sort()).toEqual(['DONE', 'TODO']);
    });

    it('should not be taken from an index that is being read again, nor from a clock that is to be looked at', async () => {
      const id = await world.owned(tom, inDays(2));
      await engine.reminders.send();
      await world.change(id, { reclaim_on: null });
      await world.dataSource.query(`INSERT INTO clock_mark (object, record_id) VALUES ('COMPANY', $1)`, [id]);
      await engine.reminders.voidMoved();
      expect(taskOf(tom)['status']).toBe('TODO');
      await world.setComplete(false);
      await world.dataSource.query('DELETE FROM customer');
      await expect(engine.reminders.voidMoved()).rejects.toMatchObject({ code: 'INDEX_BUSY' });
      await expect(engine.reminders.send()).rejects.toMatchObject({ code: 'INDEX_BUSY' });
      await world.setComplete(true);
      expect(taskOf(tom)['status']).toBe('TODO');
      await engine.reminders.voidMoved();
      expect(taskOf(tom)['status']).toBe('DONE');
    });

    it('should leave a task alone that somebody deleted', async () => {
      const id = await world.owned(tom, inDays(2));
      await engine.reminders.send();
      const task = taskOf(tom);
      world.twenty.patch('task', task.id, { deletedAt: '2026-08-03T03:00:00.000Z' });
      await world.change(id, { reclaim_on: null });
      await engine.reminders.send();
      expect(world.twenty.get('task', task.id)).toMatchObject({
        status: 'TODO',
        deletedAt: '2026-08-03T03:00:00.000Z',
      });
    });
  });

  describe('of managers', () => {
    it('should escalate at the lead of the pool, once, with the owner’s name', async () => {
      await world.setPool({ reminderLeadDays: [7, 3, 1], escalateAtDays: 2 });
      await world.makeManager(boss);
      await world.makeManager(boss);
      await world.owned(tom, inDays(3), { name: 'Later' });
      await world.owned(tom, inDays(2), { name: 'Close' });
      expect(await engine.reminders.send()).toBe(2);
      expect(taskOf(boss)['title']).toBe('1 customer of your pools goes back on 5 Aug 2026');
      expect(bodyOf(boss)).toContain('- Close, owned by Tom Baker: 5 Aug 2026 (no activity)');
      expect(await engine.reminders.send()).toBe(0);
      daysLater(1);
      await engine.reminders.send();
      expect(
        world
          .tasksOf(boss)
          .map(({ title }) => title)
          .sort(),
      ).toEqual([
        '1 customer of your pools goes back on 5 Aug 2026',
        '1 customer of your pools goes back on 6 Aug 2026',
      ]);
    });

    it('should close an escalation when the clock moved or the manager is none any more', async () => {
      await world.setPool({ reminderLeadDays: [], escalateAtDays: 2 });
      await world.makeManager(boss);
      await world.makeManager(emma);
      const id = await world.owned(tom, inDays(2));
      await engine.reminders.send();
      await world.dataSource.query('DELETE FROM pool_member WHERE member_id = $1', [boss.id]);
      await engine.reminders.send();
      expect([taskOf(boss)['status'], taskOf(emma)['status']]).toEqual(['DONE', 'TODO']);
      await world.change(id, { reclaim_on: inDays(20) });
      await engine.reminders.send();
      expect(taskOf(emma)['status']).toBe('DONE');
    });

    it('should tell once a local week of customers that nobody claimed, and drop those that were', async () => {
      await world.setPool({ unclaimedDays: 10 });
      await world.makeManager(boss);
      // Pooled on local day X, told on day X + 10: the second one is a minute too young.
      const old = await world.pooled('2026-07-24T15:59:00.000Z', { name: 'Old' });
      await world.pooled('2026-07-24T16:00:00.000Z', { name: 'Younger' });
      expect(await engine.reminders.send()).toBe(1);
      expect(bodyOf(boss)).toBe('Main 公海: 1 customer that nobody has claimed for 10 days or more:\n\n- Old');
      expect(world.targetsOf(taskOf(boss).id)).toEqual([old]);
      daysLater(6);
      expect(await engine.reminders.send()).toBe(0);
      daysLater(7);
      expect(await engine.reminders.send()).toBe(1);
      expect(
        world
          .tasksOf(boss)
          .map(({ title, status }) => [title, status])
          .sort(),
      ).toEqual([
        ['1 customer of your pools needs attention', 'TODO'],
        ['2 customers of your pools need attention', 'TODO'],
      ]);
      await engine.reminders.send();
      expect(statuses().sort()).toEqual(['DONE', 'TODO']);
      await world.dataSource.query(`UPDATE customer SET status = 'OWNED', owner_id = $1, pooled_since = NULL`, [
        tom.id,
      ]);
      await engine.reminders.voidMoved();
      expect(statuses()).toEqual(['DONE', 'DONE']);
    });

    it('should list what is to be cleaned up, in pools that do not archive it', async () => {
      await world.setPool({ staleDays: 5, maxReturns: 2, dayCounting: 'WORKING' });
      await world.makeManager(boss);
      // Five working days and one more before Monday, 3 August: pooled on the 24th, a Friday, or earlier.
      const stale = await world.pooled('2026-07-24T15:59:00.000Z', { name: 'Stale' });
      await world.pooled('2026-07-26T16:00:00.000Z', { name: 'Younger' });
      await world.change(await world.pooled('2026-05-01T00:00:00.000Z', { name: 'Kept' }), { is_locked: true });
      const returned = await world.pooled('2026-07-31T00:00:00.000Z', { name: 'To and fro' });
      for (const [type, state] of [
        ['RELEASED', 'CONFIRMED'],
        ['RECLAIMED', 'CONFIRMED'],
        ['RELEASED', 'VOID'],
      ]) {
        await world.dataSource.query(
          `INSERT INTO ownership_event (id, state, type, object, record_id, from_id, is_system, pool_id, at) VALUES (gen_random_uuid(), $4, $1, 'COMPANY', $2, $3, false, $5, '2026-07-30T00:00:00Z')`,
          [type, returned, tom.id, state, world.pool],
        );
      }
      expect(await engine.reminders.send()).toBe(1);
      expect(bodyOf(boss)).toBe(
        'Main 公海: 1 customer in the pool that came back 2 times or more often:\n\n- To and fro\n\n' +
          'Main 公海: 1 stale customer, pooled for more than 5 days and claimed by nobody:\n\n- Stale',
      );
      expect(world.targetsOf(taskOf(boss).id)).toEqual([stale, returned].sort());
      expect(await engine.reminders.send()).toBe(0);
      await world.change(stale, { status: 'ARCHIVED' });
      await engine.reminders.voidMoved();
      expect(bodyOf(boss)).toBe(
        'Main 公海: 1 customer in the pool that came back 2 times or more often:\n\n- To and fro',
      );
      await world.change(returned, { status: 'OWNED', owner_id: tom.id, pooled_since: null });
      await engine.reminders.voidMoved();
      expect(taskOf(boss)['status']).toBe('DONE');
    });

    it('should list nothing where it is archived, or where that is off', async () => {
      await world.makeManager(boss);
      await world.pooled('2026-01-01T00:00:00.000Z');
      for (const policy of [
        { staleDays: 5, staleAction: 'ARCHIVE' as const },
        { maxReturns: 1 },
        { staleAction: 'LIST' as const },
      ]) {
        await world.setPool(policy);
        expect(await engine.reminders.send()).toBe(0);
      }
      await world.setPool({ staleDays: 5 });
      expect(await engine.reminders.send()).toBe(1);
    });

    it('should tell of assigned customers without a first activity, not of claimed ones', async () => {
      await world.setPool({ untouchedDays: 5 });
      await world.makeManager(boss);
      const names = ['Assigned', 'Claimed', 'Touched', 'Fresh'];
      for (const [at, name] of names.entries()) {
        const id = await world.owned(tom, null, { name });
        await world.change(id, {
          owned_since: name === 'Fresh' ? '2026-08-01T00:00:00Z' : '2026-07-20T00:00:00Z',
          last_activity_at: name === 'Touched' ? '2026-07-21T00:00:00Z' : '2026-07-01T00:00:00Z',
        });
        await world.dataSource.query(
          `INSERT INTO ownership_event (id, state, type, object, record_id, to_id, is_system, pool_id, at) VALUES (gen_random_uuid(), 'CONFIRMED', $1, 'COMPANY', $2, $3, false, $4, $5)`,
          [name === 'Claimed' ? 'CLAIMED' : 'ASSIGNED', id, tom.id, world.pool, `2026-07-2${at}T00:00:00Z`],
        );
      }
      expect(await engine.reminders.send()).toBe(1);
      expect(bodyOf(boss)).toBe(
        'Main 公海: 1 customer assigned 5 days ago or earlier without a first activity:\n\n- Assigned',
      );
      await world.dataSource.query(`UPDATE customer SET last_activity_at = '2026-08-03T01:00:00Z'`);
      await engine.reminders.send();
      expect(taskOf(boss)['status']).toBe('DONE');
    });
  });

  describe('by several instances, of which some die', () => {
    it('should be made once when instances are at it at the same time', async () => {
      const other = await world.otherInstance();
      for (let at = 0; at < 40; at += 1) await world.owned(at % 2 ? tom : emma, inDays(1 + (at % 3)));
      await Promise.all([engine, other, engine, other].map(({ reminders }) => reminders.send()));
      expect(world.tasks()).toHaveLength(2);
      expect(world.targetsOf(taskOf(tom).id)).toHaveLength(20);
    });

    it('should be made once even when neither keeps the other away', async () => {
      const other = await world.otherInstance();
      for (let round = 0; round < 5; round += 1) {
        await world.clear();
        await world.setPool({ reminderLeadDays: [7, 3, 1], escalateAtDays: 3, unclaimedDays: 1 });
        await world.makeManager(boss);
        await world.pooled('2026-07-01T00:00:00Z');
        for (let at = 0; at < 10; at += 1) await world.owned(tom, inDays(1));
        await Promise.all([engine.maker.make(), other.maker.make(), engine.maker.make(), other.maker.make()]);
        expect(
          await world.rows('SELECT audience, count(*)::int AS count FROM reminder_digest GROUP BY 1 ORDER BY 1'),
        ).toEqual([
          { audience: 'MANAGER', count: 1 },
          { audience: 'OWNER', count: 1 },
        ]);
      }
    });

    it('should be told after a death between storing and telling', async () => {
      const id = await world.owned(tom, inDays(1));
      await engine.maker.make();
      expect(world.tasks()).toEqual([]);
      expect(await engine.reminders.send()).toBe(0);
      expect(world.targetsOf(taskOf(tom).id)).toEqual([id]);
    });

    it.each(['before', 'after'] as const)('should be told once after a death %s Twenty had the task', async (when) => {
      const id = await world.owned(tom, inDays(1));
      engine.failing.set('create', when);
      await expect(engine.reminders.send()).rejects.toThrow('died');
      await engine.reminders.send();
      expect(taskOf(tom)['status']).toBe('TODO');
      expect(world.targetsOf(taskOf(tom).id)).toEqual([id]);
    });

    it.each(['before', 'after'] as const)(
      'should be closed after a death %s the closing, also when their telling was never noted',
      async (when) => {
        const id = await world.owned(tom, inDays(1));
        engine.failing.set('create', 'after');
        await expect(engine.reminders.send()).rejects.toThrow('died');
        await world.change(id, { reclaim_on: null });
        engine.failing.set('close', when);
        await expect(engine.reminders.send()).rejects.toThrow('died');
        await engine.reminders.send();
        expect(taskOf(tom)['status']).toBe('DONE');
      },
    );

    it.each(['before', 'after'] as const)('should be corrected after a death %s the correction', async (when) => {
      const [moved, stays] = [await world.owned(tom, inDays(1)), await world.owned(tom, inDays(1))];
      await engine.reminders.send();
      await world.change(moved, { reclaim_on: null });
      engine.failing.set('change', when);
      await expect(engine.reminders.send()).rejects.toThrow('died');
      await engine.reminders.send();
      expect(world.targetsOf(taskOf(tom).id)).toEqual([stays]);
    });
  });
});
