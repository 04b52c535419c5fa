import type { Role } from './auth/role';
import { STANDARD_ROLES } from './auth/role';
import type { SandboxClock } from './clock';
import type { SchemaPair } from './graphql/execute';
import { SchemaBuilder } from './graphql/schema-builder';
import { deterministicId } from './ids';
import type { InstalledApplication } from './install/installed-application';
import { MetadataRegistry } from './metadata/metadata-registry';
import { RecordReader } from './records/record-reader';
import { RecordStore } from './records/record-store';
import { RecordWriter } from './records/record-writer';
import type { Actor, StoredRecord } from './records/record.types';
import type { Webhook } from './webhooks/webhook.types';

export interface WorkspaceUser {
  id: string;
  email: string;
  userWorkspaceId: string;
  workspaceMemberId: string;
  roleId: string;
}

export interface NewMember {
  email: string;
  firstName: string;
  lastName: string;
  role: Role;
  locale?: string;
  timeZone?: string;
  createdAt?: string;
}

export const SYSTEM_ACTOR: Actor = { source: 'MANUAL', workspaceMemberId: null, name: 'System', context: null };

/** One Twenty workspace: its data model, records, people, roles, apps and webhooks. */
export class Workspace {
  readonly id: string;
  readonly registry = new MetadataRegistry();
  readonly store: RecordStore;
  readonly reader: RecordReader;
  readonly writer: RecordWriter;
  readonly roles = new Map<string, Role>();
  readonly users = new Map<string, WorkspaceUser>();
  readonly applications = new Map<string, InstalledApplication>();
  readonly webhooks = new Map<string, Webhook>();
  private schemaCache: { version: number; schemas: SchemaPair } | undefined;

  constructor(
    readonly name: string,
    readonly clock: SandboxClock,
  ) {
    this.id = deterministicId(`workspace:${name}`);
    this.store = new RecordStore(this.registry, clock);
    this.reader = new RecordReader(this.store);
    this.writer = new RecordWriter(this.store);
    for (const role of Object.values(STANDARD_ROLES)) this.roles.set(role.id, role);
  }

  /** The record API as the installed apps leave it; built again after each installation. */
  schemas(): SchemaPair {
    if (this.schemaCache?.version !== this.registry.version) {
      this.schemaCache = {
        version: this.registry.version,
        schemas: { published: SchemaBuilder.published(this.registry), executed: SchemaBuilder.executed(this.registry) },
      };
    }
    return this.schemaCache.schemas;
  }

  addMember(member: NewMember): WorkspaceUser {
    const user: WorkspaceUser = {
      id: deterministicId(`user:${member.email}`),
      email: member.email,
      userWorkspaceId: deterministicId(`user-workspace:${this.name}:${member.email}`),
      workspaceMemberId: deterministicId(`member:${this.name}:${member.email}`),
      roleId: member.role.id,
    };
    const object = this.registry.get('workspaceMember');
    const record = this.store.complete(
      object,
      {
        id: user.workspaceMemberId,
        name: { firstName: member.firstName, lastName: member.lastName },
        userEmail: member.email,
        userId: user.id,
        locale: member.locale ?? 'en',
        timeZone: member.timeZone ?? 'system',
        position: 0,
        ...(member.createdAt !== undefined && { createdAt: member.createdAt, updatedAt: member.createdAt }),
      },
      SYSTEM_ACTOR,
    );
    this.store.table('workspaceMember').put(record);
    this.users.set(user.id, user);
    return user;
  }

  userByEmail(email: string): WorkspaceUser | undefined {
    return [...this.users.values()].find((user) => user.email === email);
  }

  userByMember(memberId: string): WorkspaceUser | undefined {
    return [...this.users.values()].find((user) => user.workspaceMemberId === memberId);
  }

  member(user: WorkspaceUser): StoredRecord | undefined {
    return this.store.table('workspaceMember').get(user.workspaceMemberId);
  }

  role(user: WorkspaceUser): Role {
    return this.roles.get(user.roleId) ?? STANDARD_ROLES.guest;
  }

  /**
   * docs/twenty-platform.md#trap-2: the member is destroyed; every relation to it is emptied in silence and only
   * `workspaceMember.destroyed` is told.
   */
  removeUser(user: WorkspaceUser): void {
    const record = this.member(user);
    this.users.delete(user.id);
    if (!record) return;
    this.store.removeRow('workspaceMember', record.id);
    this.store.emit([{ object: this.registry.get('workspaceMember'), action: 'destroyed', record }]);
  }

  applicationById(id: string): InstalledApplication | undefined {
    return [...this.applications.values()].find((application) => application.id === id);
  }
}
