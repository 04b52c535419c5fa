import { randomUUID } from 'node:crypto';
import type { TwentyHands } from './highseas-twenty';

export const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** A member; of one who has left Twenty keeps the name alone. */
interface Somebody {
  id: string | null;
  name: string;
}

/** One line of a customer's past. */
export interface PastEvent {
  id?: string;
  type: string;
  daysAgo: number;
  from?: Somebody;
  to?: Somebody;
  facts?: Record<string, unknown>;
}

/** Puts a pooled company into Twenty, with the history that an engine has mirrored there. @returns its id */
export function seedPooled(
  twenty: TwentyHands,
  poolId: string,
  pooledDaysAgo: number,
  past: PastEvent[] = [],
  values: Record<string, unknown> = {},
): string {
  const id = twenty.seedCompany({
    customerPoolId: poolId,
    poolStatus: 'POOLED',
    pooledSince: daysAgo(pooledDaysAgo),
    ...values,
  });
  for (const { id: eventId = randomUUID(), type, daysAgo: days, from, to, facts } of [
    { type: 'ROUTED', daysAgo: 400 },
    ...past,
  ]) {
    twenty.seed('ownershipEvent', {
      id: eventId,
      engineId: eventId,
      name: type,
      eventType: type,
      companyId: id,
      customerPoolId: poolId,
      happenedAt: daysAgo(days),
      isSystem: true,
      fromMemberId: from?.id ?? null,
      fromName: from?.name ?? '',
      toMemberId: to?.id ?? null,
      toName: to?.name ?? '',
      facts: { ...facts },
    });
  }
  return id;
}

/** Claimed by the member and, some days later, given back. */
export const thereAndBack = (
  member: Somebody,
  claimedDaysAgo: number,
  returnedDaysAgo: number,
  type = 'RELEASED',
  id = randomUUID(),
): PastEvent[] => [
  { type: 'CLAIMED', daysAgo: claimedDaysAgo, to: member },
  { id, type, daysAgo: returnedDaysAgo, from: member },
];
