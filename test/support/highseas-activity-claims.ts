import type { CustomerRef } from './engine-client';
import { eventually } from './highseas-eventually';
import type { Member } from './highseas-twenty';
import type { HighseasWorld } from './highseas-world';

/** @returns when the engine has seen it */
export async function turnActivityClaims(world: HighseasWorld, pool: string, claimOnActivity: boolean): Promise<void> {
  await world.twenty.edit(world.twenty.member('alice.morgan'), 'customerPool', pool, { claimOnActivity });
  await eventually(async () =>
    expect(await world.rows('SELECT 1 FROM activity_claiming WHERE pool_id = $1', [pool])).toHaveLength(
      claimOnActivity ? 1 : 0,
    ),
  );
}

/** @returns the note's id */
export async function noteOn(
  { twenty }: HighseasWorld,
  who: Member,
  { object, recordId }: CustomerRef,
): Promise<string> {
  const noteId = await twenty.create(who, 'Note', { title: 'Called' });
  await twenty.create(who, 'NoteTarget', {
    noteId,
    [object === 'COMPANY' ? 'targetCompanyId' : 'targetPersonId']: recordId,
  });
  return noteId;
}

export async function expectRead(world: HighseasWorld, originId: string): Promise<void> {
  await eventually(async () =>
    expect(await world.rows('SELECT 1 FROM activity WHERE origin_id = $1', [originId])).not.toEqual([]),
  );
}

/** By the engine; Twenty has yet to be told, perhaps. */
export async function expectClaimed(world: HighseasWorld, recordId: string, who: Member): Promise<void> {
  await eventually(async () =>
    expect(await world.rows('SELECT owner_id FROM customer WHERE record_id = $1', [recordId])).toEqual([
      { owner_id: who.id },
    ]),
  );
}

/** The code of the refusal that an activity was answered with, or what became of its claim; one for each customer it was considered for. */
export async function answersTo(world: HighseasWorld, originId: string): Promise<string[]> {
  const rows = await world.rows<{ outcomes: { status: string; refusal?: { code: string } }[] }>(
    `SELECT outcomes FROM command WHERE request_id LIKE 'activity:%:' || $1 || ':%'`,
    [originId],
  );
  return rows.map(({ outcomes }) => outcomes[0]?.refusal?.code ?? outcomes[0]?.status ?? '');
}

export async function expectAnswers(world: HighseasWorld, originId: string, answers: string[]): Promise<void> {
  await eventually(async () => expect(await answersTo(world, originId)).toEqual(answers));
}
