import { AutomationFailure } from './automation-output';

/** What Twenty gives a logic function, as far as automations use it. */
export interface AutomationHost {
  /** HIGHSEAS_ENGINE_URL, TWENTY_API_URL and TWENTY_APP_ACCESS_TOKEN. */
  env: Record<string, string | undefined>;
  fetch: typeof fetch;
}

export interface Automation {
  host: AutomationHost;
  via: 'WORKFLOW' | 'AI';
  /** Id or e-mail of the member on whose behalf it acts. */
  member: string;
}

interface Answer {
  data?: unknown;
  errors?: { message?: unknown; extensions?: { code?: unknown } }[];
}

/** Longer than the engine makes a command wait for Twenty, shorter than the function may run. */
const TIMEOUT_MS = 20_000;

const url = (text: string | undefined): string => (text ?? '').trim().replace(/\/+$/, '');

const parse = (text: string): Answer | null => {
  try {
    return JSON.parse(text) as Answer | null;
  } catch {
    return null;
  }
};

async function post(
  host: AutomationHost,
  address: string,
  headers: Record<string, string>,
  query: string,
  variables: Record<string, unknown>,
): Promise<Answer | null> {
  const response = await host.fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${host.env.TWENTY_APP_ACCESS_TOKEN ?? ''}`,
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return parse(await response.text());
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';

/**
 * Asks the engine on a member's behalf.
 *
 * @returns the data of the document, whose shape the caller knows
 * @throws AutomationFailure
 */
export async function askEngine<Data>(
  { host, via, member }: Automation,
  query: string,
  variables: Record<string, unknown>,
): Promise<Data> {
  const engine = url(host.env.HIGHSEAS_ENGINE_URL);
  if (engine === '') {
    throw new AutomationFailure(
      'NOT_SET_UP',
      'The address of the Highseas engine is not set: Settings → Apps → Highseas → HIGHSEAS_ENGINE_URL. 尚未设置公海引擎地址：设置 → 应用 → Highseas → HIGHSEAS_ENGINE_URL。',
    );
  }
  let answer: Answer | null;
  try {
    answer = await post(
      host,
      `${engine}/graphql`,
      { 'x-highseas-member': member, 'x-highseas-via': via },
      query,
      variables,
    );
  } catch (error) {
    if (isTimeout(error))
      throw new AutomationFailure(
        'NO_ANSWER',
        'The Highseas engine did not answer in time; what was asked may still take effect, and the history will say so. 公海引擎未及时响应；操作仍可能生效，以归属记录为准。',
      );
    throw new AutomationFailure(
      'UNREACHABLE',
      `Twenty's server cannot reach the Highseas engine at ${engine}. Twenty 服务器无法连接公海引擎 ${engine}。`,
    );
  }
  const [error] = answer?.errors ?? [];
  if (error) {
    const { code } = error.extensions ?? {};
    throw new AutomationFailure(
      typeof code === 'string' ? code : 'INTERNAL',
      typeof error.message === 'string' ? error.message : 'The engine refused. 引擎拒绝了请求。',
    );
  }
  if (answer?.data === undefined || answer.data === null) {
    throw new AutomationFailure(
      'UNAVAILABLE',
      `What answers at ${engine} is not the Highseas engine, or it is starting. ${engine} 处响应的不是公海引擎，或引擎正在启动。`,
    );
  }
  return answer.data as Data;
}

/** The id of the member with an e-mail; the engine takes ids only for whoever is to get something. @throws AutomationFailure */
export async function findMemberId(host: AutomationHost, email: string): Promise<string> {
  interface Members {
    workspaceMembers: { edges: { node: { id: string; userEmail: string | null } }[] };
  }
  const query =
    'query MemberByEmail($email: String!) { workspaceMembers(filter: { userEmail: { ilike: $email } }, first: 20) { edges { node { id userEmail } } } }';
  // ilike knows wildcards, which addresses may contain: what it finds is compared.
  const answer = await post(host, `${url(host.env.TWENTY_API_URL)}/graphql`, {}, query, { email }).catch(() => null);
  const { workspaceMembers } = (answer?.data ?? {}) as Partial<Members>;
  if (!workspaceMembers) throw new AutomationFailure('UNAVAILABLE', 'Twenty does not answer. Twenty 未响应。');
  const found = workspaceMembers.edges.find(({ node }) => node.userEmail?.toLowerCase() === email.toLowerCase());
  if (!found)
    throw new AutomationFailure(
      'BAD_INPUT',
      `No member of this workspace has the e-mail ${JSON.stringify(email)}. 工作区中没有邮箱为 ${JSON.stringify(email)} 的成员。`,
    );
  return found.node.id;
}
