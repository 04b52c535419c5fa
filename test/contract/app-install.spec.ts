import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const plugin = JSON.parse(readFileSync(join(ROOT, 'plugin.json'), 'utf8')) as {
  universalIdentifier: string;
  version: string;
};

interface Call {
  path: string;
  authorization: string;
  text: string;
}

/** What a Twenty answers to an installation, by the root field asked for. */
class StubTwenty {
  readonly calls: Call[] = [];
  installed = false;
  /** The version whose package it has: it takes only higher ones, also when the app was uninstalled. */
  deployed: string | undefined;
  pools = 0;
  private server!: Server;

  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        this.calls.push({ path: request.url ?? '', authorization: request.headers.authorization ?? '', text });
        response
          .setHeader('content-type', 'application/json')
          .end(JSON.stringify(this.answer(text, request.headers.authorization)));
      });
    });
    await new Promise<void>((resolve) => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => {
      this.server.close(resolve);
    });
  }

  asked(field: string): Call[] {
    return this.calls.filter(({ text }) => text.includes(field));
  }

  private answer(text: string, authorization: string | undefined): unknown {
    if (text.includes('getLoginTokenFromCredentials'))
      return { data: { getLoginTokenFromCredentials: { loginToken: { token: 'login' } } } };
    if (text.includes('getAuthTokensFromLoginToken'))
      return {
        data: { getAuthTokensFromLoginToken: { tokens: { accessOrWorkspaceAgnosticToken: { token: 'admin-token' } } } },
      };
    if (authorization !== 'Bearer admin-token')
      return { errors: [{ message: 'Token invalid.', extensions: { code: 'UNAUTHENTICATED' } }] };
    if (text.includes('uploadAppTarball') && this.deployed !== undefined) {
      return {
        errors: [
          {
            message: `Cannot deploy ${plugin.universalIdentifier}@${plugin.version}: version must be higher than the currently deployed version ${this.deployed}. Please bump the version in package.json.`,
          },
        ],
      };
    }
    if (text.includes('uploadAppTarball')) return { data: { uploadAppTarball: { id: 'registration' } } };
    if (text.includes('installApplication')) {
      this.installed = true;
      return { data: { installApplication: { id: 'application' } } };
    }
    if (text.includes('findManyApplications')) {
      const app = { id: 'application', universalIdentifier: plugin.universalIdentifier, version: plugin.version };
      return { data: { findManyApplications: this.installed ? [app] : [] } };
    }
    if (text.includes('updateOneApplicationVariable')) return { data: { updateOneApplicationVariable: true } };
    if (text.includes('findApplicationRegistrationByUniversalIdentifier'))
      return {
        data: { findApplicationRegistrationByUniversalIdentifier: { id: 'registration', oAuthClientId: 'client-id' } },
      };
    if (text.includes('rotateApplicationRegistrationClientSecret'))
      return { data: { rotateApplicationRegistrationClientSecret: { clientSecret: 'fresh-secret' } } };
    if (text.includes('createCustomerPool')) {
      this.pools += 1;
      return { data: { createCustomerPool: { id: 'pool' } } };
    }
    if (text.includes('customerPools'))
      return {
        data: { customerPools: { edges: Array.from({ length: this.pools }, () => ({ node: { id: 'pool' } })) } },
      };
    return { errors: [{ message: `unexpected: ${text.slice(0, 80)}` }] };
  }
}

