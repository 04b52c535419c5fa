import { company, person } from '../support/engine-client';
import {
  answersTo,
  expectAnswers,
  expectClaimed,
  expectRead,
  noteOn,
  turnActivityClaims,
} from '../support/highseas-activity-claims';
import { expectSettled, historyOf } from '../support/highseas-settled';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

const followUp =
  'mutation($customer: CustomerRef!) { logFollowUp(customer: $customer, note: "Called; wants an offer") { status } }';
const claimsUsed = '{ viewer { claimsLeft { pool { id } used } } }';

describe('claiming by activity', () => {
  let world: HighseasWorld;
  let tom: Member;
  let emma: Member;
  let sophie: Member;
  const ids: string[] = [];
  const family = { company: '', person: '' };
  let eastern = '';

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        ids.push(...Array.from({ length: 5 }, () => twenty.seedCompany()));
        eastern = twenty.seedCompany({ address: { addressState: '上海' } });
        // The sample's pool of people takes what was imported.
        family.company = twenty.seedCompany();
        family.person = twenty.seedPerson({
          companyId: family.company,
          createdBy: { source: 'IMPORT', workspaceMemberId: null, name: 'Import', context: null },
        });
      },
    });
    [tom, emma, sophie] = ['tom.baker', 'emma.clark', 'sophie.turner'].map((mailbox) =>
      world.twenty.member(mailbox),
    ) as [Member, Member, Member];
  });
  afterAll(() => world?.close());

  const lastClaim = async (recordId: string) =>
    (
      await world.rows(
        `SELECT actor_id, to_id, is_system, facts FROM ownership_event WHERE record_id = $1 AND type = 'CLAIMED' ORDER BY seq DESC LIMIT 1`,
        [recordId],
      )
    )[0];
  const fresh = (): string => ids.pop() ?? '';

  it('should be off at first, and claim nothing for what was done before it was turned on', async () => {
    const [old, next] = [fresh(), fresh()];
    const before = await noteOn(world, tom, company(old));
    await expectRead(world, before);
    await turnActivityClaims(world, world.twenty.pools.company, true);
    await noteOn(world, tom, company(next));
    await expectClaimed(world, next, tom);
    expect([world.twenty.ownerOf('company', old), await answersTo(world, before)]).toEqual([null, []]);
  });

  it('should claim for whoever wrote a note as if they had pressed the button, and say what it came by', async () => {
    const one = fresh();
    const used = async () => {
      const { viewer } = (await (await world.as(emma)).must(claimsUsed)) as {
        viewer: { claimsLeft: { pool: { id: string }; used: number }[] };
      };
      return viewer.claimsLeft.find(({ pool }) => pool.id === world.twenty.pools.company)?.used;
    };
    expect(await used()).toBe(0);
    const note = await noteOn(world, emma, company(one));
    await expectClaimed(world, one, emma);
    expect(await used()).toBe(1);
    const at = String(world.twenty.get('note', note)?.['createdAt']);
    expect(await lastClaim(one)).toMatchObject({
      actor_id: emma.id,
      to_id: emma.id,
      is_system: false,
      facts: { via: 'ACTIVITY', activity: { kind: 'NOTE', id: note, at }, before: { status: 'POOLED' } },
    });
    // It was done before the ownership began, and is no first activity of it.
    const [clock] = await world.rows<{ last_activity_at: Date; owned_since: Date }>(
      'SELECT last_activity_at, owned_since FROM customer WHERE record_id = $1',
      [one],
    );
    expect(clock?.last_activity_at.toISOString()).toBe(at);
    expect(clock?.owned_since.getTime()).toBeGreaterThan(Date.parse(at));
  });

  it('should claim the company of a person who was worked on, and not the person where their pool does not say so', async () => {
    await noteOn(world, sophie, person(family.person));
    await expectClaimed(world, family.company, sophie);
    expect(world.twenty.get('person', family.person)).toMatchObject({ ownerId: null, poolStatus: 'POOLED' });
  });

  it('should claim for whoever logs a follow-up on a pooled customer', async () => {
    const one = fresh();
    expect(await (await world.as(tom)).must(followUp, { customer: company(one) })).toEqual({
      logFollowUp: { status: 'DONE' },
    });
    await expectClaimed(world, one, tom);
    expect(await lastClaim(one)).toMatchObject({
      actor_id: tom.id,
      facts: { via: 'ACTIVITY', activity: { kind: 'FOLLOW_UP' } },
    });
  });

  it('should refuse who may not claim, once, and let a later activity of somebody else claim', async () => {
    const one = fresh();
    await (await world.as(emma)).claim([company(one)]);
    expect(await (await world.as(emma)).release([company(one)], { reason: 'OTHER' })).toMatchObject({ done: 1 });
    const note = await noteOn(world, emma, company(one));
    await expectAnswers(world, note, ['COOLDOWN']);
    expect(world.twenty.ownerOf('company', one)).toBeNull();
    await noteOn(world, sophie, company(one));
    await expectClaimed(world, one, sophie);
    expect(await answersTo(world, note)).toEqual(['COOLDOWN']);
  });

  it('should take nobody for an admin who is not calling', async () => {
    await turnActivityClaims(world, world.twenty.pools.east, true);
    await expectAnswers(world, await noteOn(world, world.twenty.member('alice.morgan'), company(eastern)), [
      'NOT_VISIBLE',
    ]);
    expect(world.twenty.ownerOf('company', eastern)).toBeNull();
  });

  it('should leave Twenty, index and history in agreement', async () => {
    await expectSettled(world);
    expect(await historyOf(world, family.company)).toEqual(['ROUTED', 'CLAIMED']);
    expect(await historyOf(world, eastern)).toEqual(['ROUTED']);
  });
});
