import { bounded, longest, most } from '../../domain/text/bounded-text';
import type {
  CompanyRecordFragment,
  CompanyUpdateInput,
  PersonRecordFragment,
  PersonUpdateInput,
} from '../generated/core';
import type { CustomerFields, CustomerRecord, RecordActor } from './twenty.types';

export function companyToRecord(company: CompanyRecordFragment): CustomerRecord {
  return {
    ...sharedFields(company),
    object: 'COMPANY',
    name: shownName(company.name),
    ownerId: company.accountOwnerId,
    companyId: null,
    domains: linksOf(company.domainName),
    emails: [],
    phones: [],
  };
}

export function personToRecord(person: PersonRecordFragment): CustomerRecord {
  return {
    ...sharedFields(person),
    object: 'PERSON',
    name: fullName(person.name),
    ownerId: person.ownerId,
    companyId: person.companyId,
    domains: [],
    emails: emailsOf(person.emails),
    phones: phonesOf(person.phones),
  };
}

export function companyInput({ ownerId, ...fields }: CustomerFields): CompanyUpdateInput {
  return { ...sharedInput(fields), ...(ownerId !== undefined && { accountOwnerId: ownerId }) };
}

export function personInput({ ownerId, ...fields }: CustomerFields): PersonUpdateInput {
  return { ...sharedInput(fields), ...(ownerId !== undefined && { ownerId }) };
}

/** Every other field has the same name here and there. */
function sharedInput({ poolId, ...fields }: Omit<CustomerFields, 'ownerId'>) {
  return { ...fields, ...(poolId !== undefined && { customerPoolId: poolId }) };
}

const HAN = /^\p{Script=Han}+$/u;

/** Twenty's two-part name as it is read aloud: a Chinese one has the family name first and no space. Null when both parts are empty. */
export function fullName(name: { firstName: string | null; lastName: string | null } | null): string | null {
  const [firstName, lastName] = [shownName(name?.firstName), shownName(name?.lastName)];
  if (firstName && lastName && HAN.test(firstName) && HAN.test(lastName)) return shownName(`${lastName}${firstName}`);
  return shownName([firstName, lastName].filter(Boolean).join(' '));
}

/** Null when it is empty. */
export function shownName(name: string | null | undefined): string | null {
  return name ? bounded(name, longest.name) : null;
}

function sharedFields(record: CompanyRecordFragment | PersonRecordFragment) {
  const { id, poolStatus, ownedSince, pooledSince, protectedUntil, lastActivityOn, reclaimOn, reclaimRule } = record;
  const { formerOwnerId, createdAt, updatedAt, deletedAt } = record;
  return {
    id,
    poolStatus,
    ownedSince,
    pooledSince,
    protectedUntil,
    lastActivityOn,
    reclaimOn,
    reclaimRule,
    formerOwnerId,
    createdAt,
    updatedAt,
    deletedAt,
    poolId: record.customerPoolId,
    isLocked: record.isLocked ?? false,
    duplicateOf: record.duplicateOf ? bounded(record.duplicateOf, longest.duplicateText) : null,
    updatedBy: actorOf(record.updatedBy),
  };
}

export function actorOf(actor: CompanyRecordFragment['updatedBy'] | null): RecordActor | null {
  if (!actor?.source) return null;
  return { source: actor.source, workspaceMemberId: actor.workspaceMemberId, name: shownName(actor.name) ?? '' };
}

function linksOf(links: CompanyRecordFragment['domainName']): string[] {
  return texts([links?.primaryLinkUrl, ...listOf(links?.secondaryLinks).map((link) => property(link, 'url'))]);
}

function emailsOf(emails: PersonRecordFragment['emails']): string[] {
  return texts([emails?.primaryEmail, ...listOf(emails?.additionalEmails)]);
}

function phonesOf(phones: PersonRecordFragment['phones']): string[] {
  return texts([
    withCallingCode(phones?.primaryPhoneCallingCode, phones?.primaryPhoneNumber),
    ...listOf(phones?.additionalPhones).map((phone) =>
      withCallingCode(property(phone, 'callingCode'), property(phone, 'number')),
    ),
  ]);
}

function withCallingCode(callingCode: unknown, number: unknown): string | null {
  if (typeof number !== 'string' || number === '') return null;
  return typeof callingCode === 'string' && !number.startsWith('+') ? `${callingCode}${number}` : number;
}

/** Additional links, e-mails and phones are JSON that people and imports write: only what has the right shape counts. */
function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, most.contacts) : [];
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function texts(values: unknown[]): string[] {
  return values.filter((value): value is string => typeof value === 'string' && value !== '');
}