function install(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    // Empty values keep a developer's own .env out of the test.
    const clean = {
      TWENTY_URL: '',
      TWENTY_ADMIN_TOKEN: '',
      TWENTY_ADMIN_EMAIL: '',
      TWENTY_CLIENT_SECRET: '',
      HIGHSEAS_ENGINE_URL: '',
      HIGHSEAS_PUBLIC_URL: '',
    };
    const child = spawn(process.execPath, [join(ROOT, 'packages/launcher/app-install.mjs'), ...args], {
      env: { ...process.env, ...clean, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

describe('npm run app:install', () => {
  let twenty: StubTwenty;
  let url: string;
  let folder: string;
  let packageFile: string;

  beforeEach(async () => {
    twenty = new StubTwenty();
    url = await twenty.start();
    folder = mkdtempSync(join(tmpdir(), 'app-install-'));
    packageFile = join(folder, 'app.tgz');
    writeFileSync(packageFile, 'the package');
  });

  afterEach(async () => {
    await twenty.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const flags = () => ['--url', url, '--engine-url', 'https://engine.test/', '--package', packageFile];

  it('should install the package, say where the engine is and print what goes into .env, and nothing else', async () => {
    twenty.pools = 1;

    const { code, stdout, stderr } = await install([...flags(), '--token', 'admin-token']);

    expect(stderr).toContain('Done.');
    expect(code).toBe(0);
    expect(stdout).toBe(
      `TWENTY_URL=${url}\nHIGHSEAS_PUBLIC_URL=https://engine.test\nTWENTY_CLIENT_ID=client-id\nTWENTY_CLIENT_SECRET=fresh-secret\n`,
    );
    expect(stderr).not.toContain('fresh-secret');
    expect(stderr).not.toContain('admin-token');
    expect(twenty.asked('uploadAppTarball')[0]?.text).toContain('the package');
    expect(twenty.asked('updateOneApplicationVariable')[0]?.text).toContain('https://engine.test"');
    expect(twenty.asked('createCustomerPool')).toHaveLength(0);
  });

  it('should sign in with a password, and make the default pool where the app could not', async () => {
    const { code } = await install([...flags(), '--email', 'admin@example.com', '--password', 'a password']);

    expect(code).toBe(0);
    expect(twenty.asked('createCustomerPool')).toHaveLength(1);
  }, 30_000);

  it('should neither install again nor make a new secret for an engine that has one', async () => {
    twenty.installed = true;
    twenty.pools = 1;

    const { stdout } = await install([...flags(), '--token', 'admin-token'], { TWENTY_CLIENT_SECRET: 'old-secret' });

    expect(twenty.asked('uploadAppTarball')).toHaveLength(0);
    expect(twenty.asked('rotateApplicationRegistrationClientSecret')).toHaveLength(0);
    expect(stdout).not.toContain('SECRET');
  });

  it('should install what Twenty has already when this version was uploaded before, as after an uninstall', async () => {
    twenty.deployed = plugin.version;

    const { code } = await install([...flags(), '--token', 'admin-token']);

    expect(code).toBe(0);
    expect(twenty.asked('installApplication')).toHaveLength(1);
  }, 30_000);

  it('should not install an older version over a newer one', async () => {
    twenty.deployed = '99.0.0';

    const { code, stderr } = await install([...flags(), '--token', 'admin-token']);

    expect(code).toBe(1);
    expect(stderr).toContain('must be higher than the currently deployed version 99.0.0');
    expect(twenty.asked('installApplication')).toHaveLength(0);
  });

  it('should give the engine the port that its address names, as browsers will look for it there', async () => {
    twenty.pools = 1;

    const { stdout } = await install([
      '--url',
      url,
      '--engine-url',
      'http://localhost:4100',
      '--package',
      packageFile,
      '--token',
      'admin-token',
    ]);

    expect(stdout.split('\n')).toContain('PORT=4100');
  });

  it('should say what is missing instead of asking when nobody is there to answer', async () => {
    const { code, stdout, stderr } = await install(['--url', url]);

    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('--token / TWENTY_ADMIN_TOKEN');
    expect(twenty.calls).toHaveLength(0);
  });

  it('should end with what Twenty says, and no stack, when the token is not an admin’s', async () => {
    const { code, stderr } = await install([...flags(), '--token', 'wrong-token']);

    expect(code).toBe(1);
    expect(stderr).toContain('Twenty refused: Token invalid.');
    expect(stderr).not.toContain('wrong-token');
    expect(stderr).not.toContain('    at ');
  });
});
