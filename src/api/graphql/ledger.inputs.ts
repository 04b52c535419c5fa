import { IsId, PageArgs } from './inputs';

export class PoolPageArgs extends PageArgs {
  @IsId() poolId!: string;
}
