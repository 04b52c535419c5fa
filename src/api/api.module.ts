import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { TerminusModule } from '@nestjs/terminus';
import { join } from 'node:path';
import { EngineConfig } from '../config/engine-config';
import { IdleClockModule } from '../idle-clock/idle-clock.module';
import { AutomaticModule } from '../automatic/automatic.module';
import { BulkModule } from '../bulk/bulk.module';
import { CommandsModule } from '../commands/commands.module';
import { DuplicatesModule } from '../duplicates/duplicates.module';
import { ReadingModule } from '../reading/reading.module';
import { SyncModule } from '../sync/sync.module';
import { JobsModule } from '../jobs/jobs.module';
import { PoolsModule } from '../pools/pools.module';
import { AssignResolver } from './graphql/assign.resolver';
import { AuthenticationService } from './auth/authentication.service';
import { Automations } from './auth/automations.service';
import { CallerGate } from './auth/caller-gate.service';
import { ClockExplanationResolver } from './graphql/clock-explanation.resolver';
import { ClockExplanations } from './graphql/clock-explanation.service';
import { CommandAnswers } from './graphql/command-answers.service';
import { CustodyResolver } from './graphql/custody.resolver';
import { CustomersResolver } from './graphql/customers.resolver';
import { DuplicatesResolver } from './graphql/duplicates.resolver';
import { FaultFilter } from './http/fault.filter';
import { FiguresResolver } from './graphql/figures.resolver';
import { FollowUpResolver } from './graphql/follow-up.resolver';
import { formatError } from './graphql/format-error';
import { HealthController } from './http/health.controller';
import { LedgerResolver } from './graphql/ledger.resolver';
import { JobsResolver } from './graphql/jobs.resolver';
import { MemberGuard } from './auth/member.guard';
import { MemberPace } from './auth/member-pace.service';
import { UnseenTokens } from './auth/unseen-tokens.service';
import { MoreTimeResolver } from './graphql/more-time.resolver';
import { MetricsController } from './http/metrics.controller';
import { OwnershipResolver } from './graphql/ownership.resolver';
import { PoolsResolver } from './graphql/pools.resolver';
import type { AuthenticatedRequest, RequestContext } from './auth/request-context';
import { mostTokens } from './graphql/document-limits';
import { scalars } from './graphql/scalars';
import { SimulationResolver } from './graphql/simulation.resolver';
import { ViewerResolver } from './graphql/viewer.resolver';
import { WebhookController } from './http/webhook.controller';

/** From dist/api and src/api alike. */
const schemaFile = join(__dirname, '../../src/api/schema.graphql');

@Module({
  imports: [
    GraphQLModule.forRootAsync<ApolloDriverConfig>({
      driver: ApolloDriver,
      inject: [EngineConfig],
      useFactory: ({ tellsSchema }: EngineConfig) => ({
        typePaths: [schemaFile],
        resolvers: scalars,
        context: ({ req }: { req: AuthenticatedRequest }): RequestContext => ({ req }),
        formatError,
        graphiql: false,
        playground: false,
        introspection: tellsSchema,
        hideSchemaDetailsFromClientErrors: !tellsSchema,
        includeStacktraceInErrorResponses: false,
        parseOptions: { maxTokens: mostTokens },
        stopOnTerminationSignals: false,
        // The app asks for a new token on a 401; Nest would make every answer with data, even with null for data, a 200.
        preserveHttpStatusForExecutionErrors: false,
      }),
    }),
    TerminusModule,
    AutomaticModule,
    BulkModule,
    CommandsModule,
    DuplicatesModule,
    ReadingModule,
    SyncModule,
    IdleClockModule,
    JobsModule,
    PoolsModule,
  ],
  controllers: [HealthController, MetricsController, WebhookController],
  providers: [
    { provide: APP_FILTER, useClass: FaultFilter },
    AssignResolver,
    AuthenticationService,
    Automations,
    CallerGate,
    CommandAnswers,
    CustodyResolver,
    ClockExplanationResolver,
    ClockExplanations,
    CustomersResolver,
    DuplicatesResolver,
    FiguresResolver,
    FollowUpResolver,
    JobsResolver,
    LedgerResolver,
    MemberGuard,
    MemberPace,
    MoreTimeResolver,
    OwnershipResolver,
    PoolsResolver,
    SimulationResolver,
    UnseenTokens,
    ViewerResolver,
  ],
})
export class ApiModule {}
