export interface TwentyAccess {
  apiUrl: string;
  token: string;
  fetch: typeof fetch;
}

interface Answer {
  data?: { customerPools?: { edges: unknown[] } };
  errors?: { message: string }[];
}

async function graphql(
  { apiUrl, token, fetch }: TwentyAccess,
  query: string,
  variables: Record<string, unknown>,
): Promise<Answer> {
  const response = await fetch(`${apiUrl.replace(/\/+$/, '')}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as Answer;
  if (answer.errors?.[0]) throw new Error(`Twenty refused: ${answer.errors[0].message}`);
  return answer;
}

/**
 * There is always one default pool (docs/semantics.md#default-pool). Looks first, because an upsert would overwrite
 * what people have changed and bring a deleted pool back. The pool's numbers are the defaults of its fields.
 *
 * @throws Error when Twenty refuses
 */
export async function ensureDefaultPool(twenty: TwentyAccess): Promise<{ created: boolean }> {
  const found = await graphql(
    twenty,
    'query DefaultPool { customerPools(filter: { isDefault: { eq: true } }, first: 1) { edges { node { id } } } }',
    {},
  );
  if ((found.data?.customerPools?.edges.length ?? 0) > 0) return { created: false };
  await graphql(
    twenty,
    'mutation CreateDefaultPool($data: CustomerPoolCreateInput!) { createCustomerPool(data: $data) { id } }',
    {
      data: { name: 'Company pool 公司公海', isDefault: true, isActive: true },
    },
  );
  return { created: true };
}
