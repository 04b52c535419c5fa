import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsInt, IsNumber, IsObject, IsOptional, IsString, Max, Min } from 'class-validator';
import type { ClaimPeriod, PoolPolicy } from '../domain/pool/pool-policy';

/** Ten years: more is a slip of the pen, and would overflow dates. */
const maximumDays = 3650;
const maximumCount = 1_000_000;

/** Empty = off. */
function OptionalDays(): PropertyDecorator {
  return all(IsOptional(), Type(() => Number), IsInt(), Min(1), Max(maximumDays));
}

/** Empty = no limit. */
function OptionalCount(): PropertyDecorator {
  return all(IsOptional(), Type(() => Number), IsInt(), Min(0), Max(maximumCount));
}

function all(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => decorators.forEach((decorate) => decorate(target, property));
}

/** Without repetition, longest lead first; what is no list stays what it is, for validation to refuse. */
function leadDays(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return [...new Set(value.map(Number))].sort((a, b) => b - a);
}

/** A pool's values as Twenty has them, checked. Defaults are what an empty field of a required kind means. */
export class PoolPolicyInput implements PoolPolicy {
  @IsBoolean() isActive = true;
  @IsBoolean() isDefault = false;
  @IsNumber() priority = 100;
  @IsIn(['EVERYONE', 'MEMBERS']) visibility: 'EVERYONE' | 'MEMBERS' = 'EVERYONE';
  @IsIn(['SELF_SERVICE', 'MANAGED']) claimingMode: 'SELF_SERVICE' | 'MANAGED' = 'SELF_SERVICE';
  @IsBoolean() managesCompanies = true;
  @IsBoolean() managesPeople = false;
  @IsOptional() @IsObject() routingFilter: Record<string, unknown> | null = null;

  @OptionalDays() firstFollowUpDays: number | null = null;
  @OptionalDays() followUpDays: number | null = null;
  @OptionalDays() noOpportunityDays: number | null = null;
  @OptionalDays() noDealDays: number | null = null;
  @OptionalDays() maxHoldDays: number | null = null;
  @IsOptional() @IsString() afterDateField: string | null = null;
  @OptionalDays() afterDateDays: number | null = null;
  @IsIn(['CALENDAR', 'WORKING']) dayCounting: 'CALENDAR' | 'WORKING' = 'CALENDAR';
  @IsBoolean() wonIsExempt = true;
  @IsBoolean() openOpportunityIsExempt = false;
  @IsOptional() @IsInt() @Min(0) @Max(maximumDays) planDefersDays: number | null = null;
  @OptionalDays() graceDays: number | null = null;
  @OptionalDays() extensionDays: number | null = null;
  @IsInt() @Min(0) @Max(maximumCount) extensionsWithoutApproval = 1;
  @OptionalDays() approvalDays: number | null = null;

  /** Twenty keeps an array of texts. */
  @Transform(({ value }) => leadDays(value)) @IsArray() @ArrayMaxSize(20) @IsInt({ each: true }) @Min(1, { each: true }) @Max(maximumDays, { each: true })
  reminderLeadDays: number[] = [];
  @OptionalDays() escalateAtDays: number | null = null;
  @OptionalCount() reclaimCapPerRun: number | null = null;
  @OptionalCount() reclaimCapPerOwnerPerDay: number | null = null;

  @OptionalCount() holdingCapacity: number | null = null;
  @IsBoolean() wonCountsTowardsCapacity = false;
  @OptionalCount() claimLimit: number | null = null;
  @IsIn(['DAY', 'WEEK', 'MONTH']) claimLimitPeriod: ClaimPeriod = 'DAY';
  @OptionalCount() claimIntervalMinutes: number | null = null;
  @OptionalCount() backlogLimit: number | null = null;
  @OptionalDays() cooldownDays: number | null = null;
  @OptionalDays() embargoDays: number | null = null;
  @IsIn(['WARN', 'REFUSE']) duplicatePolicy: 'WARN' | 'REFUSE' = 'WARN';
  @IsBoolean() releaseReasonRequired = true;
}
