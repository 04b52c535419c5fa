import type { EntityManager } from 'typeorm';
import type { AutoAssignStrategy } from '../domain/assignment/auto/auto-assignment.types';
import type { LostAssignment } from '../domain/assignment/auto/decide-assignments';
import { firstTurn, type Turn } from '../domain/assignment/auto/turn';
import { AssignmentTurnEntity } from '../storage/entities/assignment-turn.entity';

/**
 * Takes the one place from which a pool's customers are given out, until the transaction ends. It is not the pool's own
 * row, so that nobody else who locks a pool waits for this or passes the pool over because of it.
 * @returns null when another instance has it at this moment
 */
export async function takeTurn(manager: EntityManager, poolId: string): Promise<AssignmentTurnEntity | null> {
  await manager.query('INSERT INTO assignment_turn (pool_id) VALUES ($1) ON CONFLICT DO NOTHING', [poolId]);
  return manager.findOne(AssignmentTurnEntity, {
    where: { poolId },
    lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' },
  });
}

/** Credits are counted in what a strategy compares; another one begins anew. */
export function turnOf({ strategy, lastMemberId, credits }: AssignmentTurnEntity, now: AutoAssignStrategy): Turn {
  return strategy === now ? { lastMemberId, credits } : { ...firstTurn, lastMemberId };
}

interface LostRow extends LostAssignment {
  strategy: AutoAssignStrategy;
}

/** Decisions of the pool that Twenty did not take, each of them once. The caller holds the turn. */
export async function takeLost(manager: EntityManager, poolId: string): Promise<LostRow[]> {
  const [rows] = (await manager.query(
    `UPDATE ownership_event SET facts = facts || '{"turnGivenBack": true}'
      WHERE pool_id = $1 AND type = 'ASSIGNED' AND is_system AND state = 'VOID' AND NOT facts ? 'turnGivenBack'
      RETURNING to_id AS "memberId", facts->>'why' AS rule, facts->>'strategy' AS strategy`,
    [poolId],
  )) as [LostRow[], number];
  return rows;
}

export async function keepTurn(
  manager: EntityManager,
  poolId: string,
  strategy: AutoAssignStrategy,
  { lastMemberId, credits }: Turn,
): Promise<void> {
  await manager.update(AssignmentTurnEntity, { poolId }, { strategy, lastMemberId, credits });
}
