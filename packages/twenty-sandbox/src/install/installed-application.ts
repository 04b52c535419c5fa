import type { AppManifest } from './manifest.types';

export interface ApplicationVariable {
  id: string;
  key: string;
  /** Always text: `"200"`, `"true"`, `"[\"NOTE\"]"`. Twenty does not check it against the type. */
  value: string;
  description: string;
  isSecret: boolean;
  type: string;
  options: unknown;
}

export interface FrontComponent {
  id: string;
  name: string;
  universalIdentifier: string;
  isHeadless: boolean;
  componentName: string;
}

export interface InstalledApplication {
  id: string;
  universalIdentifier: string;
  name: string;
  description: string;
  version: string;
  manifest: AppManifest;
  /** Folder of the built files that the manifest names; absent when the app came as a manifest alone. */
  bundles?: string;
  variables: Map<string, ApplicationVariable>;
  frontComponents: FrontComponent[];
  /** The app's own role: what its client credentials may do. */
  roleId: string;
}

/** An app as the server knows it, installed or not; its client secret survives an uninstall. */
export interface ApplicationRegistration {
  id: string;
  universalIdentifier: string;
  name: string;
  clientId: string;
  clientSecret: string;
}
