import { Injectable, Logger } from '@nestjs/common';
import { DataSource, In, Not, type EntityManager } from 'typeorm';
import { jsonFault } from '../domain/text/bounded-json';
import { bounded, longest } from '../domain/text/bounded-text';
import { MemberLeaveEntity } from '../storage/entities/member-leave.entity';
import { type OverrideNumbers, ReclaimOverrideEntity } from '../storage/entities/reclaim-override.entity';
import type { MemberLeaveRecord, ReclaimRuleRecord } from '../twenty/records/clock-records.service';
import { markSelected } from './clock-marks.queries';
import { inTransaction } from '../storage/transaction';

const numberNames = [
  'firstFollowUpDays',
  'followUpDays',
  'noOpportunityDays',
  'noDealDays',
  'maxHoldDays',
  'afterDateDays',
] as const;
const mostDays = 3650;

/** Rule overrides and leaves as Twenty has them, as far as they can be used. */
@Injectable()
export class ClockInputs {
  private readonly logger = new Logger(ClockInputs.name);

  constructor(private readonly dataSource: DataSource) {}

  async accept(rules: ReclaimRuleRecord[], leaves: MemberLeaveRecord[]): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      await this.acceptRules(manager, rules);
      await acceptLeaves(manager, leaves);
    });
  }

  /** A rule whose filter changed is matched anew; its numbers are what the policy versions compare. */
  private async acceptRules(manager: EntityManager, rules: ReclaimRuleRecord[]): Promise<void> {
    const known = new Map((await manager.find(ReclaimOverrideEntity)).map((row) => [row.id, row]));
    const rows = rules.flatMap((rule) =>
      rule.customerPoolId ? [this.toRow(rule, rule.customerPoolId, known.get(rule.id))] : [],
    );
    await manager.delete(ReclaimOverrideEntity, { id: Not(In(rows.map(({ id }) => id))) });
    await manager.save(ReclaimOverrideEntity, rows);
    const rematched = new Set(
      [...rows, ...known.values()]
        .filter(
          ({ id }) =>
            JSON.stringify(matching(rows.find((row) => row.id === id))) !== JSON.stringify(matching(known.get(id))),
        )
        .map(({ poolId }) => poolId),
    );
    if (rematched.size === 0) return;
    await markSelected(manager, `SELECT object, record_id FROM customer WHERE status = 'OWNED' AND pool_id = ANY($1)`, [
      [...rematched],
    ]);
  }

  private toRow(
    rule: ReclaimRuleRecord,
    poolId: string,
    known: ReclaimOverrideEntity | undefined,
  ): ReclaimOverrideEntity {
    const bad = numberNames.filter((name) => !isDays(rule[name]));
    if (bad.length > 0 && !known?.problem)
      this.logger.warn(
        { rule: rule.name, fields: bad },
        'A reclaim rule has numbers that cannot be used; the last good ones stay in force',
      );
    const numbers: OverrideNumbers = {
      ...numbersOf(rule, known?.numbers),
      afterDateField: fieldName(rule.afterDateField),
    };
    return Object.assign(new ReclaimOverrideEntity(), {
      id: rule.id,
      poolId,
      name: bounded(rule.name ?? '', longest.name),
      priority: rule.priority ?? 100,
      filter: isFilter(rule.filter) ? rule.filter : null,
      numbers,
      problem: bad.length > 0 ? `${bad.join(', ')}: whole days from 1 to ${mostDays}` : null,
    });
  }
}

async function acceptLeaves(manager: EntityManager, leaves: MemberLeaveRecord[]): Promise<void> {
  const known = new Map((await manager.find(MemberLeaveEntity)).map((row) => [row.id, row]));
  const rows = leaves.flatMap(({ id, memberId, from, until }) =>
    memberId && from && until && from <= until
      ? [Object.assign(new MemberLeaveEntity(), { id, memberId, fromDate: from, untilDate: until })]
      : [],
  );
  await manager.delete(MemberLeaveEntity, { id: Not(In(rows.map(({ id }) => id))) });
  await manager.save(MemberLeaveEntity, rows);
  const present = new Map(rows.map((row) => [row.id, row]));
  const moved = [...rows, ...known.values()].filter(
    ({ id }) => JSON.stringify(present.get(id)) !== JSON.stringify(known.get(id)),
  );
  if (moved.length === 0) return;
  // Both who had the leave and who has it: a leave may be handed on.
  const members = [
    ...new Set(
      moved.flatMap(({ id }) => [present.get(id)?.memberId, known.get(id)?.memberId]).filter((id) => id !== undefined),
    ),
  ];
  await markSelected(manager, `SELECT object, record_id FROM customer WHERE status = 'OWNED' AND owner_id = ANY($1)`, [
    members,
  ]);
}

function matching(row: ReclaimOverrideEntity | undefined) {
  return row && [row.poolId, row.priority, row.filter, row.numbers.afterDateField];
}

function isDays(value: number | null | undefined): boolean {
  return value === null || value === undefined || (Number.isInteger(value) && value >= 1 && value <= mostDays);
}

function numbersOf(
  rule: ReclaimRuleRecord,
  lastGood: OverrideNumbers | undefined,
): Omit<OverrideNumbers, 'afterDateField'> {
  const number = (name: (typeof numberNames)[number]) =>
    isDays(rule[name]) ? (rule[name] ?? null) : (lastGood?.[name] ?? null);
  return {
    firstFollowUpDays: number('firstFollowUpDays'),
    followUpDays: number('followUpDays'),
    noOpportunityDays: number('noOpportunityDays'),
    noDealDays: number('noDealDays'),
    maxHoldDays: number('maxHoldDays'),
    afterDateDays: number('afterDateDays'),
  };
}

function fieldName(text: string | null): string | null {
  return text && text.length <= longest.fieldPath ? text : null;
}

/** What Twenty would not take for a filter, or the engine not without end, matches nobody. */
function isFilter(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && jsonFault(value) === null;
}
