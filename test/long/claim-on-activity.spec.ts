import { company } from '../support/engine-client';
import {
  answersTo,
  expectAnswers,
  expectClaimed,
  expectRead,
  noteOn,
  turnActivityClaims,
} from '../support/highseas-activity-claims';
import { eventually } from '../support/highseas-eventually';
import { JobsClient } from '../support/highseas-jobs';
import { holdLock, waitForWaiting } from '../support/highseas-locks';
import { expectSettled, historyOf } from '../support/highseas-settled';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

describe('claiming by activity, whatever happens meanwhile', () => {
  let world: HighseasWorld;
  let tom: Member;
  let emma: Member;
  let sophie: Member;
  const ids: string[] = [];
  let old = '';

  beforeAll(async () => {
    world = await HighseasWorld.start({
      env: { TWENTY_TIMEOUT_MS: '30000', HIGHSEAS_COMMAND_WAIT_MS: '500', HIGHSEAS_LEASE_SECONDS: '1' },
      seed: (twenty) => ids.push(...Array.from({ length: 12 }, () => twenty.seedCompany())),
    });
    [tom, emma, sophie] = ['tom.baker', 'emma.clark', 'sophie.turner'].map((mailbox) =>
      world.twenty.member(mailbox),
    ) as [Member, Member, Member];
    old = fresh();
    await expectRead(world, await noteOn(world, tom, company(old)));
    await turnActivityClaims(world, world.twenty.pools.company, true);
  });
  afterAll(() => world?.close());
  afterEach(() => world.sandbox.setFaults({}));

  const fresh = (): string => ids.pop() ?? '';
  const ownerOf = (recordId: string) => world.twenty.ownerOf('company', recordId);
  /** So that her cooldown keeps her from it. */
  const hadBy = async (who: Member, recordId: string): Promise<void> => {
    const client = await world.as(who);
    await client.claim([company(recordId)]);
    await client.release([company(recordId)], { reason: 'OTHER' });
    await expectSettled(world);
    expect(await historyOf(world, recordId)).toEqual(['ROUTED', 'CLAIMED', 'RELEASED']);
  };

  it('should give each customer to the earliest who may have it, once, however many engines wake up to it', async () => {
    const both = [fresh(), fresh()];
    for (const recordId of both) await hadBy(emma, recordId);
    await world.stopEngine();
    for (const recordId of both) for (const who of [emma, sophie, tom]) await noteOn(world, who, company(recordId));
    await Promise.all([world.startEngine(), world.startEngine()]);
    for (const recordId of both) await expectClaimed(world, recordId, sophie);
    await expectSettled(world);
    for (const recordId of both)
      expect(await historyOf(world, recordId)).toEqual(['ROUTED', 'CLAIMED', 'RELEASED', 'CLAIMED']);
    await world.stopEngine();
  });

  it('should not take what was done while somebody had it for work on a pooled customer, though an undo takes it back', async () => {
    const one = fresh();
    const manager = await world.as(world.twenty.member('li.wei'));
    const assign =
      'mutation($customers: [CustomerRef!]!, $to: ID!) { assign(customers: $customers, toMemberId: $to) { batchId } }';
    const { batchId } = (await manager.must(assign, { customers: [company(one)], to: tom.id }))['assign'] as {
      batchId: string;
    };
    const note = await noteOn(world, emma, company(one));
    await expectRead(world, note);
    await expectSettled(world);
    await new JobsClient(manager).undo(batchId);
    await eventually(() => expect(ownerOf(one)).toBeNull());
    await noteOn(world, sophie, company(one));
    await expectClaimed(world, one, sophie);
    expect(await answersTo(world, note)).toEqual([]);
  });

  it('should answer again for an engine that is killed before the decision commits', async () => {
    const one = fresh();
    const lock = await holdLock(world, 'SELECT 1 FROM customer WHERE record_id = $1 FOR UPDATE', [one]);
    // The mark that the note puts on the clock waits for the same row; it has to be read first.
    const noteId = await world.twenty.create(emma, 'Note', { title: 'Called' });
    await world.sql.query(
      `INSERT INTO activity (kind, source_id, origin_id, target_object, target_id, at, member_id) VALUES ('NOTE', $1, $1, 'COMPANY', $2, $3, $4)`,
      [noteId, one, world.twenty.get('note', noteId)?.['createdAt'], emma.id],
    );
    await waitForWaiting(world, 1, 'SELECT "c"."%');
    await world.killEngine();
    await lock.release();
    await world.twenty.create(emma, 'NoteTarget', { noteId, targetCompanyId: one });
    await world.startEngine();
    await expectClaimed(world, one, emma);
    await expectSettled(world);
    expect(await historyOf(world, one)).toEqual(['ROUTED', 'CLAIMED']);
  });

  it('should end a claim whole when the engine is killed between the decision and the write', async () => {
    const one = fresh();
    world.sandbox.setFaults({ timeoutBeforeRate: 1, matching: 'mutation WriteCompanies' });
    const note = await noteOn(world, tom, company(one));
    await expectClaimed(world, one, tom);
    expect(ownerOf(one)).toBeNull();
    await world.killEngine();
    world.sandbox.setFaults({});
    await world.startEngine();
    await eventually(() => expect(ownerOf(one)).toBe(tom.id));
    await expectSettled(world);
    expect([await historyOf(world, one), await answersTo(world, note)]).toEqual([['ROUTED', 'CLAIMED'], ['DONE']]);
  });

  it('should wait for what Twenty has not confirmed, and then claim', async () => {
    const one = fresh();
    expect(await (await world.as(emma)).claim([company(one)])).toMatchObject({ done: 1 });
    world.sandbox.setFaults({ timeoutBeforeRate: 1, matching: 'mutation WriteCompanies' });
    expect(await (await world.as(emma)).release([company(one)], { reason: 'OTHER' })).toMatchObject({ pending: 1 });
    const note = await noteOn(world, sophie, company(one));
    await expectRead(world, note);
    expect(await answersTo(world, note)).toEqual([]);
    world.sandbox.setFaults({});
    await expectClaimed(world, one, sophie);
    await expectSettled(world);
    expect(await historyOf(world, one)).toEqual(['ROUTED', 'CLAIMED', 'RELEASED', 'CLAIMED']);
  });

  it('should claim nothing anew after a rebuild, from an index that was thrown away too', async () => {
    const [refused, next, last] = [fresh(), fresh(), fresh()];
    await hadBy(emma, refused);
    await expectAnswers(world, await noteOn(world, emma, company(refused)), ['COOLDOWN']);
    // Nothing but the answer that it had keeps her from it now.
    await world.twenty.edit(world.twenty.member('alice.morgan'), 'customerPool', world.twenty.pools.company, {
      cooldownDays: null,
    });
    const claimed = async () => (await world.rows(`SELECT 1 FROM ownership_event WHERE type = 'CLAIMED'`)).length;
    const before = await claimed();
    await world.rebuild();
    await noteOn(world, tom, company(next));
    await expectClaimed(world, next, tom);
    await expectSettled(world);
    expect(await claimed()).toBe(before + 1);

    await world.stopEngine();
    await world.sql.query('TRUNCATE activity, follow_up, command, activity_claiming');
    await world.rebuild();
    await world.startEngine();
    await noteOn(world, tom, company(last));
    await expectClaimed(world, last, tom);
    await expectSettled(world);
    expect(await claimed()).toBe(before + 2);
    expect([ownerOf(refused), ownerOf(old)]).toEqual([null, null]);
  });
});
