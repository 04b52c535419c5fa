import { Type } from 'class-transformer';
import { IsOptional, IsString, Matches, MaxLength, ValidateNested } from 'class-validator';
import { CustomerRefInput } from './inputs';

export class LogFollowUpArgs {
  @ValidateNested()
  @Type(() => CustomerRefInput)
  customer!: CustomerRefInput;

  /** No NUL: PostgreSQL has no place for it. */
  @IsString()
  @MaxLength(10_000)
  @Matches(/\S/, { message: '$property must not be blank' })
  @Matches(/^[^\0]*$/, { message: '$property must not contain NUL' })
  note!: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  @Matches(/^[^\0]*$/, { message: '$property must not contain NUL' })
  requestId?: string | null;
}
