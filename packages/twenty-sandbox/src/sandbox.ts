import type { AddressInfo, Socket } from 'node:net';
import { dirname, resolve as absolute } from 'node:path';
import { ApplicationRegistry } from './application-registry';
import { CallerResolver } from './auth/caller-resolver';
import { RateLimiter } from './auth/rate-limiter';
import { TokenService } from './auth/token-service';
import { SandboxClock } from './clock';
import { Faults, type FaultSettings } from './http/faults';
import { apiKeyClaims } from './http/sandbox-routes';
import { createSandboxServer } from './http/server';
import { ApplicationInstaller } from './install/application-installer';
import type { AppManifest } from './install/manifest.types';
import { readManifestFile } from './install/read-package';
import { SeededRandom } from './random';
import type { SandboxServices } from './sandbox-services';
import { SAMPLE_MEMBERS, type SampleRole } from './sample/sample-members';
import { addSamplePools } from './sample/sample-pools';
import { addMembers, addSampleRecords } from './sample/sample-workspace';
import { WebhookDispatcher } from './webhooks/webhook-dispatcher';
import { Workspace } from './workspace';

const DEFAULT_SEED = 20_260_101;
const DEFAULT_RATE_PER_MINUTE = 500;

export interface SandboxOptions {
  /** 0 (default) takes a free port. */
  port?: number;
  host?: string;
  clock?: SandboxClock;
  /** Sample records; default true. The members are there in any case. */
  sample?: boolean;
  seed?: number;
  /** Built app manifest, or the path of one, to install at the start. Only from a path can the browser workspace run its components. */
  manifest?: AppManifest | string;
  /** Added to every answer. */
  latencyMs?: number;
  /** Rate tokens a minute for an application; 0 switches every limit off. Default 500. */
  apiRatePerMinute?: number;
}

export interface SandboxMember {
  id: string;
  email: string;
  name: string;
  role: SampleRole;
}

export interface Sandbox {
  url: string;
  /** Client credentials of the installed app (empty when none is) and an API key with admin rights. */
  credentials: { clientId: string; clientSecret: string; apiKey: string };
  members: SandboxMember[];
  /** The workspace behind the API, for tests that look at or change records directly. */
  workspace: Workspace;
  clock: SandboxClock;
  webhooks: WebhookDispatcher;
  /** Installs an app, or a new version of it. @throws TwentyError for a manifest that Twenty would refuse */
  install(manifest: AppManifest | string): void;
  /** Replaces the faults; `{}` ends them. */
  setFaults(settings: FaultSettings): void;
  close(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? new SandboxClock();
  const main = new Workspace('Sandbox', clock);
  const other = new Workspace('Another company', clock);
  const tokens = new TokenService(clock);
  const faults = new Faults(new SeededRandom(options.seed ?? DEFAULT_SEED));
  const webhooks = new WebhookDispatcher(clock, () => faults.dropsWebhook());
  const registrations = new ApplicationRegistry();
  const withSample = options.sample !== false;
  webhooks.attach(main);
  faults.set(options.latencyMs === undefined ? {} : { latencyMs: options.latencyMs });

  const services: SandboxServices = {
    clock,
    main,
    other,
    tokens,
    callers: new CallerResolver(tokens, () => [main, other]),
    registrations,
    limiter: new RateLimiter(clock),
    faults,
    webhooks,
    apiRatePerMinute: options.apiRatePerMinute ?? DEFAULT_RATE_PER_MINUTE,
    install: (manifest, workspace, bundles) => {
      const application = new ApplicationInstaller(workspace).install(manifest, bundles);
      registrations.register(manifest);
      if (withSample && workspace === main) addSamplePools(main, clock.iso());
      return application;
    },
    uninstall: (universalIdentifier, workspace) => new ApplicationInstaller(workspace).uninstall(universalIdentifier),
  };

  addMembers(main);
  const install = (given: AppManifest | string): void => {
    const manifest = typeof given === 'string' ? readManifestFile(given) : given;
    const bundles = typeof given === 'string' ? dirname(absolute(given)) : undefined;
    services.install(manifest, main, bundles);
    services.install(manifest, other, bundles);
  };
  if (options.manifest !== undefined) install(options.manifest);
  if (withSample) addSampleRecords(main, options.seed ?? DEFAULT_SEED);

  const server = createSandboxServer(services);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const apiKey = tokens.sign(apiKeyClaims(main));

  return {
    url: `http://${host}:${port}`,
    get credentials() {
      const identifier = [...main.applications.keys()][0];
      const registration = identifier === undefined ? undefined : registrations.find(identifier);
      return { clientId: registration?.clientId ?? '', clientSecret: registration?.clientSecret ?? '', apiKey };
    },
    members: SAMPLE_MEMBERS.map(({ email, firstName, lastName, role, locale }) => ({
      id: main.userByEmail(email)?.workspaceMemberId ?? '',
      email,
      name: locale === 'zh-CN' ? `${lastName}${firstName}` : `${firstName} ${lastName}`,
      role,
    })),
    workspace: main,
    clock,
    webhooks,
    install,
    setFaults: (settings) => faults.set(settings),
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await Promise.all([closed, webhooks.close()]);
    },
  };
}
