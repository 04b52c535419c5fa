import type { ApplicationRegistry } from './application-registry';
import type { CallerResolver } from './auth/caller-resolver';
import type { RateLimiter } from './auth/rate-limiter';
import type { TokenService } from './auth/token-service';
import type { SandboxClock } from './clock';
import type { Faults } from './http/faults';
import type { InstalledApplication } from './install/installed-application';
import type { AppManifest } from './install/manifest.types';
import type { WebhookDispatcher } from './webhooks/webhook-dispatcher';
import type { Workspace } from './workspace';

/** Everything that the HTTP handlers share. */
export interface SandboxServices {
  clock: SandboxClock;
  /** The workspace with the sample data. */
  main: Workspace;
  /** Another workspace of the same server, for tokens that must be refused. */
  other: Workspace;
  tokens: TokenService;
  callers: CallerResolver;
  registrations: ApplicationRegistry;
  limiter: RateLimiter;
  faults: Faults;
  webhooks: WebhookDispatcher;
  apiRatePerMinute: number;
  /** `bundles`: the folder of the app's built files, when there is one. */
  install: (manifest: AppManifest, workspace: Workspace, bundles?: string) => InstalledApplication;
  uninstall: (universalIdentifier: string, workspace: Workspace) => boolean;
}
