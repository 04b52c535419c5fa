import { randomUUID } from 'node:crypto';
import type { Sandbox, StoredRecord } from '../../packages/twenty-sandbox/src/index';
import { STANDARD_ROLES } from '../../packages/twenty-sandbox/src/auth/role';
import { addSamplePools } from '../../packages/twenty-sandbox/src/sample/sample-pools';
import { SYSTEM_ACTOR } from '../../packages/twenty-sandbox/src/workspace';

type Values = Record<string, unknown>;
type Customer = 'company' | 'person';
export interface Member {
  id: string;
  email: string;
  name: string;
}

const typeNames: Record<string, string> = {
  company: 'Company',
  person: 'Person',
  customerPool: 'CustomerPool',
  customerPoolMember: 'CustomerPoolMember',
};

/** What people and other programs do in Twenty, and what a test sees there. */
export class TwentyHands {
  private readonly sessions = new Map<string, Promise<string>>();
  readonly pools: { company: string; tradeShow: string; east: string };

  /** @param sandbox with the app installed; the three pools of the sample are added unless they are there */
  constructor(readonly sandbox: Sandbox) {
    addSamplePools(sandbox.workspace, sandbox.clock.iso());
    const named = (start: string) =>
      this.all('customerPool').find(({ name }) => String(name).startsWith(start))?.id ?? '';
    this.pools = { company: named('Company pool'), tradeShow: named('Trade-show'), east: named('East') };
  }

  member(mailbox: string): Member {
    const found = this.sandbox.members.find(({ email }) => email.startsWith(`${mailbox}@`));
    if (!found) throw new Error(`No member ${mailbox}`);
    return found;
  }

  /** Further reps. */
  addMembers(count: number): Member[] {
    return Array.from({ length: count }, (_, index) => {
      const email = `rep${index}@highseas.example`;
      const user = this.sandbox.workspace.addMember({
        email,
        firstName: 'Rep',
        lastName: String(index),
        role: STANDARD_ROLES.member,
      });
      return { id: user.workspaceMemberId, email, name: `Rep ${index}` };
    });
  }

  /** Puts a company there as if it had always been: no event. @returns its id */
  seedCompany(values: Values = {}): string {
    return this.seed('company', { name: `Company ${randomUUID().slice(0, 8)}`, ...values });
  }

  seedPerson(values: Values = {}): string {
    return this.seed('person', { name: { firstName: 'Person', lastName: randomUUID().slice(0, 8) }, ...values });
  }

  seed(object: string, values: Values): string {
    const { store, registry } = this.sandbox.workspace;
    const id = randomUUID();
    store.table(object).put(store.complete(registry.get(object), { id, ...values }, SYSTEM_ACTOR));
    return id;
  }

  /** Changes a record as if it had always been so: no event, no new `updatedAt`. */
  patch(object: string, id: string, values: Values): void {
    const record = this.get(object, id);
    if (!record) throw new Error(`No ${object} ${id}`);
    this.sandbox.workspace.store.table(object).put({ ...record, ...values });
  }

  get(object: string, id: string): StoredRecord | undefined {
    return this.sandbox.workspace.store.table(object).get(id);
  }

  all(object: string): StoredRecord[] {
    return [...this.sandbox.workspace.store.table(object).all()];
  }

  ownerOf(object: Customer, id: string): unknown {
    return this.get(object, id)?.[object === 'company' ? 'accountOwnerId' : 'ownerId'];
  }

  /** A person edits a record in Twenty's own interface. */
  async edit(who: Member, object: string, id: string, data: Values): Promise<void> {
    const type = typeNames[object] ?? object;
    await this.graphql(
      await this.session(who),
      `mutation($id: UUID!, $data: ${type}UpdateInput!) { update${type}(id: $id, data: $data) { id } }`,
      { id, data },
    );
  }

  async create(who: Member, object: string, data: Values): Promise<string> {
    const type = typeNames[object] ?? object;
    const answer = await this.graphql(
      await this.session(who),
      `mutation($data: ${type}CreateInput!) { create${type}(data: $data) { id } }`,
      { data },
    );
    return (answer[`create${type}`] as { id: string }).id;
  }

  /** `delete` is soft; `destroy` leaves nothing. */
  async change(who: Member, what: 'delete' | 'restore' | 'destroy', object: string, id: string): Promise<void> {
    await this.graphql(
      await this.session(who),
      `mutation($id: UUID!) { ${what}${typeNames[object] ?? object}(id: $id) { id } }`,
      { id },
    );
  }

  async removeMember(admin: Member, gone: Member): Promise<void> {
    await this.metadata(
      await this.session(admin),
      'mutation($id: String!) { deleteUserFromWorkspace(workspaceMemberIdToDelete: $id) { id } }',
      { id: gone.id },
    );
  }

  /** A workspace setting, as Twenty keeps it: text. */
  setVariable(key: string, value: string): void {
    const [application] = this.sandbox.workspace.applications.values();
    const variable = application?.variables.get(key);
    if (!variable) throw new Error(`No setting ${key}`);
    variable.value = value;
  }

  /** The token of the app's buttons for a member; what the engine is called with. */
  async token(who: { email: string }, options: Values = {}): Promise<string> {
    const answer = (await this.post('/sandbox/token', { email: who.email, ...options })) as { token: string };
    return answer.token;
  }

  async graphql(token: string, query: string, variables: Values = {}): Promise<Values> {
    return must(await this.post('/graphql', { query, variables }, token));
  }

  private async metadata(token: string, query: string, variables: Values): Promise<Values> {
    return must(await this.post('/metadata', { query, variables }, token));
  }

  private session(who: Member): Promise<string> {
    const known = this.sessions.get(who.email) ?? this.token(who, { kind: 'user' });
    this.sessions.set(who.email, known);
    return known;
  }

  private async post(path: string, body: unknown, token?: string): Promise<unknown> {
    const response = await fetch(`${this.sandbox.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    return response.json();
  }
}

function must(answer: unknown): Values {
  const { data, errors } = answer as { data?: Values | null; errors?: { message: string }[] };
  if (errors?.length || !data) throw new Error(`Twenty refuses: ${errors?.map(({ message }) => message).join('; ')}`);
  return data;
}
