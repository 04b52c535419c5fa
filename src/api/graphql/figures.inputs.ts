import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsId } from './inputs';

/** A year and a day, so that a year can be compared with itself. */
const longestPeriod = 366;

export class FiguresArgs {
  @IsOptional() @IsId() poolId?: string | null;
  @IsOptional() @IsInt() @Min(1) @Max(longestPeriod) days?: number | null;
}
