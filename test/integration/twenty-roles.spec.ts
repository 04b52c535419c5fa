import { randomUUID } from 'node:crypto';
import { STANDARD_ROLES } from '../../packages/twenty-sandbox/src/auth/role';
import { company, type EngineClient, person } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { JobsClient } from '../support/highseas-jobs';
import { expectSettled } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

const closed = { read: false, update: false, softDelete: false, destroy: false };

describe('what a role in Twenty forbids', () => {
  let world: HighseasWorld;
  let free = '';
  let someone = '';
  let guest: EngineClient;
  let companiesOnly: EngineClient;
  /** Manages the company pool like `companiesOnly`, and may not read where a company is. */
  let halfBlind: EngineClient;

  beforeAll(async () => {
    world = await HighseasWorld.start({
      seed: (twenty) => {
        twenty.patch('customerPool', twenty.pools.company, { managesPeople: true });
        free = twenty.seedCompany({ name: 'Free Ltd' });
        someone = twenty.seedPerson({ name: { firstName: 'Some', lastName: 'One' } });
        const { workspace } = twenty.sandbox;
        workspace.addMember({
          email: 'guest@highseas.example',
          firstName: 'Gus',
          lastName: 'Guest',
          role: STANDARD_ROLES.guest,
        });
        const role = { ...STANDARD_ROLES.member, id: randomUUID(), objects: new Map([['person', closed]]) };
        workspace.roles.set(role.id, role);
        const narrow = workspace.addMember({
          email: 'narrow@highseas.example',
          firstName: 'Nora',
          lastName: 'Narrow',
          role,
        });
        const hidden = new Map([['company', new Map([['address', { canRead: false, canUpdate: false }]])]]);
        const blind = { ...STANDARD_ROLES.member, id: randomUUID(), fields: hidden };
        workspace.roles.set(blind.id, blind);
        const half = workspace.addMember({
          email: 'half@highseas.example',
          firstName: 'Hal',
          lastName: 'Half',
          role: blind,
        });
        for (const { workspaceMemberId: memberId } of [narrow, half])
          twenty.seed('customerPoolMember', { customerPoolId: twenty.pools.company, memberId, memberRole: 'MANAGER' });
      },
    });
    await expectSettled(world);
    guest = await world.as({ email: 'guest@highseas.example' }, 'en');
    companiesOnly = await world.as({ email: 'narrow@highseas.example' }, 'en');
    halfBlind = await world.as({ email: 'half@highseas.example' }, 'en');
  });
  afterAll(() => world?.close());

  it('should leave a guest who may only look with looking', async () => {
    expect(await guest.customer(company(free))).toMatchObject({ name: 'Free Ltd' });
    await expect(guest.claim([company(free)])).rejects.toThrow(
      'FORBIDDEN: Your role in Twenty does not let you change companies.',
    );
    expect(world.twenty.ownerOf('company', free)).toBeNull();
  });

  it('should neither show nor give people to who may not see them in Twenty', async () => {
    expect(await companiesOnly.customer(person(someone))).toBeNull();
    const { customers } = await companiesOnly.must('{ customers(first: 200) { totalCount customers { object } } }');
    expect(customers).toEqual({ totalCount: 1, customers: [{ object: 'COMPANY' }] });
    expect((await companiesOnly.history(person(someone))).length).toBe(0);
    expect((await companiesOnly.history(company(free))).length).toBe(1);
    await expect(companiesOnly.claim([company(free), person(someone)])).rejects.toThrow(
      'FORBIDDEN: Your role in Twenty does not let you change people.',
    );
    expect(await companiesOnly.claim([company(free)])).toMatchObject({ done: 1 });
  });

  it('should let nobody find out by filters what they may not read in Twenty', async () => {
    const [blind, half, whole] = [companiesOnly, halfBlind, await world.as(world.twenty.member('li.wei'), 'en')].map(
      (client) => new JobsClient(client),
    );
    const to = { toMemberIds: [world.twenty.member('sun.li').id] };
    const people = { selection: { object: 'PERSON', filter: { name: { firstName: { like: 'S%' } } } }, ...to };
    const companies = { selection: { object: 'COMPANY', filter: { name: { like: 'Free%' } } }, ...to };
    const addresses = { selection: { object: 'COMPANY', filter: { address: { addressCity: { like: 'B%' } } } }, ...to };

    expect((await whole?.preview(people))?.total).toBe(1);
    await expect(blind?.preview(people)).rejects.toThrow('FORBIDDEN: Your role in Twenty does not let you read');
    await expect(blind?.reassign(people)).rejects.toThrow('FORBIDDEN');
    expect((await blind?.preview(companies))?.total).toBe(1);

    expect((await whole?.preview(addresses))?.total).toBe(0);
    await expect(half?.preview(addresses)).rejects.toThrow('FORBIDDEN: Your role in Twenty does not let you read');
    expect((await half?.preview({ selection: { customers: [company(free)] }, ...to }))?.total).toBe(1);
  });

  it('should count nobody whom the role hides, however they are chosen', async () => {
    const owner = world.twenty.member('sophie.turner').id;
    await world.twenty.edit(world.twenty.member('alice.morgan'), 'person', someone, { ownerId: owner });
    const input = { selection: { allOwnedBy: owner }, toMemberIds: [world.twenty.member('sun.li').id] };
    const whole = new JobsClient(await world.as(world.twenty.member('li.wei'), 'en'));
    await eventually(async () => expect((await whole.preview(input)).total).toBe(1));
    expect((await new JobsClient(companiesOnly).preview(input)).total).toBe(0);
    const counts = '{ pools { id pooledCount ownedCount } }';
    const home = async (client: EngineClient) =>
      ((await client.must(counts))['pools'] as { id: string }[]).find(({ id }) => id === world.twenty.pools.company);
    expect(await home(companiesOnly)).toMatchObject({ ownedCount: 1 });
    expect(await home(await world.as(world.twenty.member('li.wei')))).toMatchObject({ ownedCount: 2 });
  });
});
