import { randomUUID } from 'node:crypto';
import { applicationsFlagMissing, permissionDenied, recordNotFound, TwentyError, unauthenticated } from '../errors';
import type { AppManifest } from '../install/manifest.types';
import { translateTo } from '../metadata/translate-label';
import { readManifestOfPackage } from '../install/read-package';
import { TOKEN_LIFETIME_SECONDS } from '../auth/token-service';
import type { Workspace } from '../workspace';
import type { Webhook } from '../webhooks/webhook.types';
import {
  requireCaller,
  requireFlag,
  requireNoApp,
  requireSession,
  requireUser,
  type MetadataContext,
} from './metadata-context';
import {
  applicationView,
  connectionOf,
  frontComponentViews,
  memberView,
  objectView,
  registrationView,
  roleView,
  userView,
  userWorkspaceView,
  workspaceApplicationId,
  workspaceView,
} from './metadata-views';

interface WebhookChanges {
  targetUrl?: string;
  operations?: string[];
  description?: string | null;
  secret?: string | null;
}

const notFound = (what: string) =>
  new TwentyError(`${what} not found`, { code: 'NOT_FOUND', userFriendlyMessage: `${what} not found.` });

/** Everybody's password; it keeps nobody out, as the sandbox gives tokens for the asking. */
const PASSWORD = 'sandbox';

