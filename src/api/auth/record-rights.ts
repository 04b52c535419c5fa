import type { CustomerObject } from '../../domain/customer/customer';
import { customerObjects } from '../../domain/customer/customer';
import type { ActingMember } from '../../domain/customer/acting-member';
import { ApiError } from '../graphql/api-error';

/** Mutations that change no customer by themselves. */
const harmless: ReadonlySet<string> = new Set(['stageSelection', 'cancelJob']);

/**
 * The engine writes with rights of its own, so it looks at the caller's: who may not see companies (or people) in Twenty is not shown
 * them here, and who may not change them there changes nothing about them here.
 *
 * @param args of the field, not validated yet
 * @throws ApiError FORBIDDEN
 */
export function requireRecordRights({ records }: ActingMember, operation: string, field: string, args: unknown): void {
  if (!records) return;
  if (records.read.length === 0)
    throw new ApiError(
      'FORBIDDEN',
      'Your role in Twenty lets you see neither companies nor people. 您在 Twenty 中的角色无权查看公司和人员。',
    );
  if (operation !== 'Mutation' || harmless.has(field)) return;
  const missing = touched(args).find((object) => !records.change.includes(object));
  if (missing === 'COMPANY')
    throw new ApiError(
      'FORBIDDEN',
      'Your role in Twenty does not let you change companies. 您在 Twenty 中的角色无权修改公司。',
    );
  if (missing === 'PERSON')
    throw new ApiError(
      'FORBIDDEN',
      'Your role in Twenty does not let you change people. 您在 Twenty 中的角色无权修改人员。',
    );
}

/** Of which objects the records are that a mutation names; of all, where it names none. */
function touched(args: unknown): readonly CustomerObject[] {
  const { customers, customer, input } = recordOf(args);
  const selection = recordOf(recordOf(input)['selection']);
  const refs = [
    customers,
    selection['customers'],
    customer === undefined || customer === null ? [] : [customer],
  ].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
  const named = [...refs.map((ref) => recordOf(ref)['object']), selection['object']];
  const objects = customerObjects.filter((object) => named.includes(object));
  return objects.length > 0 || Array.isArray(customers) ? objects : customerObjects;
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
