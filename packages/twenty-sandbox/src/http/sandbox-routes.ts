import { SANDBOX_API_KEY_ID } from '../auth/caller-resolver';
import { STANDARD_ROLES } from '../auth/role';
import type { TokenClaims } from '../auth/token-service';
import { TwentyError } from '../errors';
import type { AppManifest } from '../install/manifest.types';
import type { SandboxServices } from '../sandbox-services';
import type { Workspace, WorkspaceUser } from '../workspace';
import type { FaultSettings } from './faults';
import { BadRequest, jsonBody, restError, type SandboxRequest, type SandboxResponse } from './http-types';

const DAY_MS = 86_400_000;
const ok = (body: unknown): SandboxResponse => ({ status: 200, body });

/** `/sandbox/*`: what tests and demos may do that Twenty has no API for. */
export function handleSandboxRoute(request: SandboxRequest, services: SandboxServices): SandboxResponse {
  switch (`${request.method} ${request.path}`) {
    case 'POST /sandbox/token':
      return issueToken(jsonBody(request), services);
    case 'POST /sandbox/faults':
      return setFaults(jsonBody(request), services);
    case 'POST /sandbox/clock':
      return moveClock(jsonBody(request), services);
    case 'POST /sandbox/install':
      return install(jsonBody(request), services);
    case 'GET /sandbox/state':
      return ok(stateOf(services));
    default:
      return restError(404, 'NotFoundException', `Cannot ${request.method} ${request.path}`);
  }
}

/** `{email, kind?, workspace?, expiresInSeconds?}`; kinds: front-component token (default), session token, API key, or an app's own without a user (`application` says which of several). */
function issueToken(body: Record<string, unknown>, services: SandboxServices): SandboxResponse {
  const workspace = body.workspace === 'other' ? services.other : services.main;
  const expires = typeof body.expiresInSeconds === 'number' ? body.expiresInSeconds : undefined;
  if (body.kind === 'apiKey') return ok({ token: services.tokens.sign(apiKeyClaims(workspace), expires) });
  if (body.kind === 'application') {
    const application =
      typeof body.application === 'string'
        ? workspace.applications.get(body.application)
        : [...workspace.applications.values()][0];
    if (!application) return restError(400, 'BadRequestException', 'No such application is installed');
    return ok({
      token: services.tokens.sign(
        { type: 'APPLICATION_ACCESS', sub: application.id, applicationId: application.id, workspaceId: workspace.id },
        expires,
      ),
    });
  }
  const email = String(body.email ?? '');
  const user = workspace.userByEmail(email) ?? (workspace === services.other ? guestFrom(services, email) : undefined);
  if (!user) return restError(404, 'NotFoundException', `No member has the e-mail ${email}`);
  const claims = body.kind === 'user' ? sessionClaims(workspace, user) : applicationClaims(workspace, user);
  if (!claims) return restError(400, 'BadRequestException', 'No application is installed');
  return ok({ token: services.tokens.sign(claims, expires) });
}

export function apiKeyClaims(workspace: Workspace): TokenClaims {
  return { type: 'API_KEY', sub: workspace.id, workspaceId: workspace.id, apiKeyId: SANDBOX_API_KEY_ID };
}

export function sessionClaims(workspace: Workspace, user: WorkspaceUser): TokenClaims {
  const { id, userWorkspaceId, workspaceMemberId } = user;
  return { type: 'ACCESS', sub: id, userId: id, workspaceId: workspace.id, userWorkspaceId, workspaceMemberId };
}

export function applicationClaims(workspace: Workspace, user: WorkspaceUser): TokenClaims | undefined {
  const application = [...workspace.applications.values()][0];
  return (
    application && {
      type: 'APPLICATION_ACCESS',
      sub: application.id,
      applicationId: application.id,
      workspaceId: workspace.id,
      userWorkspaceId: user.userWorkspaceId,
      userId: user.id,
    }
  );
}

/** Anybody of the main workspace may also belong to the other one, as an admin there. */
function guestFrom(services: SandboxServices, email: string): WorkspaceUser | undefined {
  const user = services.main.userByEmail(email);
  const member = user && services.main.member(user);
  if (!member) return undefined;
  const { firstName, lastName } = member.name as { firstName: string; lastName: string };
  return services.other.addMember({ email, firstName, lastName, role: STANDARD_ROLES.admin });
}

function setFaults(body: FaultSettings, { faults }: SandboxServices): SandboxResponse {
  try {
    faults.set(body);
  } catch (error) {
    throw new BadRequest(error instanceof Error ? error.message : String(error));
  }
  return ok(faults.get());
}

function moveClock(body: Record<string, unknown>, { clock }: SandboxServices): SandboxResponse {
  if (body.now !== undefined) {
    const now = typeof body.now === 'number' ? body.now : Date.parse(String(body.now));
    if (!Number.isFinite(now)) throw new BadRequest('now is not a time');
    clock.set(now);
  }
  for (const [name, unit] of [
    ['advanceDays', DAY_MS],
    ['advanceSeconds', 1000],
  ] as const) {
    const amount = body[name];
    if (amount === undefined) continue;
    if (typeof amount !== 'number' || !Number.isFinite(amount)) throw new BadRequest(`${name} is not a number`);
    clock.advance(amount * unit);
  }
  return ok({ now: clock.iso() });
}

function install(body: Record<string, unknown>, services: SandboxServices): SandboxResponse {
  const manifest = (body.manifest ?? body) as AppManifest;
  if (typeof manifest.application?.universalIdentifier !== 'string')
    throw new BadRequest('manifest.application is missing');
  try {
    const application = services.install(manifest, services.main);
    const registration = services.registrations.find(application.universalIdentifier);
    return ok({
      applicationId: application.id,
      clientId: registration?.clientId,
      clientSecret: registration?.clientSecret,
    });
  } catch (error) {
    if (error instanceof TwentyError)
      return { status: 400, body: { message: error.message, extensions: error.extensions } };
    throw error;
  }
}

function stateOf(services: SandboxServices) {
  const { main } = services;
  return {
    now: services.clock.iso(),
    workspaceId: main.id,
    records: Object.fromEntries(
      main.registry.objects().map(({ nameSingular }) => [nameSingular, main.store.table(nameSingular).size]),
    ),
    applications: [...main.applications.values()].map(({ id, universalIdentifier, name, version }) => ({
      id,
      universalIdentifier,
      name,
      version,
    })),
    webhooks: [...main.webhooks.values()].map(({ id, targetUrl, operations }) => ({ id, targetUrl, operations })),
    deliveries: services.webhooks.counts,
    faults: services.faults.get(),
  };
}
