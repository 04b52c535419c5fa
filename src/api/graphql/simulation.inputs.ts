import { Type } from 'class-transformer';
import { IsObject, ValidateNested } from 'class-validator';
import { IsId } from './inputs';

class PolicyPatchInput {
  @IsId() poolId!: string;
  @IsObject() changes!: Record<string, unknown>;
}

export class SimulatePolicyArgs {
  @ValidateNested() @Type(() => PolicyPatchInput) patch!: PolicyPatchInput;
}
