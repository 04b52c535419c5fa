import type { HighseasWorld } from './highseas-world';

export interface DayAnswer {
  now: string;
  today: string;
  advancedDays: number;
  reclaimed: number;
}

/** Moves the clocks of engine and sandbox, with all that the days bring. @throws what the engine says when it refuses */
export async function advanceDays(world: { engine: { url: string } }, days: number): Promise<DayAnswer> {
  const response = await fetch(`${world.engine.url}/demo/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceDays: days }),
  });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as DayAnswer;
}

export async function demoTime(world: HighseasWorld): Promise<{ now: string; today: string }> {
  return (await (await fetch(`${world.engine.url}/demo/clock`)).json()) as { now: string; today: string };
}

/** Local dates. */
export function dayAfter(date: string, days = 1): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}
