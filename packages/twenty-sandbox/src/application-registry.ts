import { randomBytes } from 'node:crypto';
import { deterministicId } from './ids';
import type { ApplicationRegistration } from './install/installed-application';
import type { AppManifest } from './install/manifest.types';

/** Apps known to the server, with their client credentials. */
export class ApplicationRegistry {
  /** Uploaded packages, waiting to be installed. */
  readonly uploads = new Map<string, AppManifest>();
  private readonly byIdentifier = new Map<string, ApplicationRegistration>();

  register(manifest: AppManifest): ApplicationRegistration {
    const { universalIdentifier, displayName } = manifest.application;
    const known = this.byIdentifier.get(universalIdentifier);
    if (known) return known;
    const registration: ApplicationRegistration = {
      id: deterministicId(`registration:${universalIdentifier}`),
      universalIdentifier,
      name: displayName,
      clientId: deterministicId(`client:${universalIdentifier}`),
      clientSecret: newSecret(),
    };
    this.byIdentifier.set(universalIdentifier, registration);
    return registration;
  }

  find(universalIdentifier: string): ApplicationRegistration | undefined {
    return this.byIdentifier.get(universalIdentifier);
  }

  findById(id: string): ApplicationRegistration | undefined {
    return [...this.byIdentifier.values()].find((registration) => registration.id === id);
  }

  findByClientId(clientId: string): ApplicationRegistration | undefined {
    return [...this.byIdentifier.values()].find((registration) => registration.clientId === clientId);
  }

  /** The old secret is dead at once. */
  rotate(registration: ApplicationRegistration): string {
    registration.clientSecret = newSecret();
    return registration.clientSecret;
  }
}

function newSecret(): string {
  return randomBytes(32).toString('hex');
}
