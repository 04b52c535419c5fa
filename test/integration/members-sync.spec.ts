import { DataSource } from 'typeorm';
import type { OffboardingService } from '../../src/bulk/offboarding.service';
import { SystemTimeClock } from '../../src/config/clock';
import { createDataSource } from '../../src/storage/data-source';
import { MembersSync } from '../../src/sync/members-sync.service';
import type { MemberRecords } from '../../src/twenty/records/member-records.service';
import type { MemberRecord } from '../../src/twenty/records/twenty.types';
import { createTestDatabase, type TestDatabase } from '../support/database';

const memberOf = (n: number): MemberRecord => ({
  id: `00000000-0000-4000-8000-00000000000${n}`,
  userId: null,
  name: `Member ${n}`,
  email: null,
  locale: null,
  timeZone: null,
});
const [stays, leaves] = [memberOf(1), memberOf(2)];

/** Twenty's answers come when the test says so. */
class SlowList {
  private readonly waiting: ((members: MemberRecord[]) => void)[] = [];

  readAll = (): Promise<MemberRecord[]> => new Promise((resolve) => this.waiting.push(resolve));

  /** @param reading counted from the first one that was begun */
  async answer(reading: number, members: MemberRecord[]): Promise<void> {
    await this.asked(reading);
    this.waiting[reading]?.(members);
  }

  async asked(reading: number): Promise<void> {
    while (!this.waiting[reading]) await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

describe('readings of the members', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  let list: SlowList;
  const offboarded: string[][] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await createDataSource(database.url).initialize();
  });
  beforeEach(async () => {
    list = new SlowList();
    offboarded.length = 0;
    await dataSource.query('TRUNCATE member, sync_cursor');
    const first = sync();
    await list.answer(0, [stays, leaves]);
    await first;
  });
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
  });

  const sync = (): Promise<void> => {
    const offboarding = {
      begin: async (_: unknown, gone: string[]) => {
        offboarded.push(gone);
        return true;
      },
    } as unknown as OffboardingService;
    return new MembersSync(dataSource, list as unknown as MemberRecords, offboarding, new SystemTimeClock()).sync();
  };
  const present = async () =>
    ((await dataSource.query('SELECT id FROM member WHERE removed_at IS NULL ORDER BY id')) as { id: string }[]).map(
      ({ id }) => id,
    );

  it('should not bring back who has left when an older list comes in last', async () => {
    const older = sync();
    // The older one has asked before the newer one begins.
    await list.asked(1);
    const newer = sync();
    await list.answer(2, [stays]);
    await newer;
    expect(await present()).toEqual([stays.id]);
    await list.answer(1, [stays, leaves]);
    await older;
    expect(await present()).toEqual([stays.id]);
    const later = sync();
    await list.answer(3, [stays]);
    await later;
    expect(offboarded).toEqual([[leaves.id]]);
  });

  it('should take who comes back later for present', async () => {
    const gone = sync();
    await list.answer(1, [stays]);
    await gone;
    const back = sync();
    await list.answer(2, [stays, leaves]);
    await back;
    expect(await present()).toEqual([stays.id, leaves.id]);
  });
});
