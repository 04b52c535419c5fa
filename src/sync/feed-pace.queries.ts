import type { EntityManager } from 'typeorm';

const LOOK = 'look';

export interface Pace {
  lookSecondsAgo: number | null;
  newsSecondsAgo: number | null;
  webhookSecondsAgo: number | null;
}

export async function readPace(manager: EntityManager): Promise<Pace> {
  const [row] = (await manager.query(
    `SELECT extract(epoch FROM clock_timestamp() - l.read_at)::float8 AS "lookSecondsAgo",
            extract(epoch FROM clock_timestamp() - l.news_at)::float8 AS "newsSecondsAgo",
            extract(epoch FROM clock_timestamp() - w.read_at)::float8 AS "webhookSecondsAgo"
       FROM (SELECT 1) AS one LEFT JOIN sync_cursor l ON l.source = $1 LEFT JOIN sync_cursor w ON w.source = 'webhook'`,
    [LOOK],
  )) as Pace[];
  return row ?? { lookSecondsAgo: null, newsSecondsAgo: null, webhookSecondsAgo: null };
}

export async function noteLook(manager: EntityManager, startedAt: string, hasNews: boolean): Promise<void> {
  await manager.query(
    `INSERT INTO sync_cursor AS c (source, read_at, news_at) VALUES ($1, $2, CASE WHEN $3 THEN clock_timestamp() END)
     ON CONFLICT (source) DO UPDATE SET read_at = excluded.read_at, news_at = coalesce(excluded.news_at, c.news_at)`,
    [LOOK, startedAt, hasNews],
  );
}
