import { Type } from 'class-transformer';
import { IsOptional, Matches, ValidateNested } from 'class-validator';
import { longest } from '../../domain/text/bounded-text';
import { CustomerRefInput, IsText } from './inputs';

export class LogFollowUpArgs {
  @ValidateNested()
  @Type(() => CustomerRefInput)
  customer!: CustomerRefInput;

  @IsText(longest.note)
  @Matches(/\S/, { message: '$property must not be blank' })
  note!: string;

  @IsOptional() @IsText(longest.requestId) requestId?: string | null;
}
