import { mayOnRecords, type RecordAction, type Role } from '../auth/role';
import { deterministicId } from '../ids';
import type { ApplicationRegistration, InstalledApplication } from '../install/installed-application';
import type { Translate } from '../metadata/translate-label';
import type { FieldMeta, ObjectMeta } from '../metadata/metadata.types';
import type { Workspace, WorkspaceUser } from '../workspace';

const EPOCH = '2026-01-01T00:00:00.000Z';
const stamps = { createdAt: EPOCH, updatedAt: EPOCH, deletedAt: null };

export interface Paging {
  paging: { first?: number; after?: string };
}

/** What `/metadata` shows of the workspace, in the shapes of its types; nested views are functions, so cycles cost nothing. */
export function userView(workspace: Workspace, user: WorkspaceUser) {
  const member = workspace.member(user);
  const name = member?.name as { firstName: string; lastName: string } | undefined;
  const view = {
    id: user.id,
    firstName: name?.firstName ?? '',
    lastName: name?.lastName ?? '',
    email: user.email,
    isEmailVerified: true,
    locale: String(member?.locale ?? 'en'),
    ...stamps,
    workspaceMember: () => memberView(workspace, user),
    workspaceMembers: () => [...workspace.users.values()].map((other) => memberView(workspace, other)),
    currentWorkspace: () => workspaceView(workspace),
    currentUserWorkspace: () => userWorkspaceView(workspace, user),
  };
  return view;
}

export function userWorkspaceView(workspace: Workspace, user: WorkspaceUser) {
  return {
    id: user.userWorkspaceId,
    userId: user.id,
    user: () => userView(workspace, user),
    locale: String(workspace.member(user)?.locale ?? 'en'),
    permissionFlags: [...workspace.role(user).flags],
    objectsPermissions: () =>
      workspace.registry.objects().map((object) => objectPermissionView(workspace.role(user), object)),
    ...stamps,
  };
}

function objectPermissionView(role: Role, { id, nameSingular, fields }: ObjectMeta) {
  const may = (action: RecordAction) => mayOnRecords(role, nameSingular, action);
  const restricted = [...(role.fields.get(nameSingular) ?? [])];
  return {
    objectMetadataId: id,
    canReadObjectRecords: may('read'),
    canUpdateObjectRecords: may('update'),
    canSoftDeleteObjectRecords: may('softDelete'),
    canDestroyObjectRecords: may('destroy'),
    restrictedFields: Object.fromEntries(
      restricted.flatMap(([name, { canRead, canUpdate }]) => {
        const field = fields.get(name);
        return field ? [[field.id, { canRead, canUpdate }]] : [];
      }),
    ),
  };
}

export function memberView(workspace: Workspace, user: WorkspaceUser) {
  const member = workspace.member(user);
  return {
    id: user.workspaceMemberId,
    name: member?.name ?? { firstName: '', lastName: '' },
    userEmail: user.email,
    colorScheme: member?.colorScheme ?? 'System',
    avatarUrl: member?.avatarUrl ?? '',
    locale: member?.locale ?? 'en',
    calendarStartDay: member?.calendarStartDay ?? 7,
    timeZone: member?.timeZone ?? 'system',
    userWorkspaceId: user.userWorkspaceId,
    roles: () => [roleView(workspace, workspace.role(user))],
  };
}

export function roleView(workspace: Workspace, role: Role) {
  return {
    id: role.id,
    universalIdentifier: role.universalIdentifier,
    label: role.label,
    description: null,
    icon: null,
    isEditable: !role.canUpdateAllSettings,
    canBeAssignedToUsers: role.canBeAssignedToUsers,
    canBeAssignedToAgents: true,
    canBeAssignedToApiKeys: true,
    canUpdateAllSettings: role.canUpdateAllSettings,
    canAccessAllTools: role.flags.has('AI'),
    canReadAllObjectRecords: role.allObjects.read,
    canUpdateAllObjectRecords: role.allObjects.update,
    canSoftDeleteAllObjectRecords: role.allObjects.softDelete,
    canDestroyAllObjectRecords: role.allObjects.destroy,
    permissionFlags: () =>
      [...role.flags].map((flag) => ({ id: deterministicId(`flag:${role.id}:${flag}`), roleId: role.id, flag })),
    fieldPermissions: () => fieldPermissions(workspace, role),
    workspaceMembers: () =>
      [...workspace.users.values()]
        .filter((user) => user.roleId === role.id)
        .map((user) => memberView(workspace, user)),
  };
}

