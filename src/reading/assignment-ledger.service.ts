import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { AssignmentExplanation } from '../domain/assignment/auto/describe-assignment';
import type { ActingMember } from '../domain/customer/acting-member';
import type { CustomerObject } from '../domain/customer/customer';

import { customersPool, eventsCustomer, seenEvent, sightOf } from '../pools';
import { PoolsService } from '../pools/pools.service';

/** One line of the ledger: what was given to whom and why, or what stayed and why. */
export interface LedgerLine {
  id: string;
  object: CustomerObject;
  recordId: string;
  name: string | null;
  toId: string | null;
  toName: string | null;
  explanation: AssignmentExplanation;
  /** ISO instant. */
  at: string;
}

export interface LedgerPosition {
  at: string;
  id: string;
}

/**
 * What was given out is history, so it is read from there, and what stays from what is noted of it: the ledger has no truth
 * of its own. What Twenty did not take was not given out.
 */
@Injectable()
export class AssignmentLedger {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pools: PoolsService,
  ) {}

  /**
   * Newest first; without those customers that the member does not see any more, wherever they are now.
   * @param poolId a pool that the member sees
   */
  async page(
    member: ActingMember,
    poolId: string,
    first: number,
    after: LedgerPosition | null,
  ): Promise<{ lines: LedgerLine[]; hasNextPage: boolean }> {
    const actor = await this.pools.actor(member.memberId, member.isWorkspaceAdmin);
    const { viewerId, viewerIsAdmin, poolsSeen } = sightOf(actor, (await this.pools.all()).values());
    const rows = (await this.dataSource.query(
      `SELECT l.*, c.name FROM (
         (SELECT e.id, e.object, e.record_id AS "recordId", e.to_id AS "toId", e.to_name AS "toName", e.facts AS explanation, e.at
            FROM ownership_event e LEFT JOIN customer c ON ${eventsCustomer} LEFT JOIN pool home ON ${customersPool}
           WHERE e.pool_id = $1 AND e.type = 'ASSIGNED' AND e.is_system AND e.state <> 'VOID' AND e.facts ? 'strategy'
             AND ($3::timestamptz IS NULL OR (e.at, e.id) < ($3, $4::uuid))
             AND ${seenEvent({ viewerId: '$5', viewerIsAdmin: '$6', poolsSeen: '$7' })}
           ORDER BY e.at DESC, e.id DESC LIMIT $2)
         UNION ALL
         (SELECT s.record_id, s.object, s.record_id, NULL, NULL, s.explanation, s.at FROM assignment_stay s
            JOIN customer k ON k.object = s.object AND k.record_id = s.record_id AND k.pool_id = s.pool_id AND k.status = 'POOLED' AND NOT k.is_deleted
           WHERE s.pool_id = $1 AND ($3::timestamptz IS NULL OR (s.at, s.record_id) < ($3, $4::uuid))
           ORDER BY s.at DESC, s.record_id DESC LIMIT $2)
       ) l LEFT JOIN customer c ON c.object = l.object AND c.record_id = l."recordId"
       ORDER BY l.at DESC, l.id DESC LIMIT $2`,
      [poolId, first + 1, after?.at ?? null, after?.id ?? null, viewerId, viewerIsAdmin, poolsSeen],
    )) as (Omit<LedgerLine, 'at'> & { at: Date })[];
    return {
      lines: rows.slice(0, first).map((row) => ({ ...row, at: row.at.toISOString() })),
      hasNextPage: rows.length > first,
    };
  }
}
