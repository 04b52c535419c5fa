import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../config/clock';
import { addCalendarDays, localDate, startOfPeriod } from '../domain/calendar/local-days';
import type { CustomerRef, RuleKind } from '../domain/customer/customer';
import { isManagerOf, type Pool, type PoolPolicy } from '../domain/pool/pool-policy';
import { bounded, longest } from '../domain/text/bounded-text';
import { IdleClock } from '../idle-clock/idle-clock.service';
import { clockPolicy } from '../idle-clock/policy-versions.service';
import { type ActingMember, stateOf, subjectOf } from '../changes';
import { parsePoolPolicy } from '../pools';
import { PoolsService } from '../pools/pools.service';
import { SettingsService } from '../settings/settings.service';
import { ClockRecords } from '../twenty/records/clock-records.service';
import { isTwentyError } from '../twenty/client/twenty-error';
import { NotPoolManagerError, PolicyPatchError } from './simulation.errors';
import { type FallingDue, planSweeps, type SweepPlan } from './simulation-plan';
import { ownedAfter, ownedRefs, takenSince, undoneSince } from './simulation.queries';
import { inTransaction } from '../storage/transaction';

/** Deadlines further ahead than this say little about a change. */
const horizonDays = 90;
/** How far ahead the caps may spread what is due within the horizon. */
const mostSweepDays = 366;
const chunkSize = 1000;
const dayMs = 86_400_000;

/** By record id. */
type NewDates = Map<string, Record<string, string | null>>;

export interface Simulation {
  /** Customers that fall due within the horizon if nothing happens to them; without people who go along with their company. */
  affected: number;
  /** Every day from today to the last one on which anything is taken; the caps may leave some for later still. */
  byDay: { on: string; count: number }[];
  /** Most affected first. */
  byOwner: { ownerId: string; count: number }[];
  byRule: { rule: RuleKind; count: number }[];
}

