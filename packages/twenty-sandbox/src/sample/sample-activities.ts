import { deterministicId } from '../ids';
import type { SampleCompany } from './sample-companies';
import type { SampleContext } from './sample-context';
import type { SamplePerson } from './sample-people';
import { NOTE_TITLES, TASK_TITLES } from './sample-words';

const STAGES = ['NEW', 'NEW', 'SCREENING', 'SCREENING', 'MEETING', 'MEETING', 'PROPOSAL', 'CUSTOMER'] as const;

type Values = Record<string, unknown> & { id: string };

/** Notes, tasks and opportunities: many at owned companies, some old ones at companies nobody has now. */
export function addSampleActivities(
  context: SampleContext,
  companies: readonly SampleCompany[],
  people: readonly SamplePerson[],
): void {
  const contacts = new Map(people.map((person) => [person.company.id, person.id]));
  for (const [index, company] of companies.entries()) {
    const contactId = contacts.get(company.id) ?? null;
    addNotes(context, company, contactId, index);
    addTasks(context, company, contactId, index);
    addOpportunities(context, company, contactId, index);
  }
}

function put(context: SampleContext, object: string, values: Values, memberId: string | null, daysAgo: number): void {
  const { workspace } = context;
  const stamp = context.daysAgo(daysAgo);
  workspace.store
    .table(object)
    .put(
      workspace.store.complete(
        workspace.registry.get(object),
        { createdAt: stamp, updatedAt: stamp, position: 0, ...values },
        context.actorOf(memberId),
      ),
    );
}

function link(
  context: SampleContext,
  object: 'noteTarget' | 'taskTarget',
  activity: Values,
  targetCompanyId: string,
  contactId: string | null,
  daysAgo: number,
) {
  const column = object === 'noteTarget' ? 'noteId' : 'taskId';
  put(
    context,
    object,
    { id: deterministicId(`${object}:${activity.id}:company`), [column]: activity.id, targetCompanyId },
    null,
    daysAgo,
  );
  if (contactId !== null && context.random.chance(0.4)) {
    put(
      context,
      object,
      { id: deterministicId(`${object}:${activity.id}:person`), [column]: activity.id, targetPersonId: contactId },
      null,
      daysAgo,
    );
  }
}

function addNotes(context: SampleContext, company: SampleCompany, contactId: string | null, index: number): void {
  const { random } = context;
  const count = company.ownerId === null ? (random.chance(0.35) ? 1 : 0) : random.integer(1, 4);
  for (let number = 0; number < count; number += 1) {
    const daysAgo = company.ownerId === null ? random.integer(60, 400) : random.integer(0, 40);
    const note: Values = {
      id: deterministicId(`note:${index}:${number}`),
      title: random.pick(NOTE_TITLES),
      bodyV2: {
        blocknote: null,
        markdown: company.isChinese ? '客户表示有兴趣，下周再联系。' : 'Interested; call again next week.',
      },
    };
    const age = Math.min(daysAgo, company.createdDaysAgo);
    put(context, 'note', note, company.ownerId ?? context.anyMember(), age);
    link(context, 'noteTarget', note, company.id, contactId, age);
  }
}

function addTasks(context: SampleContext, company: SampleCompany, contactId: string | null, index: number): void {
  const { random } = context;
  const count = company.ownerId === null ? (random.chance(0.15) ? 1 : 0) : random.integer(0, 2);
  for (let number = 0; number < count; number += 1) {
    const daysAgo = Math.min(random.integer(0, 60), company.createdDaysAgo);
    const isDone = company.ownerId === null || random.chance(0.5);
    const task: Values = {
      id: deterministicId(`task:${index}:${number}`),
      title: random.pick(TASK_TITLES),
      status: isDone ? 'DONE' : random.pick(['TODO', 'IN_PROGRESS'] as const),
      dueAt: context.daysAgo(isDone ? daysAgo : -random.integer(1, 14)),
      assigneeId: company.ownerId ?? context.anyMember(),
    };
    put(context, 'task', task, company.ownerId, daysAgo);
    link(context, 'taskTarget', task, company.id, contactId, daysAgo);
  }
}

function addOpportunities(
  context: SampleContext,
  company: SampleCompany,
  contactId: string | null,
  index: number,
): void {
  const { random } = context;
  if (!random.chance(company.ownerId === null ? 0.12 : 0.6)) return;
  const daysAgo = Math.min(random.integer(1, 120), company.createdDaysAgo);
  put(
    context,
    'opportunity',
    {
      id: deterministicId(`opportunity:${index}`),
      name: company.isChinese ? '年度采购项目' : 'Annual supply contract',
      amount: { amountMicros: random.integer(5, 900) * 1_000_000_000, currencyCode: company.isChinese ? 'CNY' : 'USD' },
      stage: random.pick(STAGES),
      closeDate: context.daysAgo(-random.integer(10, 90)),
      companyId: company.id,
      pointOfContactId: contactId,
      ownerId: company.ownerId,
    },
    company.ownerId,
    daysAgo,
  );
}
