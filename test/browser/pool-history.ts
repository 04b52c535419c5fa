import { company, EngineClient, type CustomerRef } from '../support/engine-client';
import { advanceDays } from '../support/highseas-days';
import type { TwentyHands } from '../support/highseas-twenty';
import type { HighseasWorld } from '../support/highseas-world';

const FOLLOW_UP =
  'mutation($customer: CustomerRef!, $note: String!) { logFollowUp(customer: $customer, note: $note) { status } }';
const COMPANY = 'mutation($data: CompanyCreateInput!) { createCompany(data: $data) { id } }';
const DEAL = 'mutation($data: OpportunityCreateInput!) { createOpportunity(data: $data) { id } }';

/** What the pools are before anything happens: customers to claim, some of them twice, and a pool that gives out by itself. */
export function seedPools(twenty: TwentyHands): void {
  twenty.patch('customerPool', twenty.pools.company, { firstFollowUpDays: 4, followUpDays: 30, graceDays: 0 });
  twenty.patch('customerPool', twenty.pools.tradeShow, {
    routingFilter: { name: { ilike: 'Lead%' } },
    autoAssign: 'ROUND_ROBIN',
    autoAssignWhen: 'ON_ENTRY',
  });
  for (let index = 1; index <= 40; index += 1)
    twenty.seedCompany({ name: `Harbour ${String(index).padStart(2, '0')} Ltd` });
  const site = (primaryLinkUrl: string) => ({
    domainName: { primaryLinkUrl, primaryLinkLabel: '', secondaryLinks: null },
  });
  twenty.seedCompany({ name: '安可米科技有限公司' });
  twenty.seedCompany({ name: '安可米科技（股份有限公司）', accountOwnerId: twenty.member('sun.li').id });
  twenty.seedCompany({ name: 'Globex Europe', ...site('https://globex.example') });
  twenty.seedCompany({ name: 'Globex Trading', ...site('https://www.globex.example/about') });
  const today = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  twenty.seed('memberLeave', { memberId: twenty.member('emma.clark').id, from: today(-2), until: today(40) });
}

/** Nine days in which reps take, follow up, give back, lose and win customers, and leads come in that are given out. */
export async function liveNineDays(world: HighseasWorld): Promise<void> {
  const { twenty } = world;
  const free = twenty
    .all('company')
    .filter(({ name }) => String(name).startsWith('Harbour'))
    .map(({ id }) => company(id));
  // Tokens do not outlive the days that pass.
  const engineAs = async (mailbox: string) =>
    new EngineClient(world.engine.url, await twenty.token(twenty.member(mailbox)));
  const inTwenty = async (mailbox: string, query: string, data: Record<string, unknown>) =>
    twenty.graphql(await twenty.token(twenty.member(mailbox), { kind: 'user' }), query, { data });
  const take = async (mailbox: string, count: number): Promise<CustomerRef[]> => {
    const taken = free.splice(0, count);
    await (await engineAs(mailbox)).claim(taken);
    return taken;
  };
  const followUp = async (mailbox: string, customers: CustomerRef[]) => {
    const engine = await engineAs(mailbox);
    for (const customer of customers) await engine.must(FOLLOW_UP, { customer, note: 'Called' });
  };
  const win = async (mailbox: string, customers: CustomerRef[]) => {
    for (const { recordId } of customers)
      await inTwenty(mailbox, DEAL, {
        name: 'Deal',
        stage: 'CUSTOMER',
        companyId: recordId,
        ownerId: twenty.member(mailbox).id,
      });
  };
  const lead = (name: string) => inTwenty('alice.morgan', COMPANY, { name });

  const toms = await take('tom.baker', 8);
  const sophies = await take('sophie.turner', 6);
  await followUp('tom.baker', toms.slice(0, 3));
  await followUp('sophie.turner', sophies);
  await lead('Lead Amber');
  await lead('Lead Birch');
  await advanceDays(world, 1);

  const mins = await take('zhang.min', 5);
  await win('sophie.turner', sophies.slice(0, 2));
  await followUp('zhang.min', mins.slice(0, 2));
  await (await engineAs('tom.baker')).release(toms.slice(0, 2), { reason: 'NO_BUDGET' });
  await (await engineAs('sophie.turner')).release(sophies.slice(4, 5), { reason: 'COMPETITOR' });
  await advanceDays(world, 3);

  await take('sun.li', 4);
  await (await engineAs('zhang.min')).release(mins.slice(0, 1), { reason: 'NO_BUDGET' });
  await win('tom.baker', toms.slice(2, 3));
  await lead('Lead Cedar');
  await advanceDays(world, 5);
}
