import { randomUUID } from 'node:crypto';
import { STANDARD_ROLES } from '../../packages/twenty-sandbox/src/auth/role';
import { company, type CustomerRef, EngineClient } from './engine-client';
import { expectSettled } from './highseas-settled';
import type { Member, TwentyHands } from './highseas-twenty';
import { HighseasWorld } from './highseas-world';

/** Who asks and is known: the demoted one was a workspace admin. All but the admin are outsiders of the hidden pool. */
export const callers = ['rep', 'manager', 'otherManager', 'admin', 'demoted'] as const;
export type Caller = (typeof callers)[number];

/** Whose the customer is. The first three are in the pool that `manager` manages and everyone sees, the others in a pool for members. */
export const victims = ['own', 'others', 'pooled', 'hidden', 'hiddenPooled'] as const;
export type Victim = (typeof victims)[number];

/** In the name of every customer of the hidden pool, and of no other. */
export const hiddenName = 'Secret';

/** Limits out of the way: what is asked is who may, not how much. */
const relaxed = {
  holdingCapacity: null,
  claimLimit: null,
  cooldownDays: null,
  releaseReasonRequired: false,
  followUpDays: 300,
  firstFollowUpDays: 300,
  extensionDays: null,
};
const eastern = { address: { addressState: '上海' } };

/** A workspace where every caller finds a customer of each kind for every operation. */
export class RightsWorld {
  private readonly refs = new Map<string, string>();
  readonly people: Record<Caller | 'former' | 'hiddenOwner' | 'othersOwner' | 'receiver', Member>;
  /** One for each caller, with a customer in the open pool and one in the hidden one. */
  readonly leavers: Record<Caller, Member>;
  /** Two records of one company, the second one hidden. */
  readonly twins: { open: string; hidden: string };
  /** `in`: was in the open pool and will be in the hidden one; `out`: the other way round. */
  readonly moved: { in: string; out: string };

  private constructor(
    readonly world: HighseasWorld,
    planted: ReturnType<typeof plant>,
  ) {
    ({ people: this.people, leavers: this.leavers, twins: this.twins, moved: this.moved } = planted);
    for (const [key, id] of planted.refs) this.refs.set(key, id);
  }

  /** @param operations each has customers of its own */
  static async start(operations: readonly string[]): Promise<RightsWorld> {
    const planted: ReturnType<typeof plant>[] = [];
    const world = await HighseasWorld.start({ seed: (twenty) => planted.push(plant(twenty, operations)) });
    const [first] = planted;
    if (!first) throw new Error('Nothing was planted');
    try {
      await expectSettled(world);
    } catch (error) {
      await world.close();
      throw error;
    }
    return new RightsWorld(world, first);
  }

  /** @param operation one of those the world was started with */
  ref(operation: string, who: Caller, victim: Victim): CustomerRef {
    const id = this.refs.get(`${operation} ${who} ${victim}`);
    if (id === undefined) throw new Error(`No customer for ${operation}`);
    return company(id);
  }

  hiddenIds(): string[] {
    const hidden = [...this.refs].flatMap(([key, id]) => (key.includes(' hidden') ? [id] : []));
    return [...hidden, this.twins.hidden, this.moved.in];
  }

  /** Somebody with the engine's answer to them believed already, where Twenty knows them. */
  async client(who: keyof RightsWorld['people']): Promise<EngineClient> {
    return this.world.as(this.people[who], 'en');
  }

  /** A member of another workspace of the same Twenty. */
  async stranger(): Promise<EngineClient> {
    const token = await this.world.twenty.token(this.people.admin, { workspace: 'other', kind: 'user' });
    return new EngineClient(this.world.engine.url, token, 'en');
  }

  /** Brings those that are to move to the pool where they stay. */
  async move(): Promise<void> {
    const { east, company: open } = this.world.twenty.pools;
    const admin = await this.client('admin');
    for (const [poolId, id] of [
      [east, this.moved.in],
      [open, this.moved.out],
    ] as const)
      await admin.must('mutation($c: [CustomerRef!]!, $p: ID!) { moveToPool(customers: $c, poolId: $p) { done } }', {
        c: [company(id)],
        p: poolId,
      });
  }

  /** Twenty's admin rights end, and a membership. What the engine makes of it is for the test to wait for. */
  async endRights(): Promise<void> {
    const { sandbox } = this.world;
    const user = sandbox.workspace.userByEmail(this.people.demoted.email);
    if (user) user.roleId = STANDARD_ROLES.member.id;
    await this.world.twenty.removeMember(this.people.admin, this.people.former);
  }
}

function plant(twenty: TwentyHands, operations: readonly string[]) {
  for (const pool of [twenty.pools.company, twenty.pools.east]) twenty.patch('customerPool', pool, relaxed);
  const people = {
    rep: twenty.member('tom.baker'),
    manager: twenty.member('li.wei'),
    otherManager: twenty.member('daniel.reed'),
    admin: twenty.member('alice.morgan'),
    demoted: join(twenty, 'demoted'),
    former: join(twenty, 'former'),
    hiddenOwner: twenty.member('zhang.min'),
    othersOwner: twenty.member('emma.clark'),
    receiver: twenty.member('zhao.lei'),
  };
  const owners = { others: people.othersOwner.id, hidden: people.hiddenOwner.id, pooled: null, hiddenPooled: null };
  const refs = operations.flatMap((operation) =>
    callers.flatMap((who) =>
      victims.map((victim): [string, string] => {
        const isHidden = victim === 'hidden' || victim === 'hiddenPooled';
        const id = twenty.seedCompany({
          name: `${isHidden ? hiddenName : 'Known'} ${operation} ${who} ${victim}`,
          accountOwnerId: victim === 'own' ? people[who].id : owners[victim],
          ...(isHidden ? eastern : {}),
        });
        return [`${operation} ${who} ${victim}`, id];
      }),
    ),
  );
  const [first, ...others] = twenty.addMembers(callers.length);
  if (!first) throw new Error('No leavers');
  const leavers = Object.fromEntries(callers.map((who, at) => [who, others[at - 1] ?? first])) as Record<
    Caller,
    Member
  >;
  for (const { id } of Object.values(leavers)) {
    twenty.seedCompany({ name: `Known of a leaver ${id}`, accountOwnerId: id });
    twenty.seedCompany({ name: `${hiddenName} of a leaver ${id}`, accountOwnerId: id, ...eastern });
  }
  const site = (primaryLinkUrl: string) => ({
    domainName: { primaryLinkUrl, primaryLinkLabel: '', secondaryLinks: null },
  });
  return {
    people,
    refs,
    leavers,
    twins: {
      open: twenty.seedCompany({ name: 'Harbour Cranes', ...site('https://harbour-cranes.de') }),
      hidden: twenty.seedCompany({
        name: `${hiddenName} Cranes`,
        ...site('https://www.harbour-cranes.de/contact'),
        accountOwnerId: owners.hidden,
        ...eastern,
      }),
    },
    moved: {
      in: twenty.seedCompany({ name: `${hiddenName} since it was moved` }),
      out: twenty.seedCompany({ name: 'Known since it was moved', ...eastern }),
    },
  };
}

function join(twenty: TwentyHands, name: string): Member {
  const email = `${name}@highseas.example`;
  const { workspaceMemberId: id } = twenty.sandbox.workspace.addMember({
    email,
    firstName: name,
    lastName: randomUUID().slice(0, 4),
    role: STANDARD_ROLES.admin,
  });
  return { id, email, name };
}
