import { company } from '../support/engine-client';
import { advanceDays } from '../support/highseas-days';
import { eventually } from '../support/highseas-eventually';
import { expectSettled } from '../support/highseas-settled';
import { HighseasWorld } from '../support/highseas-world';

interface HealthCheck {
  code: string;
  ok: boolean;
  message: string;
}

describe('what the engine says of its own work', () => {
  let world: HighseasWorld;
  const ids: string[] = [];

  beforeAll(async () => {
    world = await HighseasWorld.start({
      env: { HIGHSEAS_COMMAND_WAIT_MS: '500' },
      seed: (twenty) => {
        for (let index = 0; index < 3; index += 1) ids.push(twenty.seedCompany());
      },
    });
    await expectSettled(world);
  });
  afterEach(() => world.sandbox.setFaults({}));
  afterAll(() => world?.close());

  async function health(language?: string): Promise<HealthCheck[]> {
    const client = await world.as(world.twenty.member('tom.baker'), language);
    return (await client.must('{ engineHealth { code ok message } }'))['engineHealth'] as HealthCheck[];
  }
  const wrong = async () => (await health()).filter(({ ok }) => !ok).map(({ code }) => code);
  const becomes = (codes: string[]) =>
    eventually(async () => expect(await wrong()).toEqual(codes), { withinMs: 60_000, everyMs: 500 });

  it('should be in order while everything goes on, in the language of whoever asks', async () => {
    await becomes([]);
    expect((await health()).map(({ code }) => code)).toEqual(['SIGN_IN', 'READING', 'WEBHOOKS', 'WRITES', 'HISTORY']);
    expect((await health('zh-CN')).find(({ code }) => code === 'WRITES')?.message).toBe('所有决定均已由 Twenty 确认。');
  });

  it('should say that Twenty does not answer the engine, though the engine answers, and that it does again', async () => {
    world.sandbox.setFaults({ errorRate: 1, statusCode: 503 });
    await becomes(['SIGN_IN']);
    expect((await health())[0]?.message).toContain('Twenty answered with a fault of its own.');
    world.sandbox.setFaults({ timeoutBeforeRate: 1 });
    await eventually(async () => expect((await health())[0]?.message).toContain('The engine does not reach Twenty.'), {
      withinMs: 60_000,
    });
    world.sandbox.setFaults({});
    await becomes([]);
  });

  it('should count decisions that Twenty does not take', async () => {
    world.sandbox.setFaults({ errorRate: 1, matching: 'updateCompanies' });
    expect((await (await world.as(world.twenty.member('tom.baker'))).claim([company(ids[0] ?? '')])).pending).toBe(1);
    await world.rows(
      `UPDATE pending_write SET created_at = created_at - interval '5 minutes' WHERE settled_at IS NULL`,
    );
    await becomes(['WRITES']);
    expect((await health('en')).find(({ code }) => code === 'WRITES')?.message).toMatch(
      /^Decided changes that wait for Twenty: 1, the oldest for 5 minutes\./,
    );
    world.sandbox.setFaults({});
    await becomes([]);
  });

  it('should notice that webhooks stay away, and that nothing depends on them', async () => {
    world.sandbox.setFaults({ dropWebhookRate: 1 });
    await advanceDays(world, 1);
    await world.twenty.edit(world.twenty.member('alice.morgan'), 'company', ids[1] ?? '', {
      accountOwnerId: world.twenty.member('emma.clark').id,
    });
    await becomes(['WEBHOOKS']);
    expect((await health('en')).find(({ code }) => code === 'WEBHOOKS')?.message).toContain(
      'OUTBOUND_HTTP_SAFE_MODE_ENABLED=false',
    );
    expect(await (await world.as(world.twenty.member('emma.clark'))).customer(company(ids[1] ?? ''))).toMatchObject({
      status: 'OWNED',
    });
  });
});