function fieldPermissions(workspace: Workspace, role: Role) {
  return [...role.fields].flatMap(([objectName, fields]) => {
    const object = workspace.registry.find(objectName);
    return [...fields].flatMap(([fieldName, rights]) => {
      const field = object?.fields.get(fieldName);
      if (!object || !field) return [];
      return [
        {
          id: deterministicId(`field-permission:${role.id}:${field.id}`),
          objectMetadataId: object.id,
          fieldMetadataId: field.id,
          roleId: role.id,
          canReadFieldValue: rights.canRead,
          canUpdateFieldValue: rights.canUpdate,
        },
      ];
    });
  });
}

export function workspaceView(workspace: Workspace) {
  return {
    id: workspace.id,
    displayName: workspace.name,
    subdomain: workspace.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
    ...stamps,
    metadataVersion: workspace.registry.version,
    workspaceMembersCount: workspace.users.size,
    defaultRole: () =>
      [...workspace.roles.values()]
        .filter((role) => role.label === 'Member')
        .map((role) => roleView(workspace, role))[0],
    installedApplications: () =>
      [...workspace.applications.values()].map((application) => applicationView(workspace, application)),
    workspaceCustomApplicationId: workspaceApplicationId(workspace),
  };
}

/** The workspace's own application, which webhooks made through the API belong to. */
export function workspaceApplicationId(workspace: Workspace): string {
  return deterministicId(`application:${workspace.name}:custom`);
}

export function applicationView(workspace: Workspace, application: InstalledApplication) {
  return {
    id: application.id,
    name: application.name,
    description: application.description,
    version: application.version,
    universalIdentifier: application.universalIdentifier,
    applicationRegistrationId: deterministicId(`registration:${application.universalIdentifier}`),
    canBeUninstalled: true,
    defaultRoleId: application.roleId,
    frontComponents: () => frontComponentViews(application),
    objects: () =>
      workspace.registry
        .objects()
        .filter((object) => object.applicationId === application.id)
        .map((object) => objectView(object)),
    // Secrets are write-only.
    applicationVariables: () =>
      [...application.variables.values()].map((variable) => ({
        ...variable,
        value: variable.isSecret ? '' : variable.value,
      })),
  };
}

export function registrationView({ id, universalIdentifier, name, clientId }: ApplicationRegistration) {
  return {
    id,
    universalIdentifier,
    name,
    oAuthClientId: clientId,
    oAuthRedirectUris: [],
    oAuthScopes: [],
    createdAt: EPOCH,
    updatedAt: EPOCH,
  };
}

export function frontComponentViews(application: InstalledApplication) {
  return application.frontComponents.map((component) => ({
    ...component,
    description: null,
    applicationId: application.id,
    usesSdkClient: true,
    ...stamps,
  }));
}

/** @param say labels in the language that was asked for */
export function objectView(object: ObjectMeta, say: Translate = (label) => label) {
  const fields = [...object.fields.values()].map((field) => fieldView(object, field, say));
  return {
    id: object.id,
    universalIdentifier: object.universalIdentifier,
    nameSingular: object.nameSingular,
    namePlural: object.namePlural,
    labelSingular: say(object.labelSingular),
    labelPlural: say(object.labelPlural),
    description: object.description ?? null,
    icon: object.icon ?? null,
    isRemote: false,
    isActive: true,
    isSystem: object.isSystem,
    isSearchable: true,
    applicationId: object.applicationId,
    ...stamps,
    labelIdentifierFieldMetadataId: object.fields.get(object.labelIdentifier)?.id ?? null,
    fieldsList: fields,
    fields: ({ paging }: Paging) => connectionOf(fields, paging),
  };
}

function fieldView(object: ObjectMeta, field: FieldMeta, say: Translate) {
  return {
    id: field.id,
    universalIdentifier: field.universalIdentifier,
    type: field.type,
    name: field.name,
    label: say(field.label),
    description: field.description ?? null,
    icon: field.icon ?? null,
    isActive: true,
    isSystem: field.isSystem,
    isNullable: field.isNullable,
    isUnique: field.isUnique,
    defaultValue: field.defaultValue ?? null,
    options: field.options ?? null,
    settings: field.relation
      ? {
          relationType: field.relation.kind,
          joinColumnName: field.relation.joinColumn,
          onDelete: field.relation.onDelete,
        }
      : null,
    objectMetadataId: object.id,
    applicationId: field.applicationId,
    ...stamps,
  };
}

/** A relay connection over things that have ids. */
export function connectionOf<T extends { id: string }>(nodes: T[], paging: { first?: number; after?: string }) {
  const start = paging.after === undefined ? 0 : nodes.findIndex((node) => node.id === paging.after) + 1;
  const page = nodes.slice(start, start + (paging.first ?? 10));
  return {
    edges: page.map((node) => ({ node, cursor: node.id })),
    pageInfo: {
      hasNextPage: start + page.length < nodes.length,
      hasPreviousPage: start > 0,
      startCursor: page[0]?.id ?? null,
      endCursor: page.at(-1)?.id ?? null,
    },
  };
}
