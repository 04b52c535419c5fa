import { Module } from '@nestjs/common';
import { OwnershipModule } from '../commands/ownership.module';
import { PoolsModule } from '../pools/pools.module';
import { DuplicateKeeper } from './duplicate-keeper.service';
import { DuplicatesService } from '../duplicates/duplicates.service';

@Module({
  imports: [OwnershipModule, PoolsModule],
  providers: [DuplicateKeeper, DuplicatesService],
  exports: [DuplicateKeeper, DuplicatesService],
})
export class DuplicatesModule {}
