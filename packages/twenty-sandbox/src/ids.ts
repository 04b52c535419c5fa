import { v5 } from 'uuid';

const NAMESPACE = 'b1f4a5c2-3d0e-5b7a-9c11-6e5d4f3a2b10';
/** Twenty takes versions 1 to 5 only: neither the nil UUID nor version 7. */
const UUID_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** The same name gives the same id in every sandbox. */
export function deterministicId(name: string): string {
  return v5(name, NAMESPACE);
}

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID_PATTERN.test(value);
}
