import type { Actor } from '../records/record.types';
import type { Role } from './role';

export type CallerKind = 'USER' | 'APPLICATION_USER' | 'APPLICATION' | 'API_KEY';

/** Who makes a request. The four kinds of token give four kinds of caller. */
export interface Caller {
  kind: CallerKind;
  workspaceId: string;
  role: Role;
  /** What the writes of this caller leave in `createdBy` and `updatedBy`. */
  actor: Actor;
  userId?: string;
  workspaceMemberId?: string;
  applicationId?: string;
}
