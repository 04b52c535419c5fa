import { Module } from '@nestjs/common';
import { IdleClockModule } from '../idle-clock/idle-clock.module';
import { PoolsModule } from '../pools/pools.module';
import { AssignmentLedger } from './assignment-ledger.service';
import { CustomerReader } from './customer-reader.service';
import { FiguresService } from './figures.service';
import { HistoryReader } from './history-reader.service';
import { PolicySimulation } from './simulation.service';

const services = [AssignmentLedger, CustomerReader, FiguresService, HistoryReader, PolicySimulation];

@Module({ imports: [IdleClockModule, PoolsModule], providers: services, exports: services })
export class ReadingModule {}