/** Root resolvers of `/metadata`, in the form that graphql-js takes as a root value. */
export const metadataResolvers = {
  currentUser: (_args: unknown, context: MetadataContext) => {
    const { user } = requireUser(context);
    return userView(context.workspace, user);
  },

  currentWorkspace: (_args: unknown, context: MetadataContext) => {
    requireCaller(context);
    return workspaceView(context.workspace);
  },

  findManyApplications: (_args: unknown, context: MetadataContext) => {
    requireFlag(context, 'APPLICATIONS');
    return [...context.workspace.applications.values()].map((application) => ({
      ...applicationView(context.workspace, application),
      applicationVariables: () => {
        throw new TwentyError('Cannot return null for non-nullable field Application.applicationVariables.', {
          code: 'INTERNAL_SERVER_ERROR',
        });
      },
    }));
  },

  findOneApplication: (
    { id, universalIdentifier }: { id?: string; universalIdentifier?: string },
    context: MetadataContext,
  ) => {
    if (!requireCaller(context).role.flags.has('APPLICATIONS')) throw applicationsFlagMissing();
    const { applications } = context.workspace;
    const application =
      universalIdentifier === undefined
        ? context.workspace.applicationById(id ?? '')
        : applications.get(universalIdentifier);
    if (!application) throw notFound('Application');
    return applicationView(context.workspace, application);
  },

  updateOneApplicationVariable: (
    { key, value, applicationId }: { key: string; value: string; applicationId: string },
    context: MetadataContext,
  ) => {
    if (!requireCaller(context).role.flags.has('APPLICATIONS')) throw applicationsFlagMissing();
    const variable = context.workspace.applicationById(applicationId)?.variables.get(key);
    if (!variable) throw notFound('Application variable');
    // Neither checked against its type nor told to anybody: the engine has to validate and to poll.
    variable.value = value;
    return true;
  },

  findApplicationRegistrationByUniversalIdentifier: (
    { universalIdentifier }: { universalIdentifier: string },
    context: MetadataContext,
  ) => {
    requireFlag(context, 'APPLICATIONS');
    const registration = context.registrations.find(universalIdentifier);
    if (!registration) return null;
    return registrationView(registration);
  },

  rotateApplicationRegistrationClientSecret: ({ id }: { id: string }, context: MetadataContext) => {
    requireNoApp(context, 'APPLICATIONS');
    const registration = context.registrations.findById(id);
    if (!registration) throw notFound('Application registration');
    return { clientSecret: context.registrations.rotate(registration) };
  },

  frontComponents: (_args: unknown, context: MetadataContext) => {
    requireCaller(context);
    return [...context.workspace.applications.values()].flatMap(frontComponentViews);
  },

  frontComponent: ({ id }: { id: string }, context: MetadataContext) => {
    requireCaller(context);
    return (
      [...context.workspace.applications.values()]
        .flatMap(frontComponentViews)
        .find((component) => component.id === id) ?? null
    );
  },

  getPageLayouts: ({ pageLayoutType }: { pageLayoutType?: string }, context: MetadataContext) => {
    requireCaller(context);
    return [...context.workspace.applications.values()]
      .flatMap(({ manifest }) => manifest.pageLayouts ?? [])
      .filter(({ type }) => pageLayoutType === undefined || type === pageLayoutType)
      .map(({ universalIdentifier, name, type }) => ({ id: universalIdentifier, universalIdentifier, name, type }));
  },

  getRoles: (_args: unknown, context: MetadataContext) => {
    requireFlag(context, 'ROLES');
    return [...context.workspace.roles.values()].map((role) => roleView(context.workspace, role));
  },

  updateWorkspaceMemberRole: (
    { workspaceMemberId, roleId }: { workspaceMemberId: string; roleId: string },
    context: MetadataContext,
  ) => {
    const caller = requireFlag(context, 'ROLES');
    const user = context.workspace.userByMember(workspaceMemberId);
    const role = context.workspace.roles.get(roleId);
    if (!user || !role) throw notFound(user ? 'Role' : 'Workspace member');
    if (!role.canBeAssignedToUsers || user.id === caller.userId) throw permissionDenied();
    user.roleId = roleId;
    return memberView(context.workspace, user);
  },

  deleteUserFromWorkspace: (
    { workspaceMemberIdToDelete }: { workspaceMemberIdToDelete: string },
    context: MetadataContext,
  ) => {
    const caller = requireCaller(context);
    if (caller.workspaceMemberId !== workspaceMemberIdToDelete) requireFlag(context, 'WORKSPACE_MEMBERS');
    const user = context.workspace.userByMember(workspaceMemberIdToDelete);
    if (!user) throw recordNotFound();
    const view = userWorkspaceView(context.workspace, user);
    context.workspace.removeUser(user);
    return view;
  },

  webhooks: (_args: unknown, context: MetadataContext) => {
    requireFlag(context, 'API_KEYS_AND_WEBHOOKS');
    return [...context.workspace.webhooks.values()];
  },

  webhook: ({ id }: { id: string }, context: MetadataContext) => {
    requireFlag(context, 'API_KEYS_AND_WEBHOOKS');
    return context.workspace.webhooks.get(id) ?? null;
  },

  createWebhook: (
    { input }: { input: WebhookChanges & { id?: string; targetUrl: string; operations: string[] } },
    context: MetadataContext,
  ) => {
    requireFlag(context, 'API_KEYS_AND_WEBHOOKS');
    assertTarget(input.targetUrl);
    const { workspace } = context;
    const now = workspace.clock.iso();
    const webhook: Webhook = {
      id: input.id ?? randomUUID(),
      targetUrl: input.targetUrl,
      operations: input.operations,
      description: input.description ?? null,
      secret: input.secret ?? '',
      applicationId: workspaceApplicationId(workspace),
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    };
    workspace.webhooks.set(webhook.id, webhook);
    return webhook;
  },

  updateWebhook: ({ input }: { input: { id: string; update: WebhookChanges } }, context: MetadataContext) => {
    requireFlag(context, 'API_KEYS_AND_WEBHOOKS');
    const webhook = context.workspace.webhooks.get(input.id);
    if (!webhook) throw notFound('Webhook');
    const { targetUrl, operations, description, secret } = input.update;
    if (targetUrl !== undefined) assertTarget(targetUrl);
    const updated: Webhook = {
      ...webhook,
      ...(targetUrl !== undefined && { targetUrl }),
      ...(operations !== undefined && { operations }),
      ...(description !== undefined && { description }),
      ...(secret !== undefined && { secret: secret ?? '' }),
      updatedAt: context.workspace.clock.iso(),
    };
    context.workspace.webhooks.set(updated.id, updated);
    return updated;
  },

  deleteWebhook: ({ id }: { id: string }, context: MetadataContext) => {
    requireFlag(context, 'API_KEYS_AND_WEBHOOKS');
    const webhook = context.workspace.webhooks.get(id);
    if (!webhook) throw notFound('Webhook');
    context.workspace.webhooks.delete(id);
    return webhook;
  },

  createApiKey: (
    { input }: { input: { name: string; expiresAt: string; roleId: string } },
    context: MetadataContext,
  ) => {
    requireSession(context, 'API_KEYS_AND_WEBHOOKS');
    const role = context.workspace.roles.get(input.roleId);
    if (!role) throw notFound('Role');
    const now = context.workspace.clock.iso();
    return {
      id: randomUUID(),
      name: input.name,
      expiresAt: input.expiresAt,
      revokedAt: null,
      createdAt: now,
      updatedAt: now,
      role: roleView(context.workspace, role),
    };
  },

  objects: ({ paging }: { paging: { first?: number; after?: string } }, context: MetadataContext) => {
    requireCaller(context);
    return connectionOf(
      context.workspace.registry.objects().map((object) => objectView(object, labelsOf(context))),
      paging,
    );
  },

  object: ({ id }: { id: string }, context: MetadataContext) => {
    requireCaller(context);
    const object = context.workspace.registry.objects().find((candidate) => candidate.id === id);
    if (!object) throw notFound('Object');
    return objectView(object, labelsOf(context));
  },

  getLoginTokenFromCredentials: (
    { email, password }: { email: string; password: string },
    { workspace, tokens }: MetadataContext,
  ) => {
    const user = workspace.userByEmail(email);
    if (!user || password !== PASSWORD) {
      throw new TwentyError('Wrong password', { code: 'FORBIDDEN', userFriendlyMessage: 'Wrong password' });
    }
    return {
      loginToken: authToken(workspace, tokens.sign({ type: 'LOGIN', sub: user.id, workspaceId: workspace.id })),
    };
  },

  getAuthTokensFromLoginToken: ({ loginToken }: { loginToken: string }, { workspace, tokens }: MetadataContext) => {
    const claims = tokens.verify(loginToken);
    const user = claims.type === 'LOGIN' ? workspace.users.get(claims.sub) : undefined;
    if (!user) throw unauthenticated();
    const token = authToken(
      workspace,
      tokens.sign({
        type: 'ACCESS',
        sub: user.id,
        userId: user.id,
        workspaceId: workspace.id,
        userWorkspaceId: user.userWorkspaceId,
        workspaceMemberId: user.workspaceMemberId,
      }),
    );
    return { tokens: { accessOrWorkspaceAgnosticToken: token, refreshToken: token } };
  },

  uploadAppTarball: ({ file }: { file: unknown }, context: MetadataContext) => {
    requireFlag(context, 'APPLICATIONS');
    const manifest = Buffer.isBuffer(file) ? readManifestOfPackage(file) : undefined;
    if (!manifest) throw new TwentyError('manifest.json not found in tarball', { code: 'BAD_USER_INPUT' });
    context.registrations.uploads.set(manifest.application.universalIdentifier, manifest);
    return registrationView(context.registrations.register(manifest));
  },

  installApplication: ({ universalIdentifier }: { universalIdentifier: string }, context: MetadataContext) => {
    requireFlag(context, 'APPLICATIONS');
    const manifest = context.registrations.uploads.get(universalIdentifier);
    if (!manifest) throw notFound('Application registration');
    return applicationView(context.workspace, context.install(manifest));
  },

  syncApplication: ({ manifest }: { manifest: AppManifest }, context: MetadataContext) => {
    requireFlag(context, 'APPLICATIONS');
    const application = context.install(manifest);
    return { applicationUniversalIdentifier: application.universalIdentifier, actions: [] };
  },

  uninstallApplication: ({ universalIdentifier }: { universalIdentifier: string }, context: MetadataContext) => {
    requireFlag(context, 'APPLICATIONS');
    return context.uninstall(universalIdentifier);
  },
};

function authToken(workspace: Workspace, token: string) {
  return { token, expiresAt: new Date(workspace.clock.now() + TOKEN_LIFETIME_SECONDS * 1000).toISOString() };
}

function assertTarget(url: string): void {
  if (!URL.canParse(url)) {
    throw new TwentyError('Invalid target URL provided', {
      code: 'BAD_USER_INPUT',
      userFriendlyMessage: 'Please provide a valid URL.',
    });
  }
}

function labelsOf({ workspace, locale }: MetadataContext) {
  const catalogs = [...workspace.applications.values()].map(({ manifest }) => manifest.translations?.['zh-CN'] ?? {});
  return translateTo(locale, Object.assign({}, ...catalogs) as Record<string, string>);
}
