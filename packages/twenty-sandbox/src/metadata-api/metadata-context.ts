import type { ApplicationRegistry } from '../application-registry';
import type { Caller } from '../auth/caller';
import type { TokenService } from '../auth/token-service';
import { forbiddenResource, permissionDenied, sessionTokenRequired } from '../errors';
import type { AppManifest } from '../install/manifest.types';
import type { InstalledApplication } from '../install/installed-application';
import type { PermissionFlag } from '../metadata/standard-identifiers';
import type { Workspace, WorkspaceUser } from '../workspace';

export interface MetadataContext {
  workspace: Workspace;
  /** Undefined when the request had no token. */
  caller: Caller | undefined;
  /** Of labels, as the request asks for it. */
  locale: string;
  registrations: ApplicationRegistry;
  tokens: TokenService;
  install: (manifest: AppManifest) => InstalledApplication;
  uninstall: (universalIdentifier: string) => boolean;
}

export function requireCaller(context: MetadataContext): Caller {
  if (!context.caller) throw forbiddenResource();
  return context.caller;
}

/** Application and API key tokens have no user: Twenty answers "Forbidden resource". */
export function requireUser(context: MetadataContext): { caller: Caller; user: WorkspaceUser } {
  const caller = requireCaller(context);
  const user = caller.userId === undefined ? undefined : context.workspace.users.get(caller.userId);
  if (!user) throw forbiddenResource();
  return { caller, user };
}

export function requireFlag(context: MetadataContext, flag: PermissionFlag): Caller {
  const caller = requireCaller(context);
  if (!caller.role.flags.has(flag)) throw permissionDenied();
  return caller;
}

/** API keys are given out to people who signed in. */
export function requireSession(context: MetadataContext, flag: PermissionFlag): Caller {
  const caller = requireCaller(context);
  if (caller.kind !== 'USER') throw sessionTokenRequired();
  return requireFlag(context, flag);
}

/** An app may not make itself a new client secret; a person or an API key with the right may. */
export function requireNoApp(context: MetadataContext, flag: PermissionFlag): Caller {
  const caller = requireFlag(context, flag);
  if (caller.applicationId !== undefined) throw sessionTokenRequired();
  return caller;
}
