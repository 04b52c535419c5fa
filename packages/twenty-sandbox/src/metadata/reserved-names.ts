/**
 * Names an app may not give to a field or an object (seen on Twenty 2.21: "This name is reserved. Use a different name…"),
 * together with the names of the core tables.
 */
const RESERVED = new Set([
  'type', 'types', 'role', 'roles', 'event', 'events', 'field', 'fields', 'link', 'links', 'index', 'indexes', 'object', 'objects',
  'relation', 'relations', 'search', 'searches', 'plan', 'plans', 'job', 'jobs', 'user', 'users', 'workspace', 'workspaces',
  'address', 'addresses', 'currency', 'currencies', 'aggregate', 'webhook', 'webhooks', 'apiKey', 'apiKeys', 'application',
  'applications', 'view', 'views', 'viewField', 'viewFields', 'viewFilter', 'viewFilters', 'viewSort', 'viewSorts', 'viewGroup',
  'viewGroups', 'featureFlag', 'featureFlags', 'userWorkspace', 'userWorkspaces', 'objectMetadata', 'fieldMetadata',
  'indexMetadata', 'dataSource', 'dataSources', 'file', 'files', 'appToken', 'appTokens', 'approvedAccessDomain',
  'approvedAccessDomains', 'billingSubscription', 'billingSubscriptions', 'publicDomain', 'publicDomains',
]);

export function isReservedName(name: string): boolean {
  return RESERVED.has(name);
}
