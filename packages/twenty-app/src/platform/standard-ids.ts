import { STANDARD_OBJECT, STANDARD_PAGE_LAYOUT } from './sdk';

/** Views of Twenty that Highseas adds columns to, and pages that it adds tabs to. Objects and scalar fields have the same identifiers in every version; these do not. */
interface StandardViews {
  list: string;
  recordPage: string;
  recordPageGroup: string;
  /** Page layout of the record page, to which tabs are added. */
  recordPageLayout: string;
}

interface Generation {
  company: StandardViews;
  person: StandardViews;
}

/** Views changed their identifiers by 2.26, page layouts by 2.33; a server rejects those of another generation ("View not found"). */
const GENERATIONS = {
  '2.21': {
    company: {
      list: '20202020-a001-4a01-8a01-c0aba11c0001',
      recordPage: '20202020-a001-4a01-8a01-c0aba11c1001',
      recordPageGroup: '20202020-a001-4a01-8a01-c0aba11c1101',
      recordPageLayout: '20202020-a101-4001-8001-c0aba11c0001',
    },
    person: {
      list: '20202020-a002-4a02-8a02-ae0a1ea11a00',
      recordPage: '20202020-a002-4a02-8a02-ae0a1ea12001',
      recordPageGroup: '20202020-a002-4a02-8a02-ae0a1ea12101',
      recordPageLayout: '20202020-a102-4002-8002-ae0a1ea11002',
    },
  },
  '2.40': {
    company: {
      list: STANDARD_OBJECT.company.views.allCompanies.universalIdentifier,
      recordPage: STANDARD_OBJECT.company.views.companyRecordPageFields.universalIdentifier,
      recordPageGroup:
        STANDARD_OBJECT.company.views.companyRecordPageFields.viewFieldGroups.general.universalIdentifier,
      recordPageLayout: STANDARD_PAGE_LAYOUT.companyRecordPage.universalIdentifier,
    },
    person: {
      list: STANDARD_OBJECT.person.views.allPeople.universalIdentifier,
      recordPage: STANDARD_OBJECT.person.views.personRecordPageFields.universalIdentifier,
      recordPageGroup: STANDARD_OBJECT.person.views.personRecordPageFields.viewFieldGroups.general.universalIdentifier,
      recordPageLayout: STANDARD_PAGE_LAYOUT.personRecordPage.universalIdentifier,
    },
  },
} satisfies Record<string, Generation>;

export type ServerGeneration = keyof typeof GENERATIONS;

function isGeneration(name: string): name is ServerGeneration {
  return name in GENERATIONS;
}

/** The identifiers of the server generation that the package is built for: `HIGHSEAS_TWENTY_GENERATION`, 2.21 when unset. */
export function standardViews(
  object: keyof Generation,
  generation = process.env.HIGHSEAS_TWENTY_GENERATION || '2.21',
): StandardViews {
  if (!isGeneration(generation))
    throw new Error(`Unknown server generation "${generation}"; known are ${Object.keys(GENERATIONS).join(', ')}`);
  return GENERATIONS[generation][object];
}

type StandardObjectName =
  | 'company'
  | 'person'
  | 'workspaceMember'
  | 'opportunity'
  | 'task'
  | 'taskTarget'
  | 'note'
  | 'noteTarget';

const OBJECTS: Record<StandardObjectName, string> = {
  company: STANDARD_OBJECT.company.universalIdentifier,
  person: STANDARD_OBJECT.person.universalIdentifier,
  workspaceMember: STANDARD_OBJECT.workspaceMember.universalIdentifier,
  opportunity: STANDARD_OBJECT.opportunity.universalIdentifier,
  task: STANDARD_OBJECT.task.universalIdentifier,
  taskTarget: STANDARD_OBJECT.taskTarget.universalIdentifier,
  note: STANDARD_OBJECT.note.universalIdentifier,
  noteTarget: STANDARD_OBJECT.noteTarget.universalIdentifier,
};

/** Identifier of an object of Twenty, undefined for any other name. */
export function standardObjectId(name: string): string | undefined {
  return name in OBJECTS ? OBJECTS[name as StandardObjectName] : undefined;
}

export const companyId = STANDARD_OBJECT.company.fields.id.universalIdentifier;
export const personId = STANDARD_OBJECT.person.fields.id.universalIdentifier;
export const companyAccountOwner = STANDARD_OBJECT.company.fields.accountOwner.universalIdentifier;
export const companyName = STANDARD_OBJECT.company.fields.name.universalIdentifier;
export const companyDomainName = STANDARD_OBJECT.company.fields.domainName.universalIdentifier;
export const personName = STANDARD_OBJECT.person.fields.name.universalIdentifier;
export const personCompany = STANDARD_OBJECT.person.fields.company.universalIdentifier;
