import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SCRIPT = path.join(__dirname, '..', 'advisories.mjs');

/** A registry that answers questions for advisories so, and knows no packages. */
function registry(status: number, answer: object): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const isQuestion = request.method === 'POST';
      response.writeHead(isQuestion ? status : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isQuestion ? answer : {}));
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const advisory = (severity: string) => ({
  pg: [{ id: 1, url: 'https://advisories.example/1', title: 'Takes over', severity, vulnerable_versions: '>=0.0.1' }],
});

describe('the step that asks for advisories', () => {
  // npm remembers what it was told; these registries must not tell anybody else.
  let cache: string;

  beforeEach(() => (cache = mkdtempSync(path.join(tmpdir(), 'highseas-npm-'))));

  afterEach(() => rmSync(cache, { recursive: true, force: true }));

  async function ask(status: number, answer: object): Promise<{ code: number | null; said: string }> {
    const server = await registry(status, answer);
    const { port } = server.address() as AddressInfo;
    const env = { ...process.env, npm_config_registry: `http://127.0.0.1:${port}`, npm_config_cache: cache };
    try {
      return await new Promise((resolve) => {
        const child = execFile(process.execPath, [SCRIPT], { env }, (_error, _stdout, stderr) =>
          resolve({ code: child.exitCode, said: stderr }),
        );
      });
    } finally {
      server.close();
    }
  }

  it('should pass in silence when there are none', async () =>
    expect(await ask(200, {})).toEqual({ code: 0, said: '' }));

  it.each(['high', 'critical'])('should fail for a %s one and name package and advisory', async (severity) => {
    const { code, said } = await ask(200, advisory(severity));
    expect(code).toBe(1);
    expect(said).toContain(`pg (${severity}): Takes over https://advisories.example/1`);
  });

  it('should pass for a moderate one, and say that there is something', async () => {
    const { code, said } = await ask(200, advisory('moderate'));
    expect(code).toBe(0);
    expect(said).toMatch(/\d+ packages have advisories below high/);
  });

  it('should pass where advisories cannot be asked for, and say so', async () => {
    const { code, said } = await ask(405, {});
    expect(code).toBe(0);
    expect(said).toMatch(/Advisories could not be asked for: 405/);
  });
});
