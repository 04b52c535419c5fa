/** One stored record in the shape of a webhook's `record`: composites nested, relations as `<name>Id`. Never mutated in place. */
export interface StoredRecord {
  readonly id: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt: string | null;
  readonly position: number;
  readonly [column: string]: unknown;
}

export interface Actor {
  source: string;
  workspaceMemberId: string | null;
  name: string;
  context: Record<string, unknown> | null;
}

/** A record filter as it comes from a request. */
export type RecordFilter = { [key: string]: unknown };

/** One element of `orderBy`. */
export type OrderByInput = { [key: string]: unknown };
