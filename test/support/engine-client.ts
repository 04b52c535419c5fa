export interface CustomerRef {
  object: 'COMPANY' | 'PERSON';
  recordId: string;
}

export interface RefusalAnswer {
  code: string;
  message: string;
  until: string | null;
}

export interface OutcomeAnswer extends CustomerRef {
  status: 'DONE' | 'REFUSED' | 'PENDING';
  refusal: RefusalAnswer | null;
  customer: CustomerAnswer | null;
}

export interface CustomerAnswer extends CustomerRef {
  name: string | null;
  status: string;
  pool: { id: string; name: string };
  owner: { id: string; name: string } | null;
  ownedSince: string | null;
  pooledSince: string | null;
  claimable: { allowed: boolean; refusal: RefusalAnswer | null };
}

export interface ResultAnswer {
  outcomes: OutcomeAnswer[];
  done: number;
  refused: number;
  pending: number;
  batchId: string | null;
}

export interface EventAnswer extends CustomerRef {
  id: string;
  type: string;
  from: { id: string; name: string; active: boolean } | null;
  to: { id: string; name: string; active: boolean } | null;
  actor: { id: string; name: string } | null;
  bySystem: boolean;
  pool: { id: string } | null;
  reason: string | null;
  note: string | null;
  batchId: string | null;
  at: string;
}

export interface GraphqlAnswer {
  /** HTTP. */
  status: number;
  data: Record<string, unknown> | null;
  errors: { message: string; extensions?: Record<string, unknown> }[];
}

export interface ReleaseOptions {
  poolId?: string;
  reason?: string;
  note?: string;
  requestId?: string;
}

const customer = `object recordId name status pool { id name } owner { id name } ownedSince pooledSince
  claimable { allowed refusal { code message until } }`;
const result = `done refused pending batchId
  outcomes { object recordId status refusal { code message until } customer { ${customer} } }`;

/** One member at the engine's GraphQL API. Methods throw what the API answers as errors. */
export class EngineClient {
  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly language?: string,
  ) {}

  async claim(customers: CustomerRef[], requestId?: string): Promise<ResultAnswer> {
    const query = `mutation($customers: [CustomerRef!]!, $requestId: ID) { claim(customers: $customers, requestId: $requestId) { ${result} } }`;
    return (await this.must(query, { customers, requestId }))['claim'] as ResultAnswer;
  }

  async release(customers: CustomerRef[], options: ReleaseOptions = {}): Promise<ResultAnswer> {
    const query = `mutation($customers: [CustomerRef!]!, $poolId: ID, $reason: String, $note: String, $requestId: ID) {
      release(customers: $customers, poolId: $poolId, reason: $reason, note: $note, requestId: $requestId) { ${result} } }`;
    return (await this.must(query, { customers, ...options }))['release'] as ResultAnswer;
  }

  async customer(ref: CustomerRef): Promise<CustomerAnswer | null> {
    const query = `query($object: CustomerObject!, $recordId: ID!) { customer(object: $object, recordId: $recordId) { ${customer} } }`;
    return (await this.must(query, { ...ref }))['customer'] as CustomerAnswer | null;
  }

  /** Oldest first. */
  async history({ object, recordId }: CustomerRef): Promise<EventAnswer[]> {
    const query = `query($object: CustomerObject, $recordId: ID) { ownershipEvents(object: $object, recordId: $recordId, first: 200) {
      events { id type object recordId from { id name active } to { id name active } actor { id name } bySystem pool { id } reason note batchId at } } }`;
    const { events } = (await this.must(query, { object, recordId }))['ownershipEvents'] as { events: EventAnswer[] };
    return events.reverse();
  }

  /** @throws Error with the code of the first GraphQL error */
  async must(query: string, variables: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const { data, errors, status } = await this.ask(query, variables);
    if (errors.length > 0 || !data)
      throw new Error(
        `${status} ${errors.map(({ message, extensions }) => `${String(extensions?.['code'])}: ${message}`).join('; ')}`,
      );
    return data;
  }

  ask(query: string, variables: Record<string, unknown> = {}): Promise<GraphqlAnswer> {
    return this.send(JSON.stringify({ query, variables }));
  }

  /** The body as it is. */
  async send(body: string): Promise<GraphqlAnswer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(this.language && { 'accept-language': this.language }),
      },
      body,
    });
    const answer = (await response.json()) as {
      data?: Record<string, unknown> | null;
      errors?: GraphqlAnswer['errors'];
    };
    return { status: response.status, data: answer.data ?? null, errors: answer.errors ?? [] };
  }
}

export const company = (recordId: string): CustomerRef => ({ object: 'COMPANY', recordId });
export const person = (recordId: string): CustomerRef => ({ object: 'PERSON', recordId });
