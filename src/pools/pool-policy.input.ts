import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  Validate,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { validateCronExpression } from 'cron';
import type { ClaimPeriod, PoolPolicy } from '../domain/pool/pool-policy';
import { longest } from '../domain/text/bounded-text';

/** Ten years: more is a slip of the pen, and would overflow dates. */
const maximumDays = 3650;

/** A whole number within the limits of plugin.json. */
function Whole(least: number, most: number): PropertyDecorator {
  return all(
    Type(() => Number),
    IsInt(),
    Min(least),
    Max(most),
  );
}

/** The same; empty = off, or no limit. */
function OptionalWhole(least: number, most: number): PropertyDecorator {
  return all(IsOptional(), Whole(least, most));
}

/** Empty = off. */
function OptionalDays(most = maximumDays): PropertyDecorator {
  return OptionalWhole(1, most);
}

function all(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => decorators.forEach((decorate) => decorate(target, property));
}

/** Without repetition, longest lead first; what is no list stays what it is, for validation to refuse. */
function leadDays(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return [...new Set(value.map(Number))].sort((a, b) => b - a);
}

@ValidatorConstraint()
class CronText implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && value.length <= longest.cron && validateCronExpression(value).valid;
  }
  defaultMessage(): string {
    return 'must be a cron expression such as 0 9 * * 1-5';
  }
}

/** A pool's values as Twenty has them, checked. Defaults are what an empty field of a required kind means. */
export class PoolPolicyInput implements PoolPolicy {
  @IsBoolean() isActive = true;
  @IsBoolean() isDefault = false;
  @Whole(0, 100_000) priority = 100;
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
  @IsOptional() @IsString() @MaxLength(longest.fieldPath) afterDateField: string | null = null;
  @OptionalDays() afterDateDays: number | null = null;
  @IsIn(['CALENDAR', 'WORKING']) dayCounting: 'CALENDAR' | 'WORKING' = 'CALENDAR';
  @IsBoolean() wonIsExempt = true;
  @IsBoolean() openOpportunityIsExempt = false;
  @OptionalWhole(0, 365) planDefersDays: number | null = null;
  @OptionalWhole(0, 365) graceDays: number | null = null;
  @OptionalDays(365) extensionDays: number | null = null;
  @Whole(0, 100) extensionsWithoutApproval = 1;
  @OptionalDays(30) approvalDays: number | null = null;

  /** Twenty keeps an array of texts. */
  @Transform(({ value }) => leadDays(value))
  @IsArray()
  @ArrayMaxSize(20)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(maximumDays, { each: true })
  reminderLeadDays: number[] = [];
  @OptionalDays(365) escalateAtDays: number | null = null;
  @OptionalDays() unclaimedDays: number | null = null;
  @OptionalDays() untouchedDays: number | null = null;
  @OptionalDays() staleDays: number | null = null;
  @IsIn(['LIST', 'ARCHIVE']) staleAction: 'LIST' | 'ARCHIVE' = 'LIST';
  @OptionalWhole(1, 1000) maxReturns: number | null = null;
  @OptionalWhole(1, 100_000) reclaimCapPerRun: number | null = null;
  @OptionalWhole(1, 10_000) reclaimCapPerOwnerPerDay: number | null = null;

  @OptionalWhole(0, 100_000) holdingCapacity: number | null = null;
  @IsBoolean() wonCountsTowardsCapacity = false;
  @OptionalWhole(0, 100_000) claimLimit: number | null = null;
  @IsIn(['DAY', 'WEEK', 'MONTH']) claimLimitPeriod: ClaimPeriod = 'DAY';
  @OptionalWhole(1, 43_200) claimIntervalMinutes: number | null = null;
  @OptionalWhole(1, 100_000) backlogLimit: number | null = null;
  @OptionalDays() cooldownDays: number | null = null;
  @OptionalDays(365) embargoDays: number | null = null;
  @IsIn(['WARN', 'REFUSE']) duplicatePolicy: 'WARN' | 'REFUSE' = 'WARN';
  @IsBoolean() claimOnActivity = false;
  @IsBoolean() releaseReasonRequired = true;

  @IsIn(['OFF', 'ROUND_ROBIN', 'WEIGHTED', 'LEAST_LOADED', 'BEST_PERFORMER', 'MATCH'])
  autoAssign: PoolPolicy['autoAssign'] = 'OFF';
  @IsIn(['ON_ENTRY', 'ON_SCHEDULE']) autoAssignWhen: 'ON_ENTRY' | 'ON_SCHEDULE' = 'ON_ENTRY';
  @IsOptional() @Validate(CronText) autoAssignSchedule: string | null = null;
  @IsArray()
  @ArrayMaxSize(10)
  @Matches(/^[A-Za-z]\w{0,62}(\.[A-Za-z]\w{0,62})?$/, {
    each: true,
    message: 'each value in $property must be the name of a field, such as industry or address.addressCity',
  })
  matchFields: string[] = [];
  @IsBoolean() priorContactFirst = true;
  @Whole(0, 100) newcomerFloorPercent = 10;
}
