import { Injectable } from '@nestjs/common';
import { CurrentWorkspaceDocument, WhoIsDocument } from '../generated/metadata';
import { tokenClaims } from './token-claims';
import { type CustomerObject, customerObjects } from '../../domain/customer/customer';
import { ObjectIds } from '../records/object-ids.service';
import { type RequestOptions, TwentyClient } from './twenty-client.service';
import { TwentyClock } from './twenty-clock';
import { isTwentyError, TwentyError } from './twenty-error';

/** The person behind a token. Compare `workspaceId` and `applicationId` with the engine's own before trusting it. */
export interface TokenIdentity {
  userId: string;
  memberId: string;
  email: string;
  /** `en`, `zh-CN`, … as the person chose it in Twenty. */
  locale: string | null;
  /** IANA; null when it is the browser's. */
  timeZone: string | null;
  workspaceId: string;
  /** Null for a token that no application was given. */
  applicationId: string | null;
  isWorkspaceAdmin: boolean;
  records: RecordRights;
  /** Milliseconds since the epoch: the identity is not to be used any longer. */
  expiresAt: number | null;
}

/** What the person's role in Twenty lets them do with customers. */
export interface RecordRights {
  read: readonly CustomerObject[];
  change: readonly CustomerObject[];
  /** There are fields, of whatever object, that the role may not read. */
  hidesFields?: true;
}

/** An application that calls by itself: a workflow's step, a tool of Twenty's AI, or the engine's own credentials. */
export interface ApplicationIdentity {
  memberId: null;
  workspaceId: string;
  applicationId: string;
  /** Milliseconds since the epoch. */
  expiresAt: number | null;
}

/** `apart`: of a token that may be anybody's. */
type Asking = Pick<RequestOptions, 'priority' | 'signal' | 'apart'>;

interface ObjectPermission {
  objectMetadataId: string;
  canReadObjectRecords?: boolean | null;
  canUpdateObjectRecords?: boolean | null;
  /** `{ [field id]: { canRead?: boolean | null, … } }` */
  restrictedFields?: unknown;
}

const SYSTEM_TIME_ZONE = 'system';
const ADMIN_FLAG = 'WORKSPACE';

@Injectable()
export class Introspection {
  constructor(
    private readonly client: TwentyClient,
    private readonly clock: TwentyClock,
    private readonly objectIds: ObjectIds,
  ) {}

  /**
   * Asks Twenty whose token this is. Not cached here.
   * @throws TwentyError UNAUTHENTICATED for a token that is malformed, expired, unknown, or of neither a person nor an application (code NO_MEMBER)
   */
  async whoIs(token: string, options: Asking): Promise<TokenIdentity | ApplicationIdentity> {
    const claims = tokenClaims(token);
    if (!claims) throw unauthenticated('TOKEN_MALFORMED', 'This is no token of Twenty');
    if (claims.expiresAt !== null && claims.expiresAt <= this.clock.now())
      throw unauthenticated('TOKEN_EXPIRED', 'The token has expired');
    if (claims.isOfApplicationAlone && claims.applicationId !== null)
      return this.application(token, claims.applicationId, claims.expiresAt, options);
    const { currentUser, currentWorkspace } = await this.ask(token, options);
    const member = currentUser.workspaceMember;
    if (!member) throw unauthenticated('NO_MEMBER', 'The token belongs to no workspace member');
    return {
      userId: currentUser.id,
      memberId: member.id,
      email: currentUser.email,
      locale: member.locale || currentUser.locale || null,
      timeZone: member.timeZone && member.timeZone !== SYSTEM_TIME_ZONE ? member.timeZone : null,
      workspaceId: currentWorkspace.id,
      applicationId: claims.applicationId,
      isWorkspaceAdmin: currentUser.currentUserWorkspace?.permissionFlags?.includes(ADMIN_FLAG) ?? false,
      records: await this.rights(currentUser.currentUserWorkspace?.objectsPermissions),
      expiresAt: claims.expiresAt,
    };
  }

  /** Of an object that Twenty says nothing about, it forbids nothing. What the objects are called is the engine's own question, asked once for all. */
  private async rights(permissions: readonly ObjectPermission[] | null | undefined): Promise<RecordRights> {
    if (!permissions?.length) return { read: customerObjects, change: customerObjects };
    const objects = await this.objectIds.customers({ priority: 'interactive' });
    const barred = (right: 'canReadObjectRecords' | 'canUpdateObjectRecords') =>
      new Set(
        permissions
          .filter((permission) => permission[right] === false)
          .map(({ objectMetadataId }) => objects.get(objectMetadataId)),
      );
    const [unreadable, unchangeable] = [barred('canReadObjectRecords'), barred('canUpdateObjectRecords')];
    const read = customerObjects.filter((object) => !unreadable.has(object));
    const hidesFields = permissions.some(({ restrictedFields }) =>
      Object.values(restrictedFields ?? {}).some(isUnreadable),
    );
    return {
      read,
      change: read.filter((object) => !unchangeable.has(object)),
      ...(hidesFields ? { hidesFields } : {}),
    };
  }

  /** What the token says of itself holds once Twenty has answered it: Twenty checks the signature. */
  private async application(
    token: string,
    applicationId: string,
    expiresAt: number | null,
    options: Asking,
  ): Promise<ApplicationIdentity> {
    const { currentWorkspace } = await this.client.request(
      CurrentWorkspaceDocument,
      {},
      { ...options, endpoint: 'metadata', token },
    );
    return { memberId: null, workspaceId: currentWorkspace.id, applicationId, expiresAt };
  }

  private async ask(token: string, options: Asking) {
    try {
      return await this.client.request(WhoIsDocument, {}, { ...options, endpoint: 'metadata', token });
    } catch (error) {
      // API keys may not ask this.
      if (isTwentyError(error, 'FORBIDDEN'))
        throw unauthenticated('NO_MEMBER', 'The token belongs to no workspace member');
      throw error;
    }
  }
}

function isUnreadable(field: unknown): boolean {
  return typeof field === 'object' && field !== null && 'canRead' in field && field.canRead === false;
}

function unauthenticated(code: string, message: string): TwentyError {
  return new TwentyError({ kind: 'UNAUTHENTICATED', code, message, mayHaveHappened: false });
}
