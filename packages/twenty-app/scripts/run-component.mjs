// Runs a built component as Twenty's page does and reports, as one line of JSON, what it asked of the page and the network
// and what it shows in the end. The page, its functions and the network are stand-ins; the component is the one that ships.
//   node run-component.mjs <built file> < scenario.json
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Window } from 'happy-dom';

/**
 * @typedef {object} Scenario
 * @property {string[]} selectedRecordIds
 * @property {string} locale
 * @property {{ url?: string, operation?: string, json: unknown }[]} network the first whose url ends so, or whose operation is in the query, answers; without one the network is down
 * @property {boolean} [submit] press the button once it can be pressed
 * @property {string} until a host function that ends the run when called, or a selector that ends it when found
 */

const PATIENCE_MS = 5_000;

const [file = ''] = process.argv.slice(2);
/** @type {Scenario} */
const scenario = JSON.parse(readFileSync(0, 'utf8'));
const window = new Window();
/** @type {{ name: string, params: unknown }[]} */
const host = [];
/** @type {{ url: string, authorization?: string, query?: string, variables?: unknown }[]} */
const calls = [];

const record = (/** @type {string} */ name) => async (/** @type {unknown} */ params) =>
  void host.push({ name, params });

Object.assign(process.env, {
  TWENTY_API_URL: 'https://twenty.test',
  TWENTY_FUNCTIONS_URL: 'https://twenty.test/s',
  TWENTY_APP_ACCESS_TOKEN: 'token',
});
Object.assign(globalThis, {
  window,
  document: window.document,
  frontComponentHostCommunicationApi: Object.fromEntries(
    ['enqueueSnackbar', 'openSidePanelPage', 'closeSidePanel', 'unmountFrontComponent'].map((name) => [
      name,
      record(name),
    ]),
  ),
  __twentySdkExecutionContext__: {
    ...scenario,
    frontComponentId: 'component',
    userId: 'user',
    recordId: null,
    colorScheme: 'light',
  },
  /** @param {string} url @param {RequestInit} [init] */
  fetch: async (url, init) => {
    const sent = typeof init?.body === 'string' ? JSON.parse(init.body) : {};
    calls.push({ url, authorization: new Headers(init?.headers).get('authorization') ?? undefined, ...sent });
    const answer = scenario.network.find((reply) =>
      reply.url ? url.endsWith(reply.url) : sent.query?.includes(reply.operation),
    );
    if (!answer) throw new TypeError('Failed to fetch');
    return new Response(JSON.stringify(answer.json));
  },
});

const container = window.document.createElement('div');
window.document.body.appendChild(container);
const { default: mount } = await import(pathToFileURL(resolve(file)).href);
mount(container);

const isOver = () =>
  host.some(({ name }) => name === scenario.until) ||
  (!/^[a-zA-Z]+$/.test(scenario.until) && container.querySelector(scenario.until));
let pressed = false;
for (const end = Date.now() + PATIENCE_MS; !isOver() && Date.now() < end;) {
  const button = container.querySelector('button');
  if (scenario.submit && !pressed && button && !button.disabled) {
    pressed = true;
    button.click();
  }
  await new Promise((done) => setTimeout(done, 5));
}

process.stdout.write(
  `${JSON.stringify({
    host,
    calls,
    options: [...container.querySelectorAll('option')].map(({ textContent }) => textContent),
    alert: container.querySelector('[role=alert]')?.textContent ?? null,
    canSubmit: container.querySelector('button')?.disabled === false,
  })}\n`,
  () => process.exit(0),
);
