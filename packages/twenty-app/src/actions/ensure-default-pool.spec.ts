import { ensureDefaultPool } from './ensure-default-pool';

function twenty(...answers: unknown[]) {
  const queries: string[] = [];
  const fake: typeof fetch = (_input, init) => {
    queries.push((JSON.parse(init?.body as string) as { query: string }).query);
    return Promise.resolve(new Response(JSON.stringify(answers.shift())));
  };
  return { access: { apiUrl: 'http://twenty.test/', token: 't', fetch: fake }, queries };
}

describe('the default pool', () => {
  it('should be made when there is none', async () => {
    const { access, queries } = twenty(
      { data: { customerPools: { edges: [] } } },
      { data: { createCustomerPool: { id: '1' } } },
    );

    expect(await ensureDefaultPool(access)).toEqual({ created: true });
    expect(queries[1]).toContain('createCustomerPool');
  });

  it('should be left alone when there is one, whatever people made of it', async () => {
    const { access, queries } = twenty({ data: { customerPools: { edges: [{ node: { id: '1' } }] } } });

    expect(await ensureDefaultPool(access)).toEqual({ created: false });
    expect(queries).toHaveLength(1);
  });

  it('should fail aloud when Twenty refuses', async () => {
    const { access } = twenty({ errors: [{ message: 'PERMISSION_DENIED' }] });

    await expect(ensureDefaultPool(access)).rejects.toThrow('PERMISSION_DENIED');
  });
});
