import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { Clock } from '../../src/config/clock';
import { figuresPeriod } from '../../src/domain/insights/figures-period';
import { type Figures, FiguresService } from '../../src/reading/figures.service';
import type { ActingMember } from '../../src/domain/customer/acting-member';
import { PoolsService } from '../../src/pools/pools.service';
import { SettingsService } from '../../src/settings/settings.service';
import { createDataSource } from '../../src/storage/data-source';
import { createTestDatabase, type TestDatabase } from '../support/database';
import { policyOf } from '../support/domain-builders';
import { FiguresHistory } from '../support/figures-history';
import { modelFigures } from '../support/figures-model';

const qualifying = ['NOTE', 'MEETING'];
const [first, second, others] = [randomUUID(), randomUUID(), randomUUID()];
const members = Array.from({ length: 5 }, () => randomUUID());
const manager = randomUUID();
const gone = members[4] ?? '';
const caller: ActingMember = { memberId: manager, name: 'Manager', email: null, isWorkspaceAdmin: false, locale: 'en' };

class StillClock extends Clock {
  constructor(private readonly time: string) {
    super();
  }
  now(): string {
    return this.time;
  }
}

describe('figures of random histories', () => {
  const databases: { database: TestDatabase; dataSource: DataSource }[] = [];
  afterAll(async () => {
    for (const { database, dataSource } of databases) {
      await dataSource.destroy();
      await database.drop();
    }
  });

  async function newIndex(zone: string): Promise<DataSource> {
    const database = await createTestDatabase();
    const dataSource = await createDataSource(database.url).initialize();
    databases.push({ database, dataSource });
    for (const [priority, id] of [first, second, others].entries()) {
      await dataSource.query('INSERT INTO pool (id, name, policy) VALUES ($1, $2, $3)', [
        id,
        `Pool ${priority}`,
        policyOf({ priority }),
      ]);
    }
    for (const poolId of [first, second]) {
      await dataSource.query(
        `INSERT INTO pool_member (id, pool_id, member_id, member_role) VALUES ($1, $2, $3, 'MANAGER')`,
        [randomUUID(), poolId, manager],
      );
    }
    for (const [key, value] of Object.entries({ TIME_ZONE: zone, QUALIFYING_ACTIVITIES: qualifying })) {
      await dataSource.query('INSERT INTO setting (key, value) VALUES ($1, $2::jsonb)', [key, JSON.stringify(value)]);
    }
    return dataSource;
  }

  // Clocks change in each period: in London at one in the morning, in Santiago at midnight, in Shanghai never.
  it.each([
    { seed: 1, zone: 'Europe/London', now: '2026-03-31T10:00:00.000Z' },
    { seed: 2, zone: 'Europe/London', now: '2026-10-28T23:30:00.000Z' },
    { seed: 3, zone: 'America/Santiago', now: '2026-09-10T03:30:00.000Z' },
    { seed: 4, zone: 'Asia/Shanghai', now: '2026-06-01T16:30:00.000Z' },
  ])('should be what a slow model makes of them (seed $seed, $zone)', async ({ seed, zone, now }) => {
    const dataSource = await newIndex(zone);
    const from = new Date(Date.parse(now) - 40 * 86_400_000).toISOString();
    const history = new FiguresHistory({
      seed,
      pools: [first, second, others],
      members,
      gone,
      from,
      until: now,
      edges: figuresPeriod(now, zone, 20).bounds.slice(0, -1),
      customers: 40,
      steps: 900,
    });
    await history.store(dataSource);
    const service = new FiguresService(
      dataSource,
      new PoolsService(dataSource),
      new SettingsService(dataSource),
      new StillClock(now),
    );

    for (const poolIds of [[first], [second], [first, second]]) {
      for (const days of [1, 12, 60]) {
        const figures = await service.of(caller, poolIds.length === 1 ? (poolIds[0] ?? null) : null, days);
        const model = modelFigures(history, {
          poolIds,
          zone,
          from: figures.from,
          to: figures.to,
          qualifying,
          now,
          gone,
        });
        expect(figures.flow).toHaveLength(days);
        expect(figures.flow).toEqual(
          figures.flow.map(({ on }) => ({ on, ...(model.flow.get(on) ?? { into: 0, out: 0 }) })),
        );
        expect(byPool(figures)).toEqual(close(Object.fromEntries(model.byPool)));
        expect(byMember(figures)).toEqual(close(Object.fromEntries(model.byMember)));
        expect(figures.total).toEqual(close(model.total));
        expect(
          Object.fromEntries(figures.reasons.map(({ type, reason, count }) => [JSON.stringify([type, reason]), count])),
        ).toEqual(Object.fromEntries(model.reasons));
        if (days === 60)
          expect(figures.total).toMatchObject({
            taken: expect.any(Number),
            medianHoursToFirstActivity: expect.any(Number),
          });
      }
    }
  });
});

function byPool({ byPool: rows }: Figures) {
  return Object.fromEntries(rows.map(({ pool, figures }) => [pool.id, figures]));
}

/** Whoever Twenty knows no longer is known by name. */
function byMember({ byMember: rows }: Figures) {
  return Object.fromEntries(
    rows.map(({ memberId, name, ownsNow, figures }) => [
      memberId ?? String(name).replace('Name of ', ''),
      { ownsNow, figures },
    ]),
  );
}

/** Medians within a tenth of a second: two ways of counting round apart. */
function close<T>(value: T): T {
  if (typeof value === 'number' && !Number.isInteger(value)) return expect.closeTo(value, 5) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, close(inner)])) as T;
}
