import { SandboxClock } from '../../packages/twenty-sandbox/src/clock';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

describe('a follow-up that Twenty shows late', () => {
  let world: HighseasWorld;
  let tom: Member;
  const ids = { followedUp: '', neglected: '', other: '' };

  beforeAll(async () => {
    world = await HighseasWorld.start({
      sandbox: { clock: new SandboxClock() },
      // Nobody but a sweep looks.
      env: { HIGHSEAS_SYNC_INTERVAL_SECONDS: '3600' },
      seed: (twenty) => {
        const owner = { accountOwnerId: twenty.member('tom.baker').id };
        ids.followedUp = twenty.seedCompany(owner);
        ids.neglected = twenty.seedCompany(owner);
        ids.other = twenty.seedCompany(owner);
        twenty.patch('customerPool', twenty.pools.company, { firstFollowUpDays: 5, followUpDays: 30, graceDays: 0 });
      },
    });
    tom = world.twenty.member('tom.baker');
  });
  afterAll(() => world?.close());

  const advance = async (by: Record<string, number>): Promise<{ reclaimed: number }> => {
    const response = await fetch(`${world.engine.url}/demo/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(by),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as { reclaimed: number };
  };

  it('should keep the customer, though others were seen that are newer', async () => {
    await advance({ advanceDays: 5 });
    const seen = await world.twenty.create(tom, 'Note', { title: 'Called' });
    await world.twenty.create(tom, 'NoteTarget', { noteId: seen, targetCompanyId: ids.other });
    await advance({ advanceHours: 1 });
    // A mailbox or an import that began half an hour earlier commits only now.
    const at = new Date(Date.parse(String(world.twenty.get('note', seen)?.['updatedAt'])) - 30 * 60_000).toISOString();
    const createdBy = { source: 'MANUAL', workspaceMemberId: tom.id, name: tom.name, context: null };
    const noteId = world.twenty.seed('note', { title: 'Late', createdBy });
    const link = world.twenty.seed('noteTarget', { noteId, targetCompanyId: ids.followedUp });
    world.twenty.patch('note', noteId, { createdAt: at, updatedAt: at });
    world.twenty.patch('noteTarget', link, { createdAt: at, updatedAt: at });

    expect(await advance({ advanceDays: 1 })).toMatchObject({ reclaimed: 1 });
    expect(world.twenty.ownerOf('company', ids.neglected)).toBeNull();
    expect(world.twenty.ownerOf('company', ids.followedUp)).toBe(tom.id);
    expect(world.twenty.ownerOf('company', ids.other)).toBe(tom.id);
  });
});
