import { deterministicId } from '../ids';
import type { SampleCompany } from './sample-companies';
import type { SampleContext } from './sample-context';
import {
  CHINESE_GIVEN_NAMES,
  CHINESE_SURNAMES,
  ENGLISH_GIVEN_NAMES,
  ENGLISH_SURNAMES,
  JOB_TITLES,
} from './sample-words';

export interface SamplePerson {
  id: string;
  company: SampleCompany;
}

const PEOPLE = 3000;

/** 3,000 people, each of a company. Of the imported ones, those at an owned company have its owner. */
export function addSamplePeople(context: SampleContext, companies: readonly SampleCompany[]): SamplePerson[] {
  const { random, workspace } = context;
  const object = workspace.registry.get('person');
  const table = workspace.store.table('person');
  const hasOwner = object.fields.has('owner');
  return Array.from({ length: PEOPLE }, (_, index) => {
    // The first people give each company one contact, the others gather where they may.
    const company = companies[index] ?? random.pick(companies);
    const isImported = company.isImported && random.chance(0.8);
    const name = personName(context, company.isChinese);
    const createdDaysAgo = random.integer(1, company.createdDaysAgo);
    const id = deterministicId(`person:${index}`);
    const createdBy = {
      ...context.actorOf(context.anyMember()),
      source: isImported ? 'IMPORT' : random.chance(0.3) ? 'EMAIL' : 'MANUAL',
    };
    table.put(
      workspace.store.complete(
        object,
        {
          id,
          name: { firstName: name.firstName, lastName: name.lastName },
          emails: { primaryEmail: `${name.mailbox}${index}@${company.slug}.com`, additionalEmails: [] },
          phones: {
            primaryPhoneNumber: company.isChinese
              ? `13${random.integer(100_000_000, 999_999_999)}`
              : `555${random.integer(1_000_000, 9_999_999)}`,
            primaryPhoneCountryCode: company.isChinese ? 'CN' : 'US',
            primaryPhoneCallingCode: company.isChinese ? '+86' : '+1',
            additionalPhones: [],
          },
          jobTitle: random.pick(JOB_TITLES),
          companyId: company.id,
          ...(hasOwner && { ownerId: isImported ? company.ownerId : null }),
          position: index,
          ...context.stamps(createdDaysAgo),
        },
        createdBy,
      ),
    );
    return { id, company };
  });
}

function personName({ random }: SampleContext, isChinese: boolean) {
  if (isChinese) {
    const [lastName, surname] = random.pick(CHINESE_SURNAMES);
    const [firstName, given] = random.pick(CHINESE_GIVEN_NAMES);
    return { firstName, lastName, mailbox: `${given}.${surname}` };
  }
  const [firstName, lastName] = [random.pick(ENGLISH_GIVEN_NAMES), random.pick(ENGLISH_SURNAMES)];
  return { firstName, lastName, mailbox: `${firstName}.${lastName}`.toLowerCase() };
}
