import type { FieldType } from './metadata.types';

export type SubFieldType = 'String' | 'JSON' | 'BigFloat' | 'UUID' | 'ActorSource';

export interface SubField {
  name: string;
  type: SubFieldType;
  /** What Twenty answers when nothing is stored. */
  empty: unknown;
  /** A sub-field that input types do not have. */
  readOnly?: boolean;
}

export interface CompositeType {
  graphqlName: string;
  subFields: SubField[];
  /** The sub-field that a unique constraint of the field covers. */
  uniqueSubField?: string;
  groupable: boolean;
}

const text = (name: string): SubField => ({ name, type: 'String', empty: '' });
const jsonList = (name: string): SubField => ({ name, type: 'JSON', empty: [] });

export const COMPOSITE_TYPES: Partial<Record<FieldType, CompositeType>> = {
  LINKS: {
    graphqlName: 'Links',
    subFields: [text('primaryLinkLabel'), text('primaryLinkUrl'), jsonList('secondaryLinks')],
    uniqueSubField: 'primaryLinkUrl',
    groupable: true,
  },
  CURRENCY: {
    graphqlName: 'Currency',
    subFields: [
      { name: 'amountMicros', type: 'BigFloat', empty: null },
      { name: 'currencyCode', type: 'String', empty: null },
    ],
    groupable: true,
  },
  FULL_NAME: { graphqlName: 'FullName', subFields: [text('firstName'), text('lastName')], groupable: true },
  ADDRESS: {
    graphqlName: 'Address',
    subFields: [
      text('addressStreet1'),
      text('addressStreet2'),
      text('addressCity'),
      text('addressPostcode'),
      text('addressState'),
      text('addressCountry'),
      { name: 'addressLat', type: 'BigFloat', empty: null },
      { name: 'addressLng', type: 'BigFloat', empty: null },
    ],
    groupable: true,
  },
  ACTOR: {
    graphqlName: 'Actor',
    subFields: [
      { name: 'source', type: 'ActorSource', empty: 'MANUAL' },
      { name: 'workspaceMemberId', type: 'UUID', empty: null, readOnly: true },
      { name: 'name', type: 'String', empty: '', readOnly: true },
      { name: 'context', type: 'JSON', empty: null },
    ],
    groupable: false,
  },
  EMAILS: {
    graphqlName: 'Emails',
    subFields: [text('primaryEmail'), jsonList('additionalEmails')],
    uniqueSubField: 'primaryEmail',
    groupable: true,
  },
  PHONES: {
    graphqlName: 'Phones',
    subFields: [
      text('primaryPhoneNumber'),
      text('primaryPhoneCountryCode'),
      text('primaryPhoneCallingCode'),
      jsonList('additionalPhones'),
    ],
    uniqueSubField: 'primaryPhoneNumber',
    groupable: true,
  },
  RICH_TEXT: {
    graphqlName: 'RichText',
    subFields: [{ name: 'blocknote', type: 'String', empty: null }, text('markdown')],
    groupable: true,
  },
};

export const ACTOR_SOURCES = [
  'EMAIL',
  'CALENDAR',
  'WORKFLOW',
  'AGENT',
  'API',
  'IMPORT',
  'MANUAL',
  'SYSTEM',
  'WEBHOOK',
  'APPLICATION',
] as const;

/** The value of a composite field nobody has written. */
export function emptyComposite(composite: CompositeType): Record<string, unknown> {
  return Object.fromEntries(composite.subFields.map((sub) => [sub.name, structuredClone(sub.empty)]));
}
