import { defineRole } from './platform/sdk';
import { identifiers } from './identifiers';
import { companyAccountOwner } from './platform/standard-ids';
import { objectId } from './plugin/field-manifest';
import { plugin } from './plugin/plugin';

const READ_ONLY = {
  canReadObjectRecords: true,
  canUpdateObjectRecords: false,
  canSoftDeleteObjectRecords: false,
  canDestroyObjectRecords: false,
};
const NOT_BY_HAND = { canReadFieldValue: true, canUpdateFieldValue: false };

/**
 * For teams whose reps are to get and give customers by claiming and releasing alone. An ordinary member otherwise; nobody has it until an
 * admin assigns it. Managers keep their former role: they change pools and members.
 */
export default defineRole({
  universalIdentifier: identifiers.salesRole,
  label: 'Sales rep with pools 公海销售',
  description:
    'A member who claims and releases customers, and does not change owners, pools or their rules by hand. 通过领取和退回获得客户的成员，不能手动更改负责人、公海池及其规则。',
  icon: 'IconPool',
  canUpdateAllSettings: false,
  canAccessAllTools: true,
  canReadAllObjectRecords: true,
  canUpdateAllObjectRecords: true,
  canSoftDeleteAllObjectRecords: true,
  canDestroyAllObjectRecords: true,
  canBeAssignedToUsers: true,
  canBeAssignedToAgents: false,
  canBeAssignedToApiKeys: false,
  // A leave holds every clock of its member, so it is not for members to write.
  objectPermissions: plugin.objects.map(({ universalIdentifier }) => ({
    objectUniversalIdentifier: universalIdentifier,
    ...READ_ONLY,
  })),
  fieldPermissions: [
    { objectUniversalIdentifier: objectId('company'), fieldUniversalIdentifier: companyAccountOwner, ...NOT_BY_HAND },
    ...plugin.extends.flatMap(({ object, fields }) =>
      fields.map(({ universalIdentifier }) => ({
        objectUniversalIdentifier: objectId(object),
        fieldUniversalIdentifier: universalIdentifier,
        ...NOT_BY_HAND,
      })),
    ),
  ],
});
