import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { InstalledApplication } from '../install/installed-application';
import type { SandboxServices } from '../sandbox-services';
import { BadRequest, jsonBody, restError, type SandboxRequest, type SandboxResponse } from './http-types';

export const LOGIC_FUNCTIONS = '/sandbox/logic-function/';

// As Twenty's local driver: a process of its own for each call, which imports the bundle and gives the handler the payload.
const RUNNER = `process.once('message', async ({ url, handlerName, payload }) => {
  try {
    const handler = handlerName.split('.').reduce((value, key) => value?.[key], await import(url));
    if (typeof handler !== 'function') throw new Error('Export "' + handlerName + '" not found in function bundle');
    process.send({ data: (await handler(payload)) ?? null }, () => process.exit(0));
  } catch (error) {
    process.send({ error: { errorMessage: String(error) } }, () => process.exit(1));
  }
});`;

interface Run {
  file: string;
  handlerName: string;
  payload: unknown;
  env: Record<string, string>;
  timeoutSeconds: number;
}

/**
 * `POST /sandbox/logic-function/<name>` with `{payload}`: what a workflow's step or a tool of the AI does, which the sandbox has none of.
 * Answers `{data}` or `{error: {errorMessage}}`. As on Twenty 2.21, the function gets a token of its app without a user.
 */
export async function runLogicFunction(request: SandboxRequest, services: SandboxServices): Promise<SandboxResponse> {
  const name = decodeURIComponent(request.path.slice(LOGIC_FUNCTIONS.length));
  for (const application of services.main.applications.values()) {
    const found = application.manifest.logicFunctions?.find((logicFunction) => logicFunction.name === name);
    if (!found) continue;
    if (!found.workflowActionTriggerSettings && !found.toolTriggerSettings)
      throw new BadRequest(`${name} is neither a workflow action nor a tool`);
    const file =
      application.bundles === undefined ? undefined : join(application.bundles, found.builtHandlerPath ?? '');
    if (file === undefined || !existsSync(file))
      return restError(404, 'NotFoundException', 'The app was installed without its built files');
    const body = await run({
      file,
      handlerName: found.handlerName ?? 'default.config.handler',
      payload: jsonBody(request).payload ?? {},
      env: environment(application, services, `http://${request.headers.host ?? 'localhost'}`),
      timeoutSeconds: found.timeoutSeconds ?? 30,
    });
    return { status: 200, body };
  }
  return restError(404, 'NotFoundException', `No installed app has a logic function ${name}`);
}

function environment(
  application: InstalledApplication,
  { tokens, main }: SandboxServices,
  url: string,
): Record<string, string> {
  return {
    TWENTY_API_URL: url,
    TWENTY_FUNCTIONS_URL: `${url}/s`,
    TWENTY_APP_ACCESS_TOKEN: tokens.sign({
      type: 'APPLICATION_ACCESS',
      sub: application.id,
      applicationId: application.id,
      workspaceId: main.id,
    }),
    APPLICATION_ID: application.id,
    ...Object.fromEntries([...application.variables.values()].map(({ key, value }) => [key, value])),
  };
}

function run({ file, handlerName, payload, env, timeoutSeconds }: Run): Promise<unknown> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['-e', RUNNER], {
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const settle = (answer: unknown): void => {
      clearTimeout(timer);
      resolve(answer);
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      settle({ error: { errorMessage: `Execution timed out after ${timeoutSeconds}s` } });
    }, timeoutSeconds * 1000);
    child.once('message', settle);
    child.once('error', (error) => settle({ error: { errorMessage: error.message } }));
    child.once('exit', () => settle({ error: { errorMessage: 'The function ended without an answer' } }));
    child.send({ url: pathToFileURL(file).href, handlerName, payload });
  });
}
