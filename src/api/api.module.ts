import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { TerminusModule } from '@nestjs/terminus';
import type { Request } from 'express';
import { join } from 'node:path';
import { ActivitiesModule } from '../activities/activities.module';
import { IdleClockModule } from '../idle-clock/idle-clock.module';
import { AutoAssignmentModule } from '../auto-assignment/auto-assignment.module';
import { DuplicatesModule } from '../duplicates/duplicates.module';
import { AssignmentModule } from '../assignment/assignment.module';
import { InsightsModule } from '../insights/insights.module';
import { JobsModule } from '../jobs/jobs.module';
import { OwnershipModule } from '../ownership/ownership.module';
import { PoolsModule } from '../pools/pools.module';
import { ReclaimModule } from '../reclaim/reclaim.module';
import { SyncModule } from '../sync/sync.module';
import { AssignResolver } from './assign.resolver';
import { AuthenticationService } from './authentication.service';
import { Automations } from './automations.service';
import { ClockExplanationResolver } from './clock-explanation.resolver';
import { ClockExplanations } from './clock-explanation.service';
import { CommandAnswers } from './command-answers.service';
import { CustodyResolver } from './custody.resolver';
import { CustomersResolver } from './customers.resolver';
import { DuplicatesResolver } from './duplicates.resolver';
import { FaultFilter } from './fault.filter';
import { FiguresResolver } from './figures.resolver';
import { FollowUpResolver } from './follow-up.resolver';
import { formatError } from './format-error';
import { HealthController } from './health.controller';
import { LedgerResolver } from './ledger.resolver';
import { JobsResolver } from './jobs.resolver';
import { MemberGuard } from './member.guard';
import { MoreTimeResolver } from './more-time.resolver';
import { MetricsController } from './metrics.controller';
import { OwnershipResolver } from './ownership.resolver';
import { PoolsResolver } from './pools.resolver';
import type { RequestContext } from './request-context';
import { maxAliasesRule, maxDepthRule, mostTokens } from './request-limits';
import { scalars } from './scalars';
import { SimulationResolver } from './simulation.resolver';
import { ViewerResolver } from './viewer.resolver';
import { WebhookController } from './webhook.controller';

/** From dist/api and src/api alike. */
const schemaFile = join(__dirname, '../../src/api/schema.graphql');

@Module({
  imports: [
    GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      typePaths: [schemaFile],
      resolvers: scalars,
      context: ({ req }: { req: Request }): RequestContext => ({ req }),
      formatError,
      graphiql: false,
      playground: false,
      includeStacktraceInErrorResponses: false,
      validationRules: [maxDepthRule, maxAliasesRule],
      parseOptions: { maxTokens: mostTokens },
      stopOnTerminationSignals: false,
      // The app asks for a new token on a 401; Nest would make every answer with data, even with null for data, a 200.
      preserveHttpStatusForExecutionErrors: false,
    }),
    TerminusModule,
    ActivitiesModule,
    AssignmentModule,
    IdleClockModule,
    AutoAssignmentModule,
    DuplicatesModule,
    InsightsModule,
    JobsModule,
    OwnershipModule,
    PoolsModule,
    ReclaimModule,
    SyncModule,
  ],
  controllers: [HealthController, MetricsController, WebhookController],
  providers: [
    { provide: APP_FILTER, useClass: FaultFilter },
    AssignResolver,
    AuthenticationService,
    Automations,
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
    MoreTimeResolver,
    OwnershipResolver,
    PoolsResolver,
    SimulationResolver,
    ViewerResolver,
  ],
})
export class ApiModule {}
