import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = path.resolve(__dirname, '..', '..');
const SECOND = 1000;

interface Ready {
  engine: string;
  twenty: string;
  members: { id: string; email: string; name: string; role: string }[];
}

interface Outcome {
  status: string;
  refusal: { code: string } | null;
}

describe('npm start -- --json', () => {
  let launcher: ChildProcessByStdio<null, Readable, Readable>;
  let stdout = '';
  let stderr = '';
  let ready: Ready;
  let token: string;

  beforeAll(async () => {
    const { TWENTY_URL: _url, DATABASE_URL: _database, REDIS_URL: _redis, PORT: _port, ...env } = process.env;
    launcher = spawn(process.execPath, [path.join(__dirname, 'start.mjs'), '--json'], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    launcher.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    launcher.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-10_000)));
    await eventually('npm start is ready', () => stdout.endsWith('\n') || launcher.exitCode !== null, 120 * SECOND);
    if (launcher.exitCode !== null) throw new Error(`npm start ended with ${launcher.exitCode}:\n${stderr}`);
    ready = JSON.parse(stdout) as Ready;
    const rep = ready.members.find(({ role }) => role === 'rep');
    token = (await post<{ token: string }>(`${ready.twenty}/sandbox/token`, { email: rep?.email })).token;
  }, 150 * SECOND);

  afterAll(async () => {
    if (launcher.exitCode === null && launcher.signalCode === null) launcher.kill('SIGKILL');
    await eventually('everything has ended', () => childrenOf(launcher.pid).length === 0, 20 * SECOND);
  });

  it('should print one line of JSON with the addresses and the twelve members, and nothing else on stdout', () => {
    expect(stdout.split('\n')).toHaveLength(2);
    expect(ready).toMatchObject({
      engine: expect.stringMatching(/^http:\/\/[^/]+$/),
      twenty: expect.stringMatching(/^http:/),
    });
    expect(ready.members.map(({ role }) => role).sort()).toEqual([
      ...Array<string>(2).fill('admin'),
      ...Array<string>(3).fill('manager'),
      ...Array<string>(7).fill('rep'),
    ]);
    for (const member of ready.members)
      expect(member).toEqual({
        id: expect.any(String),
        email: expect.stringContaining('@'),
        name: expect.any(String),
        role: expect.any(String),
      });
  });

  it('should let a rep claim a pooled customer and give it back, in the engine and in Twenty alike', async () => {
    const recordId = await claimable();

    expect(
      await command(
        'mutation ($id: ID!) { done: claim(customers: [{ object: COMPANY, recordId: $id }]) { outcomes { status refusal { code } } } }',
        recordId,
      ),
    ).toEqual({
      status: 'DONE',
      refusal: null,
    });
    expect(await ownerInTwenty(recordId)).toBe(await viewerId());
    expect(
      await command(
        'mutation ($id: ID!) { done: release(customers: [{ object: COMPANY, recordId: $id }], reason: "OTHER", note: "just a try") { outcomes { status refusal { code } } } }',
        recordId,
      ),
    ).toEqual({ status: 'DONE', refusal: null });
    expect(await ownerInTwenty(recordId)).toBeNull();
  });

  it('should start the engine again on the same port when it is killed', async () => {
    const [engine] = childrenOf(launcher.pid).filter(({ command: line }) =>
      line.includes(path.join('dist', 'main.js')),
    );
    process.kill(engine?.pid ?? 0, 'SIGKILL');

    await eventually(
      'the engine is back',
      async () => (await health()) && !childrenOf(launcher.pid).some(({ pid }) => pid === engine?.pid),
      60 * SECOND,
    );

    expect(await viewerId()).toEqual(expect.any(String));
  });

  it('should stop everything when it is told to, and say so with its exit code', async () => {
    const children = childrenOf(launcher.pid);

    launcher.kill('SIGTERM');
    await eventually('the launcher has ended', () => launcher.exitCode !== null, 40 * SECOND);

    expect(launcher.exitCode).toBe(0);
    expect(children.length).toBeGreaterThanOrEqual(3);
    expect(processes().filter(({ pid }) => children.some((child) => child.pid === pid))).toEqual([]);
    expect(await health()).toBe(false);
  });

  async function claimable(): Promise<string> {
    let found: string | undefined;
    await eventually(
      'a customer can be claimed',
      async () => {
        const { customers } = await graphql<{
          customers: { customers: { object: string; recordId: string; claimable: { allowed: boolean } }[] };
        }>('{ customers(status: POOLED, first: 50) { customers { object recordId claimable { allowed } } } }');
        found = customers.customers.find(
          ({ object, claimable: { allowed } }) => object === 'COMPANY' && allowed,
        )?.recordId;
        return found !== undefined;
      },
      60 * SECOND,
    );
    return found ?? '';
  }

  async function command(mutation: string, id: string): Promise<Outcome | undefined> {
    return (await graphql<{ done: { outcomes: Outcome[] } }>(mutation, { id })).done.outcomes[0];
  }

  async function viewerId(): Promise<string> {
    return (await graphql<{ viewer: { member: { id: string } } }>('{ viewer { member { id } } }')).viewer.member.id;
  }

  async function ownerInTwenty(id: string): Promise<string | null> {
    const query = 'query ($id: UUID!) { company(filter: { id: { eq: $id } }) { accountOwnerId } }';
    const { data } = await post<{ data: { company: { accountOwnerId: string | null } } }>(
      `${ready.twenty}/graphql`,
      { query, variables: { id } },
      token,
    );
    return data.company.accountOwnerId;
  }

  async function graphql<T>(query: string, variables = {}): Promise<T> {
    const { data, errors } = await post<{ data: T; errors?: { message: string }[] }>(
      `${ready.engine}/graphql`,
      { query, variables },
      token,
    );
    if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
    return data;
  }

  async function health(): Promise<boolean> {
    return fetch(`${ready.engine}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
});

async function post<T>(url: string, body: object, token?: string): Promise<T> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return (await response.json()) as T;
}

async function eventually(what: string, condition: () => boolean | Promise<boolean>, withinMs: number): Promise<void> {
  for (const until = Date.now() + withinMs; Date.now() < until; await sleep(100)) {
    if (await condition()) return;
  }
  throw new Error(`Not within ${withinMs / SECOND} s: ${what}`);
}

/** Living processes, as Linux tells them; elsewhere none, and what is asked of them holds by itself. */
function processes(): { pid: number; parent: number; command: string }[] {
  return (existsSync('/proc') ? readdirSync('/proc') : []).flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (!/^\d+$/.test(name) || state === 'Z') return [];
      return [
        {
          pid: Number(name),
          parent: Number(parent),
          command: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' '),
        },
      ];
    } catch {
      return [];
    }
  });
}

function childrenOf(parent: number | undefined): { pid: number; parent: number; command: string }[] {
  return processes().filter((process) => process.parent === parent);
}
