import { applicationNotFound, unauthenticated } from '../errors';
import type { Actor, StoredRecord } from '../records/record.types';
import type { Workspace, WorkspaceUser } from '../workspace';
import type { Caller } from './caller';
import { STANDARD_ROLES } from './role';
import type { TokenClaims, TokenService } from './token-service';

export const SANDBOX_API_KEY_ID = 'sandbox';

/** Turns bearer tokens into callers. */
export class CallerResolver {
  constructor(
    private readonly tokens: TokenService,
    private readonly workspaces: () => Iterable<Workspace>,
  ) {}

  /** @throws TwentyError UNAUTHENTICATED, also for the token of an app that is no longer installed */
  resolve(token: string): { caller: Caller; workspace: Workspace } {
    const claims = this.tokens.verify(token);
    const workspace = [...this.workspaces()].find((candidate) => candidate.id === claims.workspaceId);
    if (!workspace) throw unauthenticated();
    return { workspace, caller: this.callerOf(claims, workspace) };
  }

  private callerOf(claims: TokenClaims, workspace: Workspace): Caller {
    switch (claims.type) {
      case 'ACCESS':
        return { kind: 'USER', ...this.user(workspace, claims.userId) };
      case 'APPLICATION_ACCESS': {
        const application = workspace.applicationById(claims.applicationId);
        if (!application) throw applicationNotFound();
        // docs/twenty-platform.md#trap-14: with a user in the token, the rights are the user's, never the app's.
        if (claims.userId !== undefined) {
          return { kind: 'APPLICATION_USER', applicationId: application.id, ...this.user(workspace, claims.userId) };
        }
        const role = workspace.roles.get(application.roleId) ?? STANDARD_ROLES.guest;
        return {
          kind: 'APPLICATION',
          workspaceId: workspace.id,
          applicationId: application.id,
          role,
          actor: actor('APPLICATION', application.name),
        };
      }
      case 'LOGIN':
        throw unauthenticated();
      case 'API_KEY':
        return {
          kind: 'API_KEY',
          workspaceId: workspace.id,
          role: STANDARD_ROLES.admin,
          actor: actor('API', 'Sandbox key'),
        };
    }
  }

  private user(workspace: Workspace, userId: string): Omit<Caller, 'kind'> {
    const user = workspace.users.get(userId);
    const member = user && workspace.member(user);
    if (!user || !member) throw unauthenticated('User is not a member of the workspace');
    return {
      workspaceId: workspace.id,
      userId,
      workspaceMemberId: user.workspaceMemberId,
      role: workspace.role(user),
      actor: userActor(user, member),
    };
  }
}

export function userActor(user: WorkspaceUser, member: StoredRecord): Actor {
  const { firstName, lastName } = member.name as { firstName: string; lastName: string };
  return { ...actor('MANUAL', `${firstName} ${lastName}`), workspaceMemberId: user.workspaceMemberId };
}

function actor(source: string, name: string): Actor {
  return { source, workspaceMemberId: null, name, context: {} };
}
