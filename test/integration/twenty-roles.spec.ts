import { randomUUID } from 'node:crypto';
import { STANDARD_ROLES } from '../../packages/twenty-sandbox/src/auth/role';
import { company, type EngineClient, person } from '../support/engine-client';
import { expectSettled } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

const closed = { read: false, update: false, softDelete: false, destroy: false };

describe('what a role in Twenty forbids', () => {
  let world: HighseasWorld;
  let free = '';
  let someone = '';
  let guest: EngineClient;
  let companiesOnly: EngineClient;

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
        workspace.addMember({ email: 'narrow@highseas.example', firstName: 'Nora', lastName: 'Narrow', role });
      },
    });
    await expectSettled(world);
    guest = await world.as({ email: 'guest@highseas.example' }, 'en');
    companiesOnly = await world.as({ email: 'narrow@highseas.example' }, 'en');
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
});
