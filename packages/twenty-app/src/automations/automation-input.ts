import { partId } from '../identifiers';
import type { CustomerRef } from '../domain/engine.types';
import { AutomationFailure } from './automation-output';

/** As Twenty hands it over: a record is its id, or the record itself, depending on how the author filled it in. Nothing in it is certain. */
export type RawInput = Record<string, unknown>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isRecordId = (text: string): boolean => UUID.test(text);

const bad = (message: string): AutomationFailure => new AutomationFailure('BAD_INPUT', message);

/** '' for what is not there: an empty field and a variable that resolved to nothing look alike. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

/** A record given as its id or as itself; '' for none. */
function recordOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'id' in value ? textOf(value.id) : textOf(value);
}

/** @throws AutomationFailure when it is no record */
export function optionalRecordId(value: unknown, en: string, zh: string): string | null {
  const id = recordOf(value);
  if (id === '') return null;
  if (!isRecordId(id))
    throw bad(
      `${en} must be a record or its id, not ${JSON.stringify(id)}. ${zh}须为记录或其 ID，而不是 ${JSON.stringify(id)}。`,
    );
  return id;
}

/**
 * The customer of `{company}` or `{person}` (a workflow's two record inputs) or of `{object, recordId}` (a tool's).
 *
 * @throws AutomationFailure unless it is exactly one
 */
export function customerOf({ company, person, object, recordId }: RawInput): CustomerRef {
  const named = textOf(object).toUpperCase();
  const given = [
    { object: 'COMPANY' as const, recordId: optionalRecordId(company, 'Company', '公司') },
    { object: 'PERSON' as const, recordId: optionalRecordId(person, 'Person', '人员') },
    ...(named === 'COMPANY' || named === 'PERSON'
      ? [{ object: named, recordId: optionalRecordId(recordId, 'recordId', 'recordId ') } as const]
      : []),
  ].flatMap((ref) => (ref.recordId === null ? [] : [{ object: ref.object, recordId: ref.recordId }]));
  const [customer, ...more] = given;
  if (!customer) throw bad('Give a company or a person. 请指定一个公司或人员。');
  if (more.length > 0) throw bad('Give either a company or a person, not both. 请只指定公司或人员中的一个。');
  return customer;
}

/**
 * Id or e-mail of a member, given as text or as the record.
 *
 * @throws AutomationFailure when there is none
 */
export function memberOf(value: unknown, missing: string): string {
  const member = recordOf(value);
  if (member === '') throw bad(missing);
  // It travels in a header.
  if (!/^[\x21-\x7e]{1,320}$/.test(member)) throw bad('A member is given by id or e-mail. 请用 ID 或邮箱指定成员。');
  return member;
}

/**
 * The same for a step that is tried again, so that it does nothing twice; null when the author gave nothing to tell repeats by.
 *
 * @param key what the author gave
 */
export function requestIdOf(
  key: unknown,
  action: string,
  member: string,
  { object, recordId }: CustomerRef,
): string | null {
  const text = typeof key === 'number' ? String(key) : textOf(key);
  return text === '' ? null : partId('request', action, member, object, recordId, text);
}
