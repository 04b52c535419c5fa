import { deterministicId } from '../ids';
import { CORRESPONDENCE_OBJECTS } from './correspondence-objects';
import {
  field,
  finishField,
  labelFromName,
  manyToOne,
  oneToMany,
  select,
  systemField,
  type FieldDraft,
} from './field-factory';
import type { ObjectMeta } from './metadata.types';
import { STANDARD_IDENTIFIERS } from './standard-identifiers';

export const STANDARD_APPLICATION_ID = deterministicId('application:twenty-standard');

interface StandardObject {
  name: keyof typeof STANDARD_IDENTIFIERS;
  plural: string;
  labelIdentifier: string;
  isSystem?: boolean;
  fields: FieldDraft[];
}

const system = (...names: string[]) => names.map(systemField);
const LEADING = system('id', 'createdAt', 'updatedAt', 'deletedAt');
const TRAILING = system('position', 'createdBy', 'updatedBy', 'searchVector');

const targets = (owner: 'note' | 'task', inverse: 'noteTargets' | 'taskTargets'): FieldDraft[] => [
  ...LEADING,
  ...system('createdBy', 'updatedBy', 'position', 'searchVector'),
  manyToOne('targetCompany', 'company', inverse, 'CASCADE'),
  manyToOne(owner, owner, inverse, 'CASCADE'),
  manyToOne('targetPerson', 'person', inverse, 'CASCADE'),
  manyToOne('targetOpportunity', 'opportunity', inverse, 'CASCADE'),
];

const memberText = (name: string, defaultValue?: string) =>
  field(name, 'TEXT', { isSystem: true, ...(defaultValue !== undefined && { isNullable: false, defaultValue }) });
const memberFormat = (name: string, values: string[]) =>
  select(name, values, { isSystem: true, isNullable: false, defaultValue: 'SYSTEM' });

