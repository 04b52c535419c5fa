import type { Locale } from '../domain/strings';
import { createEngine, type Engine, type KnownAddress } from './engine-client';
import { readHost } from './host';

// One component, one page: its questions look the engine up once.
const address: KnownAddress = {};

/** The engine for everything that one component asks, with the token of the moment. */
export const pageEngine = (locale: Locale): Engine => createEngine(readHost(), locale, address);
