import { Global, Module } from '@nestjs/common';
import { Clock, SystemTimeClock } from './clock';

@Global()
@Module({ providers: [{ provide: Clock, useClass: SystemTimeClock }], exports: [Clock] })
export class ClockModule {}
