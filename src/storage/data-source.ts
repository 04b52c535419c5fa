import { DataSource, type DataSourceOptions } from 'typeorm';
import { entities } from './entities';
import { Initial1763800000000 } from './migrations/1763800000000-initial';
import { IdleClock1763810000000 } from './migrations/1763810000000-idle-clock';
import { Activities1763820000000 } from './migrations/1763820000000-activities';
import { BulkJobs1763830000000 } from './migrations/1763830000000-bulk-jobs';
import { OnDuty1763835000000 } from './migrations/1763835000000-on-duty';
import { AutoAssignment1763840000000 } from './migrations/1763840000000-auto-assignment';
import { Duplicates1763850000000 } from './migrations/1763850000000-duplicates';
import { Reminders1763860000000 } from './migrations/1763860000000-reminders';
import { NextSteps1763870000000 } from './migrations/1763870000000-next-steps';
import { Figures1763890000000 } from './migrations/1763890000000-figures';
import { SupersededReminders1763895000000 } from './migrations/1763895000000-superseded-reminders';
import { ClockMarking1763900000000 } from './migrations/1763900000000-clock-marking';
import { CleanUp1763910000000 } from './migrations/1763910000000-clean-up';
import { ActivityClaiming1763920000000 } from './migrations/1763920000000-activity-claiming';
import { ClockMarks1764100000000 } from './migrations/1764100000000-clock-marks';
import { Projection1764200000000 } from './migrations/1764200000000-projection';
import { OneFeed1764300000000 } from './migrations/1764300000000-one-feed';
import { Operations1764400000000 } from './migrations/1764400000000-operations';
import { LostAssignments1764410000000 } from './migrations/1764410000000-lost-assignments';
import { SnakeNamingStrategy } from './snake-naming.strategy';

/** Every connection option but the address is the same in the engine, the scripts and the tests. */
export function dataSourceOptions(url: string): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities,
    migrations: [
      Initial1763800000000,
      IdleClock1763810000000,
      Activities1763820000000,
      BulkJobs1763830000000,
      OnDuty1763835000000,
      AutoAssignment1763840000000,
      Duplicates1763850000000,
      Reminders1763860000000,
      NextSteps1763870000000,
      Figures1763890000000,
      SupersededReminders1763895000000,
      ClockMarking1763900000000,
      CleanUp1763910000000,
      ActivityClaiming1763920000000,
      ClockMarks1764100000000,
      Projection1764200000000,
      OneFeed1764300000000,
      Operations1764400000000,
      LostAssignments1764410000000,
    ],
    namingStrategy: new SnakeNamingStrategy(),
    applicationName: 'highseas-engine',
    poolSize: 20,
    // Wins over the server's locale: a lock that is not had in time is a fault to retry, not a hang.
    extra: { options: '-c lock_timeout=20000 -c idle_in_transaction_session_timeout=60000' },
  };
}

export function createDataSource(url: string): DataSource {
  return new DataSource(dataSourceOptions(url));
}
