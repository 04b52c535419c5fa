import { SystemPermissionFlag, defineApplicationRole } from './platform/sdk';
import { identifiers } from './identifiers';
import { objectId } from './plugin/field-manifest';
import { plugin } from './plugin/plugin';

function flagId(name: string): string {
  if (!(name in SystemPermissionFlag)) throw new Error(`Twenty has no permission flag "${name}"`);
  return SystemPermissionFlag[name as keyof typeof SystemPermissionFlag];
}

/** What the engine may do with the app's own credentials; a member's token keeps that member's role. */
export default defineApplicationRole({
  universalIdentifier: identifiers.role,
  label: 'Highseas engine',
  description: 'Reads and writes what the customer pools need, and nothing else.',
  canReadAllObjectRecords: false,
  canUpdateAllObjectRecords: false,
  canSoftDeleteAllObjectRecords: false,
  canDestroyAllObjectRecords: false,
  canUpdateAllSettings: false,
  canBeAssignedToUsers: false,
  canBeAssignedToAgents: false,
  canBeAssignedToApiKeys: true,
  objectPermissions: Object.entries(plugin.permissions.objects).map(([name, { read, update }]) => ({
    objectUniversalIdentifier: objectId(name),
    canReadObjectRecords: read,
    canUpdateObjectRecords: update,
    canSoftDeleteObjectRecords: false,
    canDestroyObjectRecords: false,
  })),
  permissionFlagUniversalIdentifiers: plugin.permissions.flags.map(flagId),
});
