import type { Lane } from '../config/plugin-manifest.types';

/** Each lane is a queue with workers of its own. */
export const queueOf: Record<Lane, string> = { quick: 'highseas-quick', bulk: 'highseas-bulk' };
