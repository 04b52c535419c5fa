import { IsBoolean, IsInt, IsOptional, Max, Min, ValidateBy } from 'class-validator';
import { daysBetween, isLocalDate } from '../../domain/calendar/local-days';
import { longest } from '../../domain/text/bounded-text';
import { ClaimArgs, IsId, IsText, IsTime } from './inputs';

/** Ten years, as for every number of days. */
const longestHold = 3650;
const mostDaysAtOnce = 365;

function IsDate(): PropertyDecorator {
  return ValidateBy({
    name: 'isDate',
    validator: {
      validate: (value) => typeof value === 'string' && isLocalDate(value),
      defaultMessage: () => '$property must be a date written YYYY-MM-DD',
    },
  });
}

function EndsPeriod(): PropertyDecorator {
  return ValidateBy({
    name: 'endsPeriod',
    validator: {
      validate: (until, args) => {
        const { from } = (args?.object ?? {}) as Partial<HoldArgs>;
        if (typeof until !== 'string' || !isLocalDate(until) || typeof from !== 'string' || !isLocalDate(from))
          return true;
        return from <= until && daysBetween(from, until) <= longestHold;
      },
      defaultMessage: () => `until must not be before from, nor more than ${longestHold} days after it`,
    },
  });
}

export class ProtectArgs extends ClaimArgs {
  @IsOptional() @IsTime() until?: string | null;
  @IsOptional() @IsBoolean() lock?: boolean | null;
  @IsOptional() @IsText(longest.reason) reason?: string | null;
}

export class HoldArgs extends ClaimArgs {
  @IsDate() from!: string;
  @IsDate() @EndsPeriod() until!: string;
  @IsText(longest.reason) reason!: string;
}

export class MoreTimeArgs extends ClaimArgs {
  @IsInt() @Min(1) @Max(mostDaysAtOnce) days!: number;
  @IsText(longest.reason) reason!: string;
}

export class DecideMoreTimeArgs extends ClaimArgs {
  @IsBoolean() approve!: boolean;
  @IsOptional() @IsText(longest.note) note?: string | null;
}

export class QuietArgs extends ClaimArgs {
  @IsDate() until!: string;
  @IsText(longest.reason) reason!: string;
}

export class MoveToPoolArgs extends ClaimArgs {
  @IsId() poolId!: string;
  @IsOptional() @IsText(longest.reason) reason?: string | null;
}

export class ArchiveArgs extends ClaimArgs {
  @IsText(longest.reason) reason!: string;
}

export class RestoreArgs extends ClaimArgs {}
