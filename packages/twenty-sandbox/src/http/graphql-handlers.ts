import type { Caller } from '../auth/caller';
import { executeRecords, formatError } from '../graphql/execute';
import { executeMetadata } from '../metadata-api/execute-metadata';
import type { SandboxServices } from '../sandbox-services';
import type { Workspace } from '../workspace';
import { bearerToken, type SandboxRequest, type SandboxResponse } from './http-types';
import { graphqlBody } from './multipart';

const API_KEY_RATE_PER_MINUTE = 100;

interface Session {
  caller: Caller | undefined;
  workspace: Workspace;
}

/** Twenty answers GraphQL with status 200 whatever happened; the errors are in the body. */
async function withSession(
  request: SandboxRequest,
  services: SandboxServices,
  run: (session: Session) => Promise<unknown>,
): Promise<SandboxResponse> {
  const token = bearerToken(request);
  let session: Session = { caller: undefined, workspace: services.main };
  if (token !== undefined) {
    try {
      session = services.callers.resolve(token);
    } catch (error) {
      return { status: 200, body: { errors: [formatError(error)] } };
    }
  }
  return { status: 200, body: await run(session) };
}

export async function handleRecords(request: SandboxRequest, services: SandboxServices): Promise<SandboxResponse> {
  const body = await graphqlBody(request);
  return withSession(request, services, ({ caller, workspace }) => {
    const { store, reader, writer } = workspace;
    const context = caller && { caller, store, reader, writer, spend: () => spend(services, caller) };
    return executeRecords(body, workspace.schemas(), context);
  });
}

export async function handleMetadata(request: SandboxRequest, services: SandboxServices): Promise<SandboxResponse> {
  const body = await graphqlBody(request);
  return withSession(request, services, ({ caller, workspace }) =>
    executeMetadata(body, {
      workspace,
      caller,
      locale: localeOf(request),
      registrations: services.registrations,
      tokens: services.tokens,
      install: (manifest) => services.install(manifest, workspace),
      uninstall: (universalIdentifier) => services.uninstall(universalIdentifier, workspace),
    }),
  );
}

function localeOf({ headers }: SandboxRequest): string {
  const locale = headers['x-locale'];
  return typeof locale === 'string' ? locale : 'en';
}

/** Applications and API keys have limits, people do not. */
function spend(services: SandboxServices, caller: Caller): void {
  if (services.apiRatePerMinute === 0 && services.faults.rateLimit === undefined) return;
  if (caller.kind === 'APPLICATION') {
    services.limiter.spend(
      `application:${caller.applicationId ?? ''}`,
      services.faults.rateLimit ?? services.apiRatePerMinute,
    );
  }
  if (caller.kind === 'API_KEY') services.limiter.spend(`api-key:${caller.workspaceId}`, API_KEY_RATE_PER_MINUTE);
}
