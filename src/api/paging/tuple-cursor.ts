import { ApiError } from '../graphql/api-error';

/** A page position of several texts, as one opaque text. */
export function encodeTuple(parts: readonly string[] | null): string | null {
  return parts && Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/**
 * @param shapes what each part must look like, in their order
 * @throws ApiError BAD_USER_INPUT
 */
export function decodeTuple(cursor: string | null | undefined, shapes: readonly RegExp[]): string[] | null {
  if (cursor === null || cursor === undefined) return null;
  const parts = parse(cursor);
  if (
    Array.isArray(parts) &&
    parts.length === shapes.length &&
    parts.every((part): part is string => typeof part === 'string') &&
    shapes.every((shape, index) => shape.test(parts[index] ?? ''))
  )
    return parts;
  throw new ApiError('BAD_USER_INPUT', '`after` is no cursor of this query.');
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
