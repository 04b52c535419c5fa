import { Module } from '@nestjs/common';
import { PoolsModule } from '../pools/pools.module';
import { ClockInputs } from './clock-inputs.service';
import { IdleClock } from './idle-clock.service';
import { PolicyVersions } from './policy-versions.service';

@Module({
  imports: [PoolsModule],
  providers: [ClockInputs, IdleClock, PolicyVersions],
  exports: [ClockInputs, IdleClock, PolicyVersions],
})
export class IdleClockModule {}
