import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { utcInstant } from '../../domain/calendar/local-days';
import { type CustomerObject, customerObjects, type PoolStatus } from '../../domain/customer/customer';
import { isStorable, longest } from '../../domain/text/bounded-text';
import { type Attention, attentionKinds } from '../../reading/attention.queries';

export const mostRecordsPerCall = 1000;
const mostPerPage = 200;
const longestDue = 3650;
const mostDueDays = 90;

const objects: ReadonlySet<unknown> = new Set(customerObjects);
/** Any uuid that PostgreSQL takes: Twenty's seeds are not all of an RFC version. */
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function IsId(options: { each?: boolean } = {}): PropertyDecorator {
  return Matches(ID, {
    ...options,
    message: '$property must be a UUID',
  });
}

/** Becomes UTC with milliseconds. */
export function IsTime(): PropertyDecorator {
  const isTime = ValidateBy({
    name: 'isTime',
    validator: {
      validate: (value) => typeof value === 'string' && utcInstant(value) !== null,
      defaultMessage: () => '$property must be an ISO 8601 instant',
    },
  });
  return (target, property) => {
    Transform(({ value }) => (typeof value === 'string' && utcInstant(value)) || value)(target, property);
    isTime(target, property);
  };
}

export function IsText(length: number): PropertyDecorator {
  return ValidateBy({
    name: 'isText',
    validator: {
      validate: (value) => typeof value === 'string' && value.length <= length && isStorable(value),
      defaultMessage: () => `$property must be a text of at most ${length} characters, without NUL or half a character`,
    },
  });
}

export class CustomerRefInput {
  @IsIn(['COMPANY', 'PERSON']) object!: CustomerObject;
  @IsId() recordId!: string;
}

/**
 * At most a thousand records. class-validator takes a tenth of a second for as many, so it is asked only to say what is wrong where
 * something is.
 */
export function AreCustomerRefs(): PropertyDecorator {
  return (target, property) => {
    ValidateIf((_object, value) => !areCustomerRefs(value))(target, property);
    IsArray()(target, property);
    ArrayMaxSize(mostRecordsPerCall, { message: `at most ${mostRecordsPerCall} records in one call` })(
      target,
      property,
    );
    ValidateNested({ each: true })(target, property);
    Type(() => CustomerRefInput)(target, property);
  };
}

function areCustomerRefs(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > mostRecordsPerCall) return false;
  return (value as Partial<CustomerRefInput>[]).every(
    (ref) => objects.has(ref?.object) && typeof ref.recordId === 'string' && ID.test(ref.recordId),
  );
}

export class CustomersArgs {
  @AreCustomerRefs() customers!: CustomerRefInput[];
}

export class StageSelectionArgs extends CustomersArgs {
  @IsOptional() @IsText(200) requestId?: string | null;
}

export class ClaimArgs extends CustomersArgs {
  @IsOptional() @IsText(longest.requestId) requestId?: string | null;
}

export class ReleaseArgs extends ClaimArgs {
  @IsOptional() @IsId() poolId?: string | null;
  @IsOptional() @IsText(longest.reason) reason?: string | null;
  @IsOptional() @IsText(longest.note) note?: string | null;
}

export class CustomerArgs extends CustomerRefInput {}

export class PageArgs {
  @IsOptional() @IsInt() @Min(1) @Max(mostPerPage) first?: number | null;
  @IsOptional() @IsText(longest.cursor) after?: string | null;
}

export class CustomersPageArgs extends PageArgs {
  @IsOptional() @IsId() poolId?: string | null;
  @IsOptional() @IsId() ownerId?: string | null;
  @IsOptional() @IsIn(['OWNED', 'POOLED', 'ARCHIVED']) status?: PoolStatus | null;
  @IsOptional() @IsInt() @Min(0) @Max(longestDue) dueWithinDays?: number | null;
  @IsOptional() @IsIn(['COMPANY', 'PERSON']) object?: CustomerObject | null;
  @IsOptional() @IsText(longest.search) search?: string | null;
  @IsOptional() @IsIn(attentionKinds) attention?: Attention | null;
}

export class AttentionArgs {
  @IsOptional() @IsId() poolId?: string | null;
}

export class DueDaysArgs {
  @IsOptional() @IsInt() @Min(1) @Max(mostDueDays) days?: number | null;
}

export class OwnershipEventsArgs extends PageArgs {
  @IsOptional() @IsIn(['COMPANY', 'PERSON']) object?: CustomerObject | null;
  @IsOptional() @IsId() recordId?: string | null;
  @IsOptional() @IsId() memberId?: string | null;
  @IsOptional() @IsId() batchId?: string | null;
  @IsOptional() @IsId() poolId?: string | null;
  @IsOptional() @IsTime() since?: string | null;
  @IsOptional() @IsTime() until?: string | null;
}

export class IdArgs {
  @IsId() id!: string;
}
