import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

const ROOT = path.resolve(__dirname, '..', '..', '..');
const OWNER = `
  import { startPostgres } from ${JSON.stringify(path.join(__dirname, 'embedded-postgres.mjs'))};
  try {
    const server = await startPostgres({ dataDir: process.env.DATA_DIR });
    console.log(server.url());
    process.once('SIGTERM', () => server.stop().then(() => process.exit(0)));
    setInterval(() => {}, 1000);
  } catch (error) {
    console.log(error.message);
  }
`;

type Owner = ChildProcessByStdio<null, Readable, null>;

describe('embedded PostgreSQL', () => {
  let base: string;
  let dataDir: string;
  const owners: Owner[] = [];

  beforeEach(() => {
    base = path.join(ROOT, '.highseas', `spec-${randomUUID()}`);
    dataDir = path.join(base, 'postgres');
  });

  afterEach(async () => {
    await Promise.all(owners.splice(0).map((owner) => end(owner, 'SIGTERM')));
    rmSync(base, { recursive: true, force: true });
  });

  it('should keep what was written when it is stopped and started again', async () => {
    const first = await start();
    await query(first.said, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await end(first.owner, 'SIGTERM');

    const second = await start();

    expect(await query(second.said, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('should listen on the loopback interface alone, and let in nobody without its password', async () => {
    const { said } = await start();
    expect(await query(said, 'SHOW listen_addresses')).toEqual([
      { listen_addresses: expect.stringMatching(/^(localhost|127\.0\.0\.1)$/) },
    ]);
    const guess = new URL(said);
    expect(guess.password.length).toBeGreaterThanOrEqual(20);
    guess.password = 'postgres';
    await expect(query(guess.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
    // Whoever may read the files may read everything; only the account that runs the server may.
    expect(statSync(dataDir).mode & 0o077).toBe(0);
  });

  it('should leave no server behind when the process that asked for it is killed', async () => {
    const { owner, said } = await start();

    await end(owner, 'SIGKILL');

    await expect(eventually(() => isRefused(said))).resolves.toBe(true);
    await expect(eventually(async () => !existsSync(path.join(dataDir, 'postmaster.pid')))).resolves.toBe(true);
  });

  it('should start over a server whose keeper was killed', async () => {
    const { owner, said } = await start();
    await query(said, 'CREATE TABLE kept AS SELECT 42 AS answer');
    process.kill(keeperId(), 'SIGKILL');
    await end(owner, 'SIGKILL');

    const second = await start();

    expect(second.said).toMatch(/^postgresql:/);
    expect(await query(second.said, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  it('should not be kept from starting by a lock file whose process id belongs to something else now', async () => {
    await end((await start()).owner, 'SIGTERM');
    writeFileSync(path.join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n`);

    expect((await start()).said).toMatch(/^postgresql:/);
  });

  it('should refuse a folder that another running one uses, and leave that one alone', async () => {
    const first = await start();

    const second = await start();

    expect(second.said).toContain('in use by another running Highseas');
    expect(await query(first.said, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  async function start(): Promise<{ owner: Owner; said: string }> {
    const owner = spawn(process.execPath, ['--input-type=module', '-e', OWNER], {
      env: { ...process.env, DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    owners.push(owner);
    const said = await new Promise<string>((resolve) =>
      owner.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())),
    );
    return { owner, said };
  }

  function keeperId(): number {
    return Number(readFileSync(`${dataDir}.keeper`, 'utf8'));
  }
});

async function end(owner: Owner, signal: NodeJS.Signals): Promise<void> {
  if (owner.exitCode !== null || owner.signalCode !== null) return;
  const gone = new Promise((resolve) => owner.once('exit', resolve));
  owner.kill(signal);
  await gone;
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function isRefused(url: string): Promise<boolean> {
  return query(url, 'SELECT 1').then(
    () => false,
    () => true,
  );
}

async function eventually(condition: () => Promise<boolean>): Promise<boolean> {
  for (const until = Date.now() + 15_000; Date.now() < until; await sleep(100)) {
    if (await condition()) return true;
  }
  return false;
}
