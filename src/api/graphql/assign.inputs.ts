import { IsBoolean, IsOptional } from 'class-validator';
import { ClaimArgs, IsId, IsText } from './inputs';

export class AssignArgs extends ClaimArgs {
  @IsId() toMemberId!: string;
  @IsOptional() @IsText(500) reason?: string | null;
  @IsOptional() @IsBoolean() overrideCapacity?: boolean | null;
}