/** The part of Twenty 2.21's standard data model that Highseas works with. */
const OBJECTS: StandardObject[] = [
  {
    name: 'company',
    plural: 'companies',
    labelIdentifier: 'name',
    fields: [
      ...LEADING,
      field('name', 'TEXT'),
      field('domainName', 'LINKS', { isUnique: true }),
      field('address', 'ADDRESS'),
      field('linkedinLink', 'LINKS'),
      field('annualRevenue', 'CURRENCY'),
      ...TRAILING,
      manyToOne('accountOwner', 'workspaceMember', 'accountOwnerForCompanies', 'SET_NULL'),
      oneToMany('people', 'person', 'company'),
      oneToMany('taskTargets', 'taskTarget', 'targetCompany'),
      oneToMany('noteTargets', 'noteTarget', 'targetCompany'),
      oneToMany('opportunities', 'opportunity', 'company'),
    ],
  },
  {
    name: 'person',
    plural: 'people',
    labelIdentifier: 'name',
    fields: [
      ...LEADING,
      field('name', 'FULL_NAME'),
      field('emails', 'EMAILS', { isUnique: true }),
      field('linkedinLink', 'LINKS'),
      field('jobTitle', 'TEXT'),
      field('phones', 'PHONES'),
      field('avatarUrl', 'TEXT', { isSystem: true }),
      field('avatarFile', 'FILES', { isSystem: true }),
      ...TRAILING,
      manyToOne('company', 'company', 'people', 'SET_NULL'),
      oneToMany('noteTargets', 'noteTarget', 'targetPerson'),
      oneToMany('pointOfContactForOpportunities', 'opportunity', 'pointOfContact'),
      oneToMany('taskTargets', 'taskTarget', 'targetPerson'),
      oneToMany('messageParticipants', 'messageParticipant', 'person'),
      oneToMany('calendarEventParticipants', 'calendarEventParticipant', 'person'),
    ],
  },
  {
    name: 'opportunity',
    plural: 'opportunities',
    labelIdentifier: 'name',
    fields: [
      ...LEADING,
      field('name', 'TEXT'),
      field('amount', 'CURRENCY'),
      field('closeDate', 'DATE_TIME'),
      select('stage', ['NEW', 'SCREENING', 'MEETING', 'PROPOSAL', 'CUSTOMER'], {
        isNullable: false,
        defaultValue: 'NEW',
      }),
      ...TRAILING,
      manyToOne('company', 'company', 'opportunities', 'SET_NULL'),
      manyToOne('pointOfContact', 'person', 'pointOfContactForOpportunities', 'SET_NULL'),
      manyToOne('owner', 'workspaceMember', 'ownedOpportunities', 'SET_NULL'),
      oneToMany('noteTargets', 'noteTarget', 'targetOpportunity'),
      oneToMany('taskTargets', 'taskTarget', 'targetOpportunity'),
    ],
  },
  {
    name: 'note',
    plural: 'notes',
    labelIdentifier: 'title',
    fields: [
      ...LEADING,
      systemField('position'),
      field('title', 'TEXT'),
      field('bodyV2', 'RICH_TEXT'),
      ...system('createdBy', 'updatedBy', 'searchVector'),
      oneToMany('noteTargets', 'noteTarget', 'note'),
    ],
  },
  {
    name: 'noteTarget',
    plural: 'noteTargets',
    labelIdentifier: 'id',
    isSystem: true,
    fields: targets('note', 'noteTargets'),
  },
  {
    name: 'task',
    plural: 'tasks',
    labelIdentifier: 'title',
    fields: [
      ...LEADING,
      systemField('position'),
      field('title', 'TEXT'),
      field('bodyV2', 'RICH_TEXT'),
      field('dueAt', 'DATE_TIME'),
      select('status', ['TODO', 'IN_PROGRESS', 'DONE'], { defaultValue: 'TODO' }),
      ...system('createdBy', 'updatedBy', 'searchVector'),
      manyToOne('assignee', 'workspaceMember', 'assignedTasks', 'SET_NULL'),
      oneToMany('taskTargets', 'taskTarget', 'task'),
    ],
  },
  {
    name: 'taskTarget',
    plural: 'taskTargets',
    labelIdentifier: 'id',
    isSystem: true,
    fields: targets('task', 'taskTargets'),
  },
  {
    name: 'workspaceMember',
    plural: 'workspaceMembers',
    labelIdentifier: 'name',
    isSystem: true,
    fields: [
      ...LEADING,
      systemField('position'),
      field('name', 'FULL_NAME', { isNullable: false }),
      memberText('colorScheme', 'System'),
      memberText('locale', 'en'),
      memberText('avatarUrl'),
      field('userEmail', 'TEXT', { isSystem: true, isUnique: true }),
      memberText('jobTitle'),
      field('calendarStartDay', 'NUMBER', { isSystem: true, isNullable: false, isInteger: true, defaultValue: 7 }),
      field('userId', 'UUID', { isSystem: true, isNullable: false }),
      memberText('timeZone', 'system'),
      memberFormat('dateFormat', ['SYSTEM', 'MONTH_FIRST', 'DAY_FIRST', 'YEAR_FIRST']),
      memberFormat('timeFormat', ['SYSTEM', 'HOUR_24', 'HOUR_12']),
      memberFormat('numberFormat', [
        'SYSTEM',
        'COMMAS_AND_DOT',
        'SPACES_AND_COMMA',
        'DOTS_AND_COMMA',
        'APOSTROPHE_AND_DOT',
      ]),
      ...system('searchVector', 'createdBy', 'updatedBy'),
      oneToMany('accountOwnerForCompanies', 'company', 'accountOwner'),
      oneToMany('ownedOpportunities', 'opportunity', 'owner'),
      oneToMany('assignedTasks', 'task', 'assignee'),
      oneToMany('messageParticipants', 'messageParticipant', 'workspaceMember'),
      oneToMany('calendarEventParticipants', 'calendarEventParticipant', 'workspaceMember'),
    ],
  },
];

export function standardObjects(): ObjectMeta[] {
  return [
    ...OBJECTS.map(({ name, ...object }) => {
      const identifiers = STANDARD_IDENTIFIERS[name];
      return standardObject({
        name,
        ...object,
        universalIdentifier: identifiers.object,
        fieldIdentifiers: identifiers.fields,
      });
    }),
    ...CORRESPONDENCE_OBJECTS.map((object) => standardObject({ ...object, isSystem: true, fieldIdentifiers: {} })),
  ];
}

interface IdentifiedObject extends Omit<StandardObject, 'name'> {
  name: string;
  universalIdentifier: string;
  fieldIdentifiers: Record<string, string>;
}

function standardObject({
  name,
  plural,
  labelIdentifier,
  isSystem = false,
  fields,
  universalIdentifier,
  fieldIdentifiers,
}: IdentifiedObject): ObjectMeta {
  return {
    id: deterministicId(`object:${name}`),
    universalIdentifier,
    applicationId: STANDARD_APPLICATION_ID,
    nameSingular: name,
    namePlural: plural,
    labelSingular: labelFromName(name),
    labelPlural: labelFromName(plural),
    isCustom: false,
    isSystem,
    labelIdentifier,
    fields: new Map(
      fields.map((draft) => [
        draft.name,
        finishField(draft, name, STANDARD_APPLICATION_ID, fieldIdentifiers[draft.name]),
      ]),
    ),
  };
}
