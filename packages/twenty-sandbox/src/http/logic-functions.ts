import type { SandboxServices } from '../sandbox-services';
import { bearerToken, restError, type SandboxRequest, type SandboxResponse } from './http-types';

type Handler = (variables: Record<string, string>) => unknown;

/** What the app's HTTP functions answer, by route; they see the application variables as their environment. */
const HANDLERS: Record<string, Handler> = {
  'highseas/engine': (variables) => ({ engineUrl: variables.HIGHSEAS_ENGINE_URL ?? '' }),
  // Every member may ask, so what holds secrets is left out.
  'highseas/settings': ({ REMINDER_WEBHOOKS: _, ...variables }) => variables,
};

const trimmed = (path: string): string => path.replace(/^\/+|\/+$/g, '');

/** Routes `/s/<path>` of installed apps. */
export function handleLogicFunction(request: SandboxRequest, services: SandboxServices): SandboxResponse {
  const path = trimmed(request.path.slice('/s/'.length));
  const token = bearerToken(request);
  let workspace = services.main;
  if (token !== undefined) {
    try {
      workspace = services.callers.resolve(token).workspace;
    } catch {
      return restError(401, 'UnauthorizedException', 'Token invalid.');
    }
  }
  for (const application of workspace.applications.values()) {
    const route = (application.manifest.logicFunctions ?? [])
      .map((logicFunction) => logicFunction.httpRouteTriggerSettings)
      .find((settings) => settings && trimmed(settings.path) === path && settings.httpMethod === request.method);
    const handler = HANDLERS[path];
    if (!route || !handler) continue;
    if (route.isAuthRequired && token === undefined)
      return restError(500, 'InternalServerError', 'Missing authentication token');
    const variables = Object.fromEntries([...application.variables.values()].map(({ key, value }) => [key, value]));
    return { status: 200, body: handler(variables) };
  }
  return restError(404, 'NotFoundException', 'No Route trigger found for this path');
}
