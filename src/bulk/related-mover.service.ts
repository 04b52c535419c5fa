import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { customerKey } from '../domain/customer/customer';
import { SettingsService } from '../settings/settings.service';
import type { OperationEntity } from '../storage/entities/operation.entity';
import { inTransaction } from '../storage/transaction';
import { type RelatedKind, type RelatedRecord, RelatedRecords } from '../twenty/records/related-records.service';
import { isTwentyError } from '../twenty/client/twenty-error';
import { TWENTY_BATCH } from '../twenty/client/twenty.limits';
import type { CallOptions } from '../twenty/records/twenty.types';
import {
  closeRecords,
  confirmedMoves,
  type OpenRecord,
  openRecords,
  recordsOnceOf,
  type RelatedMove,
  replaceMoves,
} from './related.queries';

const options: CallOptions = { priority: 'background' };

/**
 * Brings open opportunities and tasks to the new owner of their customer. What is to be moved is stored before it is moved,
 * each move is conditional on the former owner, and moving twice does no harm; so dying anywhere loses nothing, and an undo
 * knows exactly what to bring back.
 */
@Injectable()
export class RelatedMover {
  private readonly logger = new Logger(RelatedMover.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly settings: SettingsService,
    private readonly records: RelatedRecords,
  ) {}

  /** One batch of each step. @returns how much was done; 0 when nothing is left but what waits for Twenty's confirmation @throws TwentyError */
  async move({ id, kind }: Pick<OperationEntity, 'id' | 'kind'>): Promise<number> {
    return (await this.find(id, kind === 'OFFBOARD')) + (await this.write(id));
  }

  /** @param emptied Twenty has taken the former owner off the records already; the index knows whose they were */
  private async find(operationId: string, emptied: boolean): Promise<number> {
    const moves = await confirmedMoves(this.dataSource.manager, operationId, TWENTY_BATCH);
    if (moves.length === 0) return 0;
    const { WON_STAGES, LOST_STAGES } = await this.settings.current();
    const wantedFor = (what: 'opportunities' | 'tasks') =>
      moves.filter((move) => move[what]).map(({ object, recordId }) => ({ object, recordId }));
    const owners = emptied ? [null] : [...new Set(moves.map(({ fromId }) => fromId))];
    const opportunities = await this.records.readOpportunities(
      wantedFor('opportunities'),
      owners,
      [...WON_STAGES, ...LOST_STAGES],
      options,
    );
    const tasks = await this.records.readTasks(wantedFor('tasks'), owners, options);
    const found = [
      ...(await this.matched('OPPORTUNITY', opportunities, moves)),
      ...(await this.matched('TASK', tasks, moves)),
    ];
    await inTransaction(this.dataSource, (manager) => replaceMoves(manager, operationId, moves, found));
    return moves.length;
  }

  /** Who had the customer had these, too; what was somebody else's stays theirs. */
  private async matched(kind: RelatedKind, records: RelatedRecord[], moves: RelatedMove[]): Promise<OpenRecord[]> {
    const once = await recordsOnceOf(
      this.dataSource.manager,
      kind,
      records.flatMap(({ id, memberId }) => (memberId === null ? [id] : [])),
    );
    const byCustomer = new Map(moves.map((move) => [customerKey(move), move]));
    return records.flatMap(({ id, customer, memberId }) => {
      const move = byCustomer.get(customerKey(customer));
      if (!move || move.fromId !== (memberId ?? once.get(id))) return [];
      return [{ eventId: move.eventId, kind, recordId: id, fromId: memberId, toId: move.toId }];
    });
  }

  private async write(operationId: string): Promise<number> {
    const open = await openRecords(this.dataSource.manager, operationId, TWENTY_BATCH);
    for (const group of sameWrites(open)) {
      const [first] = group;
      if (!first) continue;
      const { kind, fromId, toId } = first;
      const ids = [...new Set(group.map(({ recordId }) => recordId))];
      await closeRecords(
        this.dataSource.manager,
        group,
        new Set(await this.writeGroup({ kind, ids, fromIds: [fromId], toId })),
      );
    }
    return open.length;
  }

  /** What Twenty will never take is left as it is. */
  private async writeGroup(write: Parameters<RelatedRecords['write']>[0]): Promise<string[]> {
    try {
      return await this.records.write(write, options);
    } catch (error) {
      if (!isTwentyError(error, 'REJECTED') && !isTwentyError(error, 'FORBIDDEN')) throw error;
      this.logger.warn(
        { kind: write.kind, records: write.ids.length, message: error.message },
        'Twenty did not take a new owner of related records',
      );
      return [];
    }
  }
}

function sameWrites(records: OpenRecord[]): OpenRecord[][] {
  const groups = new Map<string, OpenRecord[]>();
  for (const record of records) {
    const key = `${record.kind} ${record.fromId} ${record.toId}`;
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return [...groups.values()];
}
