import { IsBoolean, IsOptional } from 'class-validator';
import { longest } from '../../domain/text/bounded-text';
import { ClaimArgs, IsId, IsText } from './inputs';

export class AssignArgs extends ClaimArgs {
  @IsId() toMemberId!: string;
  @IsOptional() @IsText(longest.reason) reason?: string | null;
  @IsOptional() @IsBoolean() overrideCapacity?: boolean | null;
}