/** docs/semantics.md#simulation: what a policy would do, before it is saved. Writes nothing. */
@Injectable()
export class PolicySimulation {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pools: PoolsService,
    private readonly settings: SettingsService,
    private readonly idleClock: IdleClock,
    private readonly clockRecords: ClockRecords,
    private readonly clock: Clock,
  ) {}

  /**
   * As if the changes were saved now: with their grace, their caps, and the rule overrides that the pool has.
   * @param changes fields of the pool, named and written as in Twenty; empty = off
   * @throws PolicyPatchError, NotPoolManagerError
   * @throws TwentyError when a date field has to be read that no rule went by until now
   */
  async simulate(member: ActingMember, poolId: string, changes: Record<string, unknown>): Promise<Simulation> {
    const dates = await this.newDates(member, poolId, changes);
    return this.snapshot(async (manager) => {
      const { tried } = await this.tried(manager, member, poolId, changes);
      return summary(await this.plan(manager, tried, dates));
    });
  }

  private snapshot<T>(read: (manager: EntityManager) => Promise<T>): Promise<T> {
    return inTransaction(
      this.dataSource,
      async (manager) => {
        await manager.query('SET TRANSACTION READ ONLY');
        return read(manager);
      },
      'REPEATABLE READ',
    );
  }

  private async tried(
    manager: EntityManager,
    member: ActingMember,
    poolId: string,
    changes: Record<string, unknown>,
  ): Promise<{ tried: Pool; inForce: PoolPolicy }> {
    const pool = (await this.pools.all(manager)).get(poolId);
    if (!pool) throw new PolicyPatchError('poolId: there is no such pool');
    if (!isManagerOf(await this.pools.actor(member.memberId, member.isWorkspaceAdmin, manager), poolId))
      throw new NotPoolManagerError();
    return { tried: { ...pool, policy: withChanges(pool.policy, changes) }, inForce: pool.policy };
  }

  /**
   * A date field that the index does not keep yet, because no pool counted from it. Twenty is asked while no transaction is open.
   * @returns by record id; what is not there counts from what the index keeps
   */
  private async newDates(member: ActingMember, poolId: string, changes: Record<string, unknown>): Promise<NewDates> {
    const asked = await this.snapshot(async (manager) => {
      const { tried, inForce } = await this.tried(manager, member, poolId, changes);
      const field = tried.policy.afterDateField;
      return !field || field === inForce.afterDateField ? null : { field, refs: await ownedRefs(manager, poolId) };
    });
    return asked ? this.readDates(asked.field, asked.refs) : new Map();
  }

  private async readDates(field: string, refs: CustomerRef[]): Promise<NewDates> {
    const dates: NewDates = new Map();
    let isKnown = refs.length === 0;
    for (const object of ['COMPANY', 'PERSON'] as const) {
      const ids = refs.filter((ref) => ref.object === object).map(({ recordId }) => recordId);
      if (ids.length === 0) continue;
      try {
        const read = await this.clockRecords.readDates(object, ids, [field], { priority: 'background' });
        for (const [recordId, values] of read) dates.set(recordId, values);
        isKnown = true;
      } catch (error) {
        if (!isTwentyError(error, 'REJECTED') && !isTwentyError(error, 'PROTOCOL')) throw error;
      }
    }
    if (!isKnown) throw new PolicyPatchError('afterDateField: there is no such date field');
    return dates;
  }

  private async plan(manager: EntityManager, { id, policy }: Pool, dates: NewDates): Promise<SweepPlan> {
    const settings = await this.settings.current(manager);
    const now = this.clock.now();
    const today = localDate(now, settings.TIME_ZONE);
    const until = addCalendarDays(today, horizonDays);
    const spareMs = (policy.graceDays ?? 0) * dayMs;
    const undone = await undoneSince(manager, new Date(Date.parse(now) - spareMs).toISOString());

    const due: FallingDue[] = [];
    for (
      let rows = await ownedAfter(manager, id, null, chunkSize);
      rows.length > 0;
      rows = await ownedAfter(manager, id, rows.at(-1) ?? null, chunkSize)
    ) {
      const subjects = rows
        .flatMap((row) => subjectOf(row, stateOf(row)) ?? [])
        .map((subject) => ({ ...subject, afterDates: { ...subject.afterDates, ...dates.get(subject.recordId) } }));
      const readings = await this.idleClock.read(manager, subjects, now, new Map([[id, clockPolicy(policy)]]));
      const companyOf = new Map(rows.map(({ recordId, companyId }) => [recordId, companyId]));
      for (const { object, recordId, ownerId, ownedSince } of subjects) {
        const { reclaimOn = null, rule = null } = readings.get(recordId)?.explanation ?? {};
        if (reclaimOn === null || rule === null || reclaimOn > until) continue;
        const undoneAt = undone.get(recordId);
        const sparedUntil =
          undoneAt === undefined
            ? null
            : localDate(new Date(Date.parse(undoneAt) + spareMs).toISOString(), settings.TIME_ZONE);
        due.push({
          object,
          recordId,
          ownerId,
          ownedSince,
          companyId: companyOf.get(recordId) ?? null,
          rule,
          reclaimOn,
          sparedUntil,
        });
      }
    }
    return planSweeps(due, {
      today,
      capPerRun: policy.reclaimCapPerRun,
      capPerOwner: policy.reclaimCapPerOwnerPerDay,
      takenToday: await takenSince(manager, id, startOfPeriod(now, settings.TIME_ZONE, 'DAY').start),
      peopleFollow: settings.PEOPLE_FOLLOW_COMPANY,
      mostDays: mostSweepDays,
    });
  }
}

/** @throws PolicyPatchError naming every field that cannot be used */
function withChanges(inForce: PoolPolicy, changes: Record<string, unknown>): PoolPolicy {
  const known = parsePoolPolicy({}, null).policy;
  const unknown = Object.keys(changes).filter((name) => !Object.hasOwn(known, name));
  if (unknown.length > 0)
    throw new PolicyPatchError(
      bounded(unknown.map((name) => `${name}: a pool has no such field`).join('; '), longest.message),
    );
  const { policy, problem } = parsePoolPolicy({ ...inForce, ...changes }, inForce);
  if (problem) throw new PolicyPatchError(problem);
  return policy;
}

function summary({ days, left }: SweepPlan): Simulation {
  const affected = [...days.flatMap(({ taken }) => taken), ...left];
  const counted = <Key extends string>(keyOf: (customer: FallingDue) => Key) => {
    const counts = new Map<Key, number>();
    for (const customer of affected) counts.set(keyOf(customer), (counts.get(keyOf(customer)) ?? 0) + 1);
    return [...counts].sort(([, a], [, b]) => b - a);
  };
  return {
    affected: affected.length,
    byDay: days.map(({ on, taken }) => ({ on, count: taken.length })),
    byOwner: counted(({ ownerId }) => ownerId).map(([ownerId, count]) => ({ ownerId, count })),
    byRule: counted(({ rule }) => rule).map(([rule, count]) => ({ rule, count })),
  };
}
