import type { Locale } from '../domain/strings';
import { createEngine, createEngineClient, type Engine, type EngineClient, type EngineMemory } from './engine-client';
import { readHost } from './host';

// One component, one page: its questions look the engine up once, and a command that got no answer is known when it is given again.
const memory: EngineMemory = {};

/** The engine for everything that one component asks, with the token of the moment. */
export const pageEngine = (locale: Locale): Engine => createEngine(readHost(), locale, memory);

/** The same for the commands on a selection. */
export const pageEngineClient = (locale: Locale): EngineClient => createEngineClient(readHost(), locale, memory);
