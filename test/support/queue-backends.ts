import { createPostgresBackend, setDefaultBackendFactory, type QueueOptions } from 'bullmq';
import { migrateQueue, queueSchema } from '../../src/storage/migrate';
import type { TestDatabase } from './database';

export interface QueueBackend {
  name: string;
  connection: (database: TestDatabase) => Promise<QueueOptions['connection']>;
  env: Record<string, string>;
}

export const redisUrl = process.env.TEST_REDIS_URL;

/** What the queue may be on: Redis only where a test run is given one. */
export const queueBackends: QueueBackend[] = [
  {
    name: 'PostgreSQL',
    env: {},
    connection: async ({ url }) => {
      setDefaultBackendFactory(createPostgresBackend);
      await migrateQueue(url);
      return { connectionString: url, schema: queueSchema, max: 4 } as QueueOptions['connection'];
    },
  },
  ...(redisUrl
    ? [
        {
          name: 'Redis',
          env: { REDIS_URL: redisUrl },
          connection: async () => {
            setDefaultBackendFactory();
            return { url: redisUrl, maxRetriesPerRequest: null };
          },
        },
      ]
    : []),
];
