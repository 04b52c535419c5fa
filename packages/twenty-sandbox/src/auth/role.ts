import { deterministicId } from '../ids';
import { OPEN_TO_READERS } from '../metadata/correspondence-objects';
import { PERMISSION_FLAG_IDENTIFIERS, type PermissionFlag } from '../metadata/standard-identifiers';

export type RecordAction = 'read' | 'update' | 'softDelete' | 'destroy';
export type RecordRights = Record<RecordAction, boolean>;

export interface FieldRights {
  canRead: boolean;
  canUpdate: boolean;
}

export interface Role {
  id: string;
  universalIdentifier: string;
  label: string;
  /** The app that brought the role; roles of an app go with it. */
  applicationId?: string;
  canUpdateAllSettings: boolean;
  canBeAssignedToUsers: boolean;
  flags: ReadonlySet<PermissionFlag>;
  allObjects: RecordRights;
  /** Rights on single objects, by singular name; they come before `allObjects`. */
  objects: ReadonlyMap<string, Partial<RecordRights>>;
  /** Restrictions on single fields, by singular object name and field name. */
  fields: ReadonlyMap<string, ReadonlyMap<string, FieldRights>>;
}

const ALL_FLAGS = Object.keys(PERMISSION_FLAG_IDENTIFIERS) as PermissionFlag[];
export const TOOL_FLAGS: readonly PermissionFlag[] = [
  'AI',
  'VIEWS',
  'UPLOAD_FILE',
  'DOWNLOAD_FILE',
  'SEND_EMAIL_TOOL',
  'CREATE_CALENDAR_EVENT_TOOL',
  'HTTP_REQUEST_TOOL',
  'CODE_INTERPRETER_TOOL',
  'IMPORT_CSV',
  'EXPORT_CSV',
  'CONNECTED_ACCOUNTS',
  'PROFILE_INFORMATION',
];

const rights = (allowed: boolean): RecordRights => ({
  read: allowed,
  update: allowed,
  softDelete: allowed,
  destroy: allowed,
});

function standardRole(label: string, flags: readonly PermissionFlag[], allObjects: RecordRights): Role {
  return {
    id: deterministicId(`role:${label}`),
    universalIdentifier: deterministicId(`universal:role:${label}`),
    label,
    canUpdateAllSettings: label === 'Admin',
    canBeAssignedToUsers: true,
    flags: new Set(flags),
    allObjects,
    objects: new Map(),
    fields: new Map(),
  };
}

/** The roles that a new workspace has. */
export const STANDARD_ROLES = {
  admin: standardRole('Admin', ALL_FLAGS, rights(true)),
  member: standardRole('Member', TOOL_FLAGS, rights(true)),
  guest: standardRole('Guest', [], { ...rights(false), read: true }),
} as const;

export function mayOnRecords(role: Role, object: string, action: RecordAction): boolean {
  if (action === 'read' && OPEN_TO_READERS.has(object)) return true;
  return role.objects.get(object)?.[action] ?? role.allObjects[action];
}

export function mayWriteField(role: Role, object: string, field: string): boolean {
  return role.fields.get(object)?.get(field)?.canUpdate ?? true;
}
