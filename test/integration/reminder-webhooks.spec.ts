import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Member } from '../support/highseas-twenty';
import { type Instance, ReminderWorld } from '../support/reminder-world';

jest.setTimeout(60_000);

describe('reminders by webhook', () => {
  let world: ReminderWorld;
  let engine: Instance;
  let tom: Member;
  let server: Server;
  let url: string;
  let got: { path: string; body: Record<string, unknown> }[] = [];
  /** By path; 200 when absent. */
  const statusOf = new Map<string, number>();

  beforeAll(async () => {
    world = await ReminderWorld.start();
    engine = world.instance();
    tom = world.twenty.member('tom.baker');
    server = createServer((request, response) => {
      let text = '';
      request
        .on('data', (chunk: Buffer) => void (text += chunk.toString()))
        .on('end', () => {
          const path = request.url ?? '';
          const status = statusOf.get(path) ?? 200;
          if (status === 200) got.push({ path, body: JSON.parse(text) as Record<string, unknown> });
          response.writeHead(status).end('ok');
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(async () => {
    await world.clear();
    got = [];
    statusOf.clear();
    await world.setSetting('REMINDER_CHANNELS', ['TASK', 'WEBHOOK']);
    await world.setSetting('REMINDER_WEBHOOKS', [
      { kind: 'SLACK', url: `${url}/slack` },
      { kind: 'JSON', url: `${url}/json`, secret: 'hunter2' },
    ]);
  });
  afterAll(async () => {
    await world?.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const paths = () => got.map(({ path }) => path).sort();
  const minutesLater = (minutes: number) =>
    void (world.clock.time = new Date(Date.parse('2026-08-03T02:00:00.000Z') + minutes * 60_000).toISOString());
  const digests = () =>
    world.rows<{ sent: boolean; channels: Record<string, string>; failures: Record<string, { attempts: number }> }>(
      'SELECT sent_at IS NOT NULL AS sent, channels, failures FROM reminder_digest',
    );

  it('should be posted to each address once, beside the task', async () => {
    const id = await world.owned(tom, '2026-08-04', { name: 'Acme' });
    for (let turn = 0; turn < 3; turn += 1) await engine.reminders.send();
    expect(paths()).toEqual(['/json', '/slack']);
    expect(world.tasksOf(tom)).toHaveLength(1);
    expect(got.find(({ path }) => path === '/json')?.body).toMatchObject({
      id: world.tasksOf(tom)[0]?.id,
      member: { id: tom.id, name: 'Tom Baker' },
      customers: [{ object: 'COMPANY', recordId: id, name: 'Acme', reclaimOn: '2026-08-04', rule: 'NO_ACTIVITY' }],
    });
    const [digest] = await digests();
    expect(digest?.sent).toBe(true);
    expect(
      Object.keys(digest?.channels ?? {})
        .map((channel) => channel.split(':')[0])
        .sort(),
    ).toEqual(['TASK', 'WEBHOOK', 'WEBHOOK']);
  });

  it('should be tried again with growing pauses until taken, without another task or post elsewhere', async () => {
    statusOf.set('/slack', 500);
    await world.owned(tom, '2026-08-04');
    await engine.reminders.send();
    expect(paths()).toEqual(['/json']);
    expect(Object.values((await digests())[0]?.failures ?? {})).toMatchObject([
      { attempts: 1, code: 'WEBHOOK_REFUSED' },
    ]);
    for (const minutes of [4, 6, 14]) {
      minutesLater(minutes);
      await engine.reminders.send();
    }
    expect(Object.values((await digests())[0]?.failures ?? {})).toMatchObject([{ attempts: 2 }]);
    statusOf.clear();
    minutesLater(17);
    await engine.reminders.send();
    expect(paths()).toEqual(['/json', '/slack']);
    expect(await digests()).toMatchObject([{ sent: true, failures: {} }]);
    expect(world.tasksOf(tom)).toHaveLength(1);
  });

  it('should not be posted any more once void', async () => {
    statusOf.set('/slack', 500);
    const id = await world.owned(tom, '2026-08-04');
    await engine.reminders.send();
    await world.change(id, { reclaim_on: null });
    statusOf.clear();
    minutesLater(60);
    await engine.reminders.send();
    expect(paths()).toEqual(['/json']);
    expect(world.tasksOf(tom)).toMatchObject([{ status: 'DONE' }]);
  });

  it('should be the only channel when chosen so', async () => {
    await world.setSetting('REMINDER_CHANNELS', ['WEBHOOK']);
    await world.owned(tom, '2026-08-04');
    await engine.reminders.send();
    expect(paths()).toEqual(['/json', '/slack']);
    expect(world.tasks()).toEqual([]);
  });

  it('should keep addresses and secrets out of what is stored about deliveries', async () => {
    statusOf.set('/slack', 500);
    await world.owned(tom, '2026-08-04');
    await engine.reminders.send();
    expect(JSON.stringify(await digests())).not.toMatch(/127\.0\.0\.1|hunter2|slack/);
  });
});
