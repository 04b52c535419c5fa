import { deterministicId } from '../ids';
import type { Workspace } from '../workspace';
import { SYSTEM_ACTOR } from '../workspace';

const POOLS = [
  {
    key: 'company-pool',
    values: {
      name: 'Company pool 公司公海',
      isDefault: true,
      priority: 100,
      managesCompanies: true,
      managesPeople: false,
      holdingCapacity: 50,
    },
    managers: ['li.wei'],
    members: ['tom.baker', 'sun.li'],
  },
  {
    key: 'trade-show-leads',
    values: {
      name: 'Trade-show leads 展会线索',
      priority: 10,
      managesCompanies: true,
      managesPeople: true,
      firstFollowUpDays: 3,
      followUpDays: 7,
      routingFilter: { createdBy: { source: { eq: 'IMPORT' } } },
    },
    managers: ['daniel.reed'],
    members: ['tom.baker', 'sophie.turner', 'emma.clark'],
  },
  {
    key: 'east',
    values: {
      name: 'East 华东',
      priority: 20,
      visibility: 'MEMBERS',
      dayCounting: 'WORKING',
      managesCompanies: true,
      managesPeople: false,
      routingFilter: { address: { addressState: { in: ['Shanghai', '上海', 'Jiangsu', '江苏', 'Zhejiang', '浙江'] } } },
    },
    managers: ['chen.jing'],
    members: ['zhang.min', 'liu.yang', 'zhao.lei'],
  },
];

/** The three pools of a sample workspace and who belongs to them; nothing where the installed app has no pools. */
export function addSamplePools(workspace: Workspace, createdAt: string): void {
  const poolObject = workspace.registry.find('customerPool');
  const membershipObject = workspace.registry.find('customerPoolMember');
  if (!poolObject || !membershipObject || workspace.store.table('customerPool').size > 0) return;
  const stamps = { createdAt, updatedAt: createdAt };
  for (const [index, { key, values, managers, members }] of POOLS.entries()) {
    const customerPoolId = deterministicId(`pool:${key}`);
    const known = Object.entries(values).filter(([name]) => poolObject.fields.has(name));
    workspace.store
      .table('customerPool')
      .put(
        workspace.store.complete(
          poolObject,
          { ...Object.fromEntries(known), id: customerPoolId, position: index, ...stamps },
          SYSTEM_ACTOR,
        ),
      );
    const people = [
      ...managers.map((mailbox) => ({ mailbox, memberRole: 'MANAGER' })),
      ...members.map((mailbox) => ({ mailbox, memberRole: 'MEMBER' })),
    ];
    for (const [position, { mailbox, memberRole }] of people.entries()) {
      const memberId = workspace.userByEmail(`${mailbox}@highseas.example`)?.workspaceMemberId;
      if (memberId === undefined) continue;
      const id = deterministicId(`pool-member:${key}:${mailbox}`);
      const label = membershipObject.fields.has('name') ? { name: mailbox } : {};
      workspace.store
        .table('customerPoolMember')
        .put(
          workspace.store.complete(
            membershipObject,
            { ...label, id, customerPoolId, memberId, memberRole, position, ...stamps },
            SYSTEM_ACTOR,
          ),
        );
    }
  }
}
