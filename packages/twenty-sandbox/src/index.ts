export { SandboxClock } from './clock';
export { TwentyError } from './errors';
export type { FaultSettings } from './http/faults';
export type { AppManifest } from './install/manifest.types';
export type { StoredRecord } from './records/record.types';
export { startSandbox, type Sandbox, type SandboxMember, type SandboxOptions } from './sandbox';
