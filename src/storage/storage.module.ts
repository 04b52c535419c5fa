import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { EngineConfig } from '../config/engine-config';
import { dataSourceOptions } from './data-source';
import { migrate } from './migrate';

/** The database, migrated before anything uses it. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [EngineConfig],
      useFactory: ({ databaseUrl }: EngineConfig) => dataSourceOptions(databaseUrl),
      dataSourceFactory: async (options) => {
        if (!options) throw new Error('TypeORM gave no options');
        const dataSource = await new DataSource(options).initialize();
        await migrate(dataSource);
        return dataSource;
      },
    }),
  ],
  exports: [TypeOrmModule],
})
export class StorageModule {}
