import { SandboxClock, startSandbox, type Sandbox } from '../src';
import type { StoredRecord } from '../src';
import { pluginManifest } from './support/plugin-manifest';

const NOW = Date.parse('2026-11-20T08:00:00.000Z');

describe('the sample workspace', () => {
  let sandbox: Sandbox;
  const records = (object: string): StoredRecord[] => [...sandbox.workspace.store.table(object).all()];
  const idsOf = (role: string) => new Set(sandbox.members.filter((member) => member.role === role).map(({ id }) => id));

  beforeAll(async () => {
    sandbox = await startSandbox({ manifest: pluginManifest(), clock: new SandboxClock(() => NOW) });
  });
  afterAll(() => sandbox.close());

  it('should be the same every time', async () => {
    const again = await startSandbox({ manifest: pluginManifest(), clock: new SandboxClock(() => NOW) });
    for (const { nameSingular } of sandbox.workspace.registry.objects()) {
      expect([...again.workspace.store.table(nameSingular).all()]).toEqual(records(nameSingular));
    }
    expect(again.members).toEqual(sandbox.members);
    await again.close();
  });

  it('should have two admins, three pool managers and seven reps', () => {
    expect(['admin', 'manager', 'rep'].map((role) => idsOf(role).size)).toEqual([2, 3, 7]);
  });

  it('should have 2,000 companies and 3,000 people, each of a company', () => {
    expect(records('company')).toHaveLength(2000);
    expect(records('person')).toHaveLength(3000);
    expect(records('person').every(({ companyId }) => typeof companyId === 'string')).toBe(true);
  });

  it('should give each rep a private book with room left', () => {
    for (const member of idsOf('rep')) {
      const owned = records('company').filter(({ accountOwnerId }) => accountOwnerId === member).length;
      expect(owned).toBeGreaterThanOrEqual(12);
      expect(owned).toBeLessThanOrEqual(30);
    }
    for (const member of idsOf('admin'))
      expect(records('company').some(({ accountOwnerId }) => accountOwnerId === member)).toBe(false);
  });

  it('should have the three pools, each with a manager', () => {
    const pools = records('customerPool');
    expect(pools.map(({ name }) => name)).toEqual(['Company pool 公司公海', 'Trade-show leads 展会线索', 'East 华东']);
    expect(pools.filter(({ isDefault }) => isDefault === true)).toHaveLength(1);
    const managers = records('customerPoolMember').filter(({ memberRole }) => memberRole === 'MANAGER');
    expect(new Set(managers.map(({ customerPoolId }) => customerPoolId))).toEqual(new Set(pools.map(({ id }) => id)));
    expect(new Set(managers.map(({ memberId }) => memberId))).toEqual(idsOf('manager'));
  });

  it('should route customers to every pool, with enough that nobody owns', () => {
    const pools = records('customerPool').filter(({ routingFilter }) => routingFilter !== null);
    for (const pool of pools) {
      const matching = sandbox.workspace.writer.matching(
        sandbox.workspace.registry.get('company'),
        pool.routingFilter as Record<string, unknown>,
      );
      expect(matching.filter(({ accountOwnerId }) => accountOwnerId === null).length).toBeGreaterThan(100);
    }
  });

  it('should leave the pool fields of customers to the engine', () => {
    for (const customer of [...records('company'), ...records('person')]) {
      expect([customer.poolStatus, customer.customerPoolId, customer.ownedSince]).toEqual([null, null, null]);
    }
  });

  it('should give owners only to imported people of owned companies', () => {
    const owners = new Map(records('company').map(({ id, accountOwnerId }) => [id, accountOwnerId]));
    const owned = records('person').filter(({ ownerId }) => ownerId !== null);
    expect(owned.length).toBeGreaterThan(20);
    for (const person of owned) {
      expect((person.createdBy as { source: string }).source).toBe('IMPORT');
      expect(owners.get(String(person.companyId))).toBe(person.ownerId);
    }
  });

  it('should hold no time in the future but due dates', () => {
    for (const object of ['company', 'person', 'note', 'task', 'opportunity', 'noteTarget']) {
      for (const record of records(object)) {
        expect(Date.parse(record.createdAt)).toBeLessThanOrEqual(NOW);
        expect(record.updatedAt >= record.createdAt).toBe(true);
      }
    }
  });

  it('should have activities that name existing records', () => {
    for (const [object, column, target] of [
      ['noteTarget', 'noteId', 'note'],
      ['taskTarget', 'taskId', 'task'],
      ['noteTarget', 'targetCompanyId', 'company'],
      ['opportunity', 'companyId', 'company'],
    ] as const) {
      const table = sandbox.workspace.store.table(target);
      expect(
        records(object).every((record) => record[column] === null || table.get(String(record[column])) !== undefined),
      ).toBe(true);
    }
    expect(new Set(records('opportunity').map(({ stage }) => stage))).toEqual(
      new Set(['NEW', 'SCREENING', 'MEETING', 'PROPOSAL', 'CUSTOMER']),
    );
  });
});
