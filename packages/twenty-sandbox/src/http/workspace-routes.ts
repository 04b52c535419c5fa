import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxServices } from '../sandbox-services';
import { describeWorkspace } from '../workspace-description';
import { BadRequest, jsonBody, restError, type SandboxRequest, type SandboxResponse } from './http-types';

const COMPONENTS = '/sandbox/components/';
const MANY_DAYS_MS = 600_000;

/** What the browser workspace asks for; undefined for any other path. */
export async function handleWorkspaceRoute(
  request: SandboxRequest,
  services: SandboxServices,
): Promise<SandboxResponse | undefined> {
  if (request.method === 'GET' && request.path === '/sandbox/workspace')
    return { status: 200, body: describeWorkspace(services.main) };
  if (request.method === 'GET' && request.path.startsWith(COMPONENTS))
    return componentBundle(request.path.slice(COMPONENTS.length), services);
  if (request.method === 'POST' && request.path === '/sandbox/engine-clock') return moveEngineClock(request, services);
  return undefined;
}

/** A front component as it was built. Twenty serves the same file to its page. */
function componentBundle(identifier: string, { main }: SandboxServices): SandboxResponse {
  for (const { manifest, bundles } of main.applications.values()) {
    const component = manifest.frontComponents?.find(({ universalIdentifier }) => universalIdentifier === identifier);
    if (!component?.builtComponentPath || bundles === undefined) continue;
    const file = join(bundles, component.builtComponentPath);
    if (existsSync(file))
      return { status: 200, body: readFileSync(file), contentType: 'text/javascript; charset=utf-8' };
  }
  return restError(404, 'NotFoundException', 'No such component, or the app was installed without its built files');
}

/**
 * `{advanceDays}`: lets days pass for the engine and the sandbox together. The browser asks here, because the engine
 * answers pages of Twenty only on its API.
 */
async function moveEngineClock(request: SandboxRequest, { main }: SandboxServices): Promise<SandboxResponse> {
  const { advanceDays } = jsonBody(request);
  if (typeof advanceDays !== 'number') throw new BadRequest('advanceDays is not a number');
  const engineUrl = describeWorkspace(main).app?.engineUrl;
  if (!engineUrl) return restError(409, 'ConflictException', 'No engine is connected');
  try {
    const answer = await fetch(`${engineUrl}/demo/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceDays }),
      signal: AbortSignal.timeout(MANY_DAYS_MS),
    });
    return { status: answer.status, body: (await answer.json()) as unknown };
  } catch {
    return restError(502, 'BadGatewayException', 'The engine does not answer');
  }
}
