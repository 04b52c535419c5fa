// Runs the sandbox in a process of its own and tells the launcher how to reach it.
import { createRequire } from 'node:module';
import { inRoot } from './paths.mjs';

const { startSandbox } = createRequire(import.meta.url)(inRoot('packages', 'twenty-sandbox', 'dist', 'index.js'));

/** @typedef {import('./sandbox.mjs').SandboxFacts} SandboxFacts */

const sandbox = await startSandbox({
  host: '127.0.0.1',
  port: Number(process.env.HIGHSEAS_SANDBOX_PORT ?? 0),
  // The path, not the manifest: beside it are the components that the browser workspace runs.
  manifest: process.env.HIGHSEAS_APP_MANIFEST ?? '',
});
process.once('SIGTERM', () => void sandbox.close().then(() => process.exit(0)));
/** @type {SandboxFacts} */
const facts = { url: sandbox.url, credentials: sandbox.credentials, members: sandbox.members };
process.send?.(facts);
