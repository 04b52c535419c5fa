import { buildSchema, type GraphQLSchema } from 'graphql';
import { PERMISSION_FLAG_IDENTIFIERS } from '../metadata/standard-identifiers';

/** The part of Twenty's `/metadata` API that Highseas uses, with Twenty's names and types. */
export const METADATA_SDL = /* GraphQL */ `
  scalar UUID
  scalar DateTime
  scalar JSON
  scalar ConnectionCursor
  scalar Upload

  enum PermissionFlagType { ${Object.keys(PERMISSION_FLAG_IDENTIFIERS).join(' ')} }
  enum FieldMetadataType {
    ACTOR ADDRESS ARRAY BOOLEAN CURRENCY DATE DATE_TIME EMAILS FILES FULL_NAME LINKS MORPH_RELATION MULTI_SELECT NUMBER NUMERIC PHONES
    POSITION RATING RAW_JSON RELATION RICH_TEXT SELECT TEXT TS_VECTOR UUID
  }

  type FullName { firstName: String! lastName: String! }
  type RolePermissionFlag { id: UUID! roleId: UUID! flag: String! }
  type FieldPermission {
    id: UUID! objectMetadataId: UUID! fieldMetadataId: UUID! roleId: UUID! canReadFieldValue: Boolean canUpdateFieldValue: Boolean
  }
  type Role {
    id: UUID! universalIdentifier: UUID label: String! description: String icon: String isEditable: Boolean!
    canBeAssignedToUsers: Boolean! canBeAssignedToAgents: Boolean! canBeAssignedToApiKeys: Boolean!
    workspaceMembers: [WorkspaceMember!]!
    canUpdateAllSettings: Boolean! canAccessAllTools: Boolean! canReadAllObjectRecords: Boolean! canUpdateAllObjectRecords: Boolean!
    canSoftDeleteAllObjectRecords: Boolean! canDestroyAllObjectRecords: Boolean!
    permissionFlags: [RolePermissionFlag!]
    fieldPermissions: [FieldPermission!]
  }
  type WorkspaceMember {
    id: UUID! name: FullName! userEmail: String! colorScheme: String! avatarUrl: String locale: String calendarStartDay: Int
    timeZone: String roles: [Role!] userWorkspaceId: UUID
  }
  type ObjectPermission {
    objectMetadataId: UUID! canReadObjectRecords: Boolean canUpdateObjectRecords: Boolean canSoftDeleteObjectRecords: Boolean
    canDestroyObjectRecords: Boolean restrictedFields: JSON
  }
  type UserWorkspace {
    id: UUID! user: User! userId: UUID! locale: String! createdAt: DateTime! updatedAt: DateTime! deletedAt: DateTime
    permissionFlags: [PermissionFlagType!] objectsPermissions: [ObjectPermission!]
  }
  type User {
    id: UUID! firstName: String! lastName: String! email: String! isEmailVerified: Boolean! createdAt: DateTime! updatedAt: DateTime!
    deletedAt: DateTime locale: String! workspaceMember: WorkspaceMember currentWorkspace: Workspace currentUserWorkspace: UserWorkspace
    workspaceMembers: [WorkspaceMember!]
  }
  type Workspace {
    id: UUID! displayName: String subdomain: String! createdAt: DateTime! updatedAt: DateTime! metadataVersion: Float!
    workspaceMembersCount: Float defaultRole: Role installedApplications: [Application!]! workspaceCustomApplicationId: String!
  }
  type ApplicationVariable {
    id: UUID! key: String! value: String! description: String! isSecret: Boolean! type: String! options: JSON
  }
  type FrontComponent {
    id: UUID! name: String! description: String componentName: String! universalIdentifier: UUID applicationId: UUID!
    createdAt: DateTime! updatedAt: DateTime! isHeadless: Boolean! usesSdkClient: Boolean!
  }
  enum PageLayoutType { RECORD_INDEX RECORD_PAGE DASHBOARD STANDALONE_PAGE }
  type PageLayout { id: UUID! name: String! type: PageLayoutType! universalIdentifier: UUID! }
  type Application {
    id: UUID! name: String! description: String version: String universalIdentifier: String! applicationRegistrationId: UUID
    canBeUninstalled: Boolean! defaultRoleId: String frontComponents: [FrontComponent!]! objects: [Object!]!
    applicationVariables: [ApplicationVariable!]!
  }
  type ApplicationRegistration {
    id: UUID! universalIdentifier: String! name: String! oAuthClientId: String! oAuthRedirectUris: [String!]! oAuthScopes: [String!]!
    createdAt: DateTime! updatedAt: DateTime!
  }
  type AuthToken { token: String! expiresAt: DateTime! }
  type AuthTokenPair { accessOrWorkspaceAgnosticToken: AuthToken! refreshToken: AuthToken! }
  type AuthTokens { tokens: AuthTokenPair! }
  type LoginToken { loginToken: AuthToken! }
  type RotateClientSecret { clientSecret: String! }
  type Webhook {
    id: UUID! targetUrl: String! operations: [String!]! description: String secret: String! applicationId: UUID! createdAt: DateTime!
    updatedAt: DateTime! deletedAt: DateTime
  }
  type ApiKey { id: UUID! name: String! expiresAt: DateTime! revokedAt: DateTime createdAt: DateTime! updatedAt: DateTime! role: Role! }
  type WorkspaceMigration { applicationUniversalIdentifier: String! actions: JSON! }
  type Field {
    id: UUID! universalIdentifier: String! type: FieldMetadataType! name: String! label: String! description: String icon: String
    isActive: Boolean isSystem: Boolean isNullable: Boolean isUnique: Boolean defaultValue: JSON options: JSON settings: JSON
    objectMetadataId: UUID! createdAt: DateTime! updatedAt: DateTime! applicationId: UUID!
  }
  type Object {
    id: UUID! universalIdentifier: String! nameSingular: String! namePlural: String! labelSingular: String! labelPlural: String!
    description: String icon: String isRemote: Boolean! isActive: Boolean! isSystem: Boolean! isSearchable: Boolean! applicationId: UUID!
    createdAt: DateTime! updatedAt: DateTime! labelIdentifierFieldMetadataId: UUID fieldsList: [Field!]!
    fields(paging: CursorPaging! = { first: 10 }): ObjectFieldsConnection!
  }
  type PageInfo { hasNextPage: Boolean hasPreviousPage: Boolean startCursor: ConnectionCursor endCursor: ConnectionCursor }
  type ObjectEdge { node: Object! cursor: ConnectionCursor! }
  type ObjectConnection { pageInfo: PageInfo! edges: [ObjectEdge!]! }
  type FieldEdge { node: Field! cursor: ConnectionCursor! }
  type ObjectFieldsConnection { pageInfo: PageInfo! edges: [FieldEdge!]! }

  input CursorPaging { before: ConnectionCursor after: ConnectionCursor first: Int last: Int }
  input CreateWebhookInput { id: UUID targetUrl: String! operations: [String!]! description: String secret: String }
  input UpdateWebhookInput { id: UUID! update: UpdateWebhookInputUpdates! }
  input UpdateWebhookInputUpdates { targetUrl: String operations: [String!] description: String secret: String }
  input CreateApiKeyInput { name: String! expiresAt: String! revokedAt: String roleId: UUID! }

  type Query {
    currentUser: User!
    currentWorkspace: Workspace!
    findManyApplications: [Application!]!
    findOneApplication(id: UUID, universalIdentifier: UUID): Application!
    findApplicationRegistrationByUniversalIdentifier(universalIdentifier: String!): ApplicationRegistration
    frontComponents: [FrontComponent!]!
    frontComponent(id: UUID!): FrontComponent
    getPageLayouts(objectMetadataId: String, pageLayoutType: PageLayoutType): [PageLayout!]!
    getRoles: [Role!]!
    webhooks: [Webhook!]!
    webhook(id: UUID!): Webhook
    objects(paging: CursorPaging! = { first: 10 }): ObjectConnection!
    object(id: UUID!): Object!
  }

  type Mutation {
    updateOneApplicationVariable(key: String!, value: String!, applicationId: UUID!): Boolean!
    rotateApplicationRegistrationClientSecret(id: String!): RotateClientSecret!
    createWebhook(input: CreateWebhookInput!): Webhook!
    updateWebhook(input: UpdateWebhookInput!): Webhook!
    deleteWebhook(id: UUID!): Webhook!
    deleteUserFromWorkspace(workspaceMemberIdToDelete: String!): UserWorkspace!
    updateWorkspaceMemberRole(workspaceMemberId: UUID!, roleId: UUID!): WorkspaceMember!
    createApiKey(input: CreateApiKeyInput!): ApiKey!
    getLoginTokenFromCredentials(email: String!, password: String!, origin: String!): LoginToken!
    getAuthTokensFromLoginToken(loginToken: String!, origin: String!): AuthTokens!
    uploadAppTarball(file: Upload!, universalIdentifier: String): ApplicationRegistration!
    installApplication(universalIdentifier: String!, version: String): Application!
    syncApplication(manifest: JSON!, dryRun: Boolean): WorkspaceMigration!
    uninstallApplication(universalIdentifier: String!): Boolean!
  }
`;

export function metadataSchema(): GraphQLSchema {
  return buildSchema(METADATA_SDL);
}
