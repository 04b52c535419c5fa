import { isLocalDate } from '../../domain/calendar/local-days';
import type { ListPosition } from '../../reading/customer-list.queries';
import { ApiError } from '../graphql/api-error';

/** Page positions travel as opaque text. */
export function encodePosition(position: ListPosition | null): string | null {
  return (
    position &&
    Buffer.from(JSON.stringify([position.reclaimOn, position.name, position.recordId])).toString('base64url')
  );
}

/** @throws ApiError BAD_USER_INPUT */
export function decodePosition(cursor: string | null | undefined): ListPosition | null {
  if (cursor === null || cursor === undefined) return null;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parts) && isDate(parts[0]) && isTextOrNull(parts[1]) && isId(parts[2])) {
      return { reclaimOn: parts[0], name: parts[1], recordId: parts[2] };
    }
  } catch {
    // Not ours: said below.
  }
  throw badCursor();
}

/** History pages are positioned by a sequence number. @throws ApiError BAD_USER_INPUT */
export function decodeSequence(cursor: string | null | undefined): string | null {
  if (cursor === null || cursor === undefined) return null;
  if (!/^\d{1,18}$/.test(cursor)) throw badCursor();
  return cursor;
}

function badCursor(): ApiError {
  return new ApiError('BAD_USER_INPUT', '`after` is no cursor of this query.');
}

function isDate(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && isLocalDate(value));
}
function isTextOrNull(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && !value.includes('\0'));
}
function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}
