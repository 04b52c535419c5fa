import { company, person } from '../support/engine-client';
import { eventually } from '../support/highseas-eventually';
import { expectSettled } from '../support/highseas-settled';
import type { Member } from '../support/highseas-twenty';
import { HighseasWorld } from '../support/highseas-world';

interface Group {
  object: string;
  by: string;
  value: string;
  customers: { recordId: string; owner: { name: string } | null; pool: { name: string } }[];
}

const poolName = 'Company pool 公司公海';

describe('duplicates', () => {
  let world: HighseasWorld;
  let rep: Member;
  let colleague: Member;
  let admin: Member;
  const ids = { acme: '', wideAcme: '', site: '', portalA: '', portalB: '', wei: '', weiAgain: '' };

  beforeAll(async () => {
    world = await HighseasWorld.start({
      engines: 2,
      seed: (twenty) => {
        twenty.patch('customerPool', twenty.pools.company, { managesPeople: true });
        ids.acme = twenty.seedCompany({ name: '安可米科技有限公司' });
        ids.wideAcme = twenty.seedCompany({ name: '安可米科技（股份有限公司）' });
        ids.site = twenty.seedCompany({
          name: 'Quite another name',
          domainName: {
            primaryLinkUrl: 'https://www.globex.example/about',
            primaryLinkLabel: '',
            secondaryLinks: null,
          },
        });
        const portal = (page: string) => ({
          primaryLinkUrl: `https://www.linkedin.com/company/${page}`,
          primaryLinkLabel: '',
          secondaryLinks: null,
        });
        ids.portalA = twenty.seedCompany({ name: 'Portal A', domainName: portal('a') });
        ids.portalB = twenty.seedCompany({ name: 'Portal B', domainName: portal('b') });
        const mail = (primaryEmail: string) => ({ primaryEmail, additionalEmails: null });
        ids.wei = twenty.seedPerson({ emails: mail('wei@acme.example') });
        ids.weiAgain = twenty.seedPerson({ emails: mail('Wei@ACME.example') });
      },
    });
    [rep, colleague] = [world.twenty.member('tom.baker'), world.twenty.member('sun.li')];
    admin = world.twenty.member('alice.morgan');
  });
  afterAll(() => world?.close());

  const shown = (object: 'company' | 'person', id: string) =>
    (world.twenty.get(object, id)?.['duplicateOf'] as string | null) || null;
  const soon = (check: () => unknown) => eventually(check, { withinMs: 45_000, everyMs: 200 });
  const groupsOf = async (who: Member, first = 50, after: string | null = null) => {
    const answer = await (
      await world.as(who, 'en')
    ).ask(
      `query($poolId: ID!, $first: Int, $after: String) { duplicates(poolId: $poolId, first: $first, after: $after) { endCursor hasNextPage groups { object by value customers { recordId owner { name } pool { name } } } } }`,
      { poolId: world.twenty.pools.company, first, after },
    );
    return {
      code: answer.errors[0]?.extensions?.['code'],
      page: answer.data?.['duplicates'] as
        | { groups: Group[]; endCursor: string | null; hasNextPage: boolean }
        | undefined,
    };
  };

  it('should be told on both records, as the pool they are in and no more', async () => {
    const text = `在公海池“${poolName}”中 · in the pool ${poolName}`;
    await soon(() =>
      expect([
        shown('company', ids.acme),
        shown('company', ids.wideAcme),
        shown('person', ids.wei),
        shown('person', ids.weiAgain),
      ]).toEqual([text, text, text, text]),
    );
    expect(shown('company', ids.site)).toBeNull();
  });

  it('should not be made by the address of a portal', async () => {
    await expectSettled(world);
    expect([shown('company', ids.portalA), shown('company', ids.portalB)]).toEqual([null, null]);
  });

  it('should warn whoever claims one whose other half a colleague owns, in their language, and change the text of the other', async () => {
    const claim =
      'mutation($customers: [CustomerRef!]!) { claim(customers: $customers) { outcomes { status warnings } } }';
    const first = await (await world.as(colleague, 'en')).must(claim, { customers: [company(ids.acme)] });
    expect(first['claim']).toEqual({
      outcomes: [
        { status: 'DONE', warnings: [`The same customer seems to be there already: in the pool ${poolName}.`] },
      ],
    });
    const second = await (
      await world.as(rep, 'zh-CN')
    ).must(claim, { customers: [company(ids.wideAcme), company(ids.portalA)] });
    expect(second['claim']).toEqual({
      outcomes: [
        { status: 'DONE', warnings: [`疑似撞单：同一客户已由${colleague.name}负责。`] },
        { status: 'DONE', warnings: [] },
      ],
    });
    await soon(() => {
      expect(shown('company', ids.acme)).toBe(`由${rep.name}负责 · owned by ${rep.name}`);
      expect(shown('company', ids.wideAcme)).toBe(`由${colleague.name}负责 · owned by ${colleague.name}`);
    });
  });

  it('should be noticed when a new record comes, and gone when a record is renamed or deleted', async () => {
    await expectSettled(world);
    const newcomer = await world.twenty.create(admin, 'company', {
      name: 'Globex Europe',
      domainName: { primaryLinkUrl: 'globex.example' },
    });
    await soon(() => {
      expect(shown('company', ids.site)).toContain('in the pool');
      expect(shown('company', newcomer)).toContain('in the pool');
    });
    await world.twenty.edit(admin, 'company', newcomer, { domainName: { primaryLinkUrl: 'globex-europe.example' } });
    await soon(() => expect([shown('company', ids.site), shown('company', newcomer)]).toEqual([null, null]));
    await world.twenty.change(admin, 'delete', 'person', ids.weiAgain);
    await soon(() => expect(shown('person', ids.wei)).toBeNull());
  });

  it('should be listed in groups for managers of the pool, and for nobody else', async () => {
    await world.twenty.change(admin, 'restore', 'person', ids.weiAgain);
    const { page } = (await soon(async () => {
      const answer = await groupsOf(admin);
      expect(answer.page?.groups).toHaveLength(2);
      return answer;
    })) as Awaited<ReturnType<typeof groupsOf>>;
    const [companies, people] = page?.groups ?? [];
    expect(companies).toMatchObject({ object: 'COMPANY', by: 'NAME', value: '安可米科技' });
    expect(companies?.customers.map(({ recordId }) => recordId).sort()).toEqual([ids.acme, ids.wideAcme].sort());
    expect(people).toMatchObject({ object: 'PERSON', by: 'EMAIL', value: 'wei@acme.example' });
    const first = await groupsOf(admin, 1);
    expect(first.page).toMatchObject({ hasNextPage: true, groups: [{ object: 'COMPANY' }] });
    expect((await groupsOf(admin, 1, first.page?.endCursor)).page).toMatchObject({
      hasNextPage: false,
      groups: [{ object: 'PERSON' }],
    });
    expect((await groupsOf(rep)).code).toBe('FORBIDDEN');
  });

  it('should refuse the claim where the pool says so, and let only one of two who claim the halves at once', async () => {
    world.twenty.patch('customerPool', world.twenty.pools.company, {
      duplicatePolicy: 'REFUSE',
      updatedAt: new Date().toISOString(),
    });
    await soon(async () =>
      expect(await world.rows(`SELECT 1 FROM pool WHERE policy->>'duplicatePolicy' = 'REFUSE'`)).toHaveLength(1),
    );
    await expectSettled(world);
    const claims = await Promise.all([
      (await world.as(rep, 'en', world.engines[0])).claim([person(ids.wei)]),
      (await world.as(colleague, 'en', world.engines[1])).claim([person(ids.weiAgain)]),
    ]);
    expect(claims.map(({ done }) => done).sort()).toEqual([0, 1]);
    expect(claims.flatMap(({ outcomes }) => outcomes.map(({ refusal }) => refusal?.code ?? null)).sort()).toEqual(
      ['DUPLICATE', null].sort(),
    );
    await expectSettled(world);
  });
});
