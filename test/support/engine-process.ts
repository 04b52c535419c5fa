import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from './highseas-eventually';

const root = join(__dirname, '../..');
const exitWithParent = join(root, 'packages/launcher/lib/exit-with-parent.cjs');
const readyWithinMs = 90_000;
const stopWithinMs = 15_000;

export const appManifestPath = join(root, 'packages/twenty-app/.twenty/output/manifest.json');

/** Builds the engine and the app unless they are what the sources say; `npm test` has done so before. */
export async function buildForEngines(): Promise<void> {
  const script =
    "import('./packages/launcher/lib/build.mjs').then(({ buildEngine, buildApp }) => Promise.all([buildEngine(), buildApp()]))";
  await promisify(execFile)(process.execPath, ['-e', script], { cwd: root, maxBuffer: 16 * 1024 * 1024 });
}

export interface EngineProcess {
  url: string;
  /** Everything it has written so far. */
  log(): string;
  ready(withinMs?: number): Promise<void>;
  /** SIGKILL: no shutdown hook runs. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM, as an operator stops it. @returns the exit code */
  stop(): Promise<number | null>;
}

/** Starts `dist/main.js` on a free port in a process of its own. It dies with the test, however that ends. */
export async function startEngineProcess(env: Record<string, string>, port?: number): Promise<EngineProcess> {
  const onPort = port ?? (await freePort());
  const url = `http://127.0.0.1:${onPort}`;
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', '--require', exitWithParent, join(root, 'dist/main.js')],
    {
      cwd: root,
      env: {
        PATH: process.env.PATH ?? '',
        PORT: String(onPort),
        HIGHSEAS_HOST: '127.0.0.1',
        HIGHSEAS_PUBLIC_URL: url,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  const log = () => output;

  return {
    url,
    log,
    ready: (withinMs = readyWithinMs) =>
      eventually(
        async () => {
          if (hasEnded(child))
            throw new Error(`The engine ended (${child.exitCode ?? child.signalCode}):\n${tail(output)}`);
          const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5000) });
          if (!answer.ok) throw new Error(`Not ready: ${await answer.text()}\n${tail(output)}`);
        },
        { withinMs, everyMs: 100 },
      ),
    kill: async () => {
      await end(child, 'SIGKILL');
    },
    stop: () => end(child, 'SIGTERM'),
  };
}

/** Runs another entry point of the engine to its end. @returns what it wrote @throws when it exits with anything but 0 */
export async function runToEnd(script: string, env: Record<string, string>): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--enable-source-maps', join(root, 'dist', script)],
    {
      cwd: root,
      env: { PATH: process.env.PATH ?? '', ...env },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return stdout + stderr;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  return new Promise((resolve) => {
    if (hasEnded(child)) return resolve(child.exitCode);
    const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
    child.once('exit', (code) => {
      clearTimeout(timer);
      resolve(code);
    });
    child.kill(signal);
  });
}

function tail(output: string): string {
  return output.slice(-3000);
}
