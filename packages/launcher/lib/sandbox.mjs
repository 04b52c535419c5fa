import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { appManifestPath } from './build.mjs';
import { LaunchError } from './log.mjs';
import { inRoot } from './paths.mjs';
import { killNow, startServer, stopServer } from './server-process.mjs';

/**
 * @typedef {object} SandboxFacts
 * @property {string} url
 * @property {{ clientId: string, clientSecret: string, apiKey: string }} credentials
 * @property {{ id: string, email: string, name: string, role: 'admin' | 'manager' | 'rep' }[]} members
 */

/**
 * Starts the sandbox, with its sample workspace and the app installed, in a process of its own.
 * @returns {Promise<SandboxFacts & { stop: () => Promise<void>, kill: () => void, exited: Promise<void> }>}
 */
export async function runSandbox() {
  const child = startServer(fileURLToPath(new URL('sandbox-runner.mjs', import.meta.url)), {
    ...process.env,
    HIGHSEAS_APP_MANIFEST: appManifestPath(),
  });
  /** @type {Promise<void>} */
  const exited = new Promise((resolve) => child.once('exit', () => resolve()));
  /** @type {SandboxFacts} */
  const facts = await new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(/** @type {SandboxFacts} */ (message)));
    child.once('error', reject);
    void exited.then(() => reject(new LaunchError('The sandbox does not start; its messages are above.')));
  });
  return { ...facts, exited, stop: () => stopServer(child), kill: () => killNow(child) };
}

/**
 * Writes the app's setting HIGHSEAS_ENGINE_URL the way an admin does, so that the actions in Twenty find the engine.
 * @param {SandboxFacts} sandbox
 * @param {string} engineUrl
 */
export async function tellSandboxWhereTheEngineIs(sandbox, engineUrl) {
  const admin = sandbox.members.find(({ role }) => role === 'admin');
  const { token } = await post(`${sandbox.url}/sandbox/token`, { email: admin?.email });
  const { universalIdentifier } = JSON.parse(readFileSync(inRoot('plugin.json'), 'utf8'));
  const found = await metadata(
    'query Application($id: UUID!) { findOneApplication(universalIdentifier: $id) { id } }',
    { id: universalIdentifier },
  );
  await metadata(
    'mutation SetEngine($key: String!, $value: String!, $applicationId: UUID!) { updateOneApplicationVariable(key: $key, value: $value, applicationId: $applicationId) }',
    { key: 'HIGHSEAS_ENGINE_URL', value: engineUrl, applicationId: found.findOneApplication.id },
  );

  /**
   * @param {string} query
   * @param {object} variables
   */
  async function metadata(query, variables) {
    const { data, errors } = await post(`${sandbox.url}/metadata`, { query, variables }, token);
    if (errors) throw new LaunchError(`The sandbox refused the app's settings: ${errors[0].message}`);
    return data;
  }
}

/**
 * @param {string} url
 * @param {object} body
 * @param {string} [token]
 * @returns {Promise<any>}
 */
async function post(url, body, token) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  return response.json();
}
