import { STANDARD_ROLES } from '../../packages/twenty-sandbox/src/auth/role';
import { company, type EngineClient } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { expectSettled } from '../support/highseas-settled';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

const whoAmI = '{ viewer { isWorkspaceAdmin } }';
const assign = `mutation($customers: [CustomerRef!]!, $to: ID!) { assign(customers: $customers, toMemberId: $to) { done outcomes { refusal { code } } } }`;
/** A manager's rights are believed for five seconds. */
const believedMs = 5_500;

describe('rights that somebody has lost', () => {
  let world: HighseasWorld;
  let chief: Member;
  let free = '';
  const admins: Member[] = [];

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        free = twenty.seedCompany();
        for (const name of ['first', 'second', 'third']) {
          const email = `${name}@highseas.example`;
          const user = twenty.sandbox.workspace.addMember({
            email,
            firstName: name,
            lastName: 'Admin',
            role: STANDARD_ROLES.admin,
          });
          admins.push({ id: user.workspaceMemberId, email, name: `${name} Admin` });
        }
      },
    });
    await expectSettled(world);
    chief = world.twenty.member('alice.morgan');
  });
  afterAll(() => world?.close());

  async function signedIn(at: number): Promise<{ who: Member; client: EngineClient }> {
    const who = admins[at] ?? chief;
    const client = await world.as(who, 'en');
    expect(await client.must(whoAmI)).toEqual({ viewer: { isWorkspaceAdmin: true } });
    return { who, client };
  }
  function demote({ id }: Member): void {
    const user = world.sandbox.workspace.userByMember(id);
    if (user) user.roleId = STANDARD_ROLES.member.id;
  }

  it('should end for managers’ work within seconds, though nothing tells the engine', async () => {
    const { who, client } = await signedIn(0);
    demote(who);
    await new Promise((resolve) => setTimeout(resolve, believedMs));
    const { assign: answer } = await client.must(assign, { customers: [company(free)], to: who.id });
    expect(answer).toMatchObject({ done: 0, outcomes: [{ refusal: { code: 'NOT_MANAGER' } }] });
    expect(await client.must(whoAmI)).toEqual({ viewer: { isWorkspaceAdmin: false } });
    expect(world.twenty.ownerOf('company', free)).toBeNull();
  });

  it('should end at once when Twenty tells that something about the member has changed', async () => {
    const { who, client } = await signedIn(1);
    demote(who);
    await world.twenty.edit(chief, 'WorkspaceMember', who.id, { locale: 'zh-CN' });
    await eventually(async () => expect(await client.must(whoAmI)).toEqual({ viewer: { isWorkspaceAdmin: false } }), {
      withinMs: 15_000,
    });
  });

  it('should end altogether as soon as the index knows that the member was removed', async () => {
    const { who, client } = await signedIn(2);
    await world.twenty.removeMember(chief, who);
    await eventually(async () =>
      expect(await world.rows('SELECT 1 FROM member WHERE id = $1 AND removed_at IS NOT NULL', [who.id])).toHaveLength(
        1,
      ),
    );
    const { status, errors } = await client.ask('{ customers { totalCount } }');
    expect([status, errors[0]?.extensions?.['code']]).toEqual([401, 'UNAUTHENTICATED']);
  });
});
