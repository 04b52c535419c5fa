import type { NestExpressApplication } from '@nestjs/platform-express';
import { DataSource, type Logger, type QueryRunner } from 'typeorm';
import { eventually } from './highseas-eventually';
import type { HighseasWorld } from './highseas-world';

export interface Statement {
  sql: string;
  parameters: readonly unknown[];
}

/** An engine in the test's own process, where its parts and its statements can be looked at. */
export class InProcessEngine {
  private constructor(
    readonly app: NestExpressApplication,
    readonly url: string,
    /** The statements of every transaction that was committed, oldest first. */
    readonly transactions: Statement[][],
  ) {}

  static async start(world: HighseasWorld, env: Record<string, string> = {}): Promise<InProcessEngine> {
    Object.assign(
      process.env,
      world.engineEnv,
      { PORT: '0', HIGHSEAS_HOST: '127.0.0.1', HIGHSEAS_LOG_LEVEL: 'silent' },
      env,
    );
    const { createApp } = jest.requireActual<typeof import('../../src/create-app')>('../../src/create-app');
    const app = await createApp();
    const transactions: Statement[][] = [];
    app.get(DataSource).logger = new TransactionLog(transactions);
    await app.listen(0, '127.0.0.1');
    const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    await eventually(
      async () => {
        if (!(await fetch(`${url}/health/ready`)).ok) throw new Error('The engine is not ready');
      },
      { withinMs: 60_000 },
    );
    return new InProcessEngine(app, url, transactions);
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

class TransactionLog implements Logger {
  private readonly open = new Map<QueryRunner, Statement[]>();

  constructor(private readonly transactions: Statement[][]) {}

  logQuery(sql: string, parameters: unknown[] = [], runner?: QueryRunner): void {
    if (!runner) return;
    if (sql.startsWith('START TRANSACTION')) this.open.set(runner, []);
    else if (sql === 'COMMIT') this.transactions.push(this.take(runner));
    else if (sql === 'ROLLBACK') this.take(runner);
    else this.open.get(runner)?.push({ sql, parameters });
  }

  private take(runner: QueryRunner): Statement[] {
    const statements = this.open.get(runner) ?? [];
    this.open.delete(runner);
    return statements;
  }

  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}
