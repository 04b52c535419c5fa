import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Clock } from '../config/clock';
import { EngineConfig } from '../config/engine-config';
import { markClocksStale } from '../idle-clock';
import { SettingsService } from '../settings/settings.service';
import { shareIndex } from '../storage/engine-lock';
import { whenAlone } from '../storage/exclusive';
import { inTransaction } from '../storage/transaction';
import { isTwentyError } from '../twenty/client/twenty-error';
import { inBatches } from '../twenty/client/twenty.limits';
import { ActivitiesBusyError } from './activities.errors';
import { ActivityReader } from './activity-reader.service';
import { readCursors, requestedRereads, requestReread, rereadDone } from './activity-cursor.queries';
import type { ActivitySource, SourceName } from './sources/activity-source';
import { CalendarEventSource } from './sources/calendar-event.source';
import { MessageSource } from './sources/message.source';
import { NoteSource } from './sources/note.source';
import { OpportunitySource } from './sources/opportunity.source';
import { markWon } from './opportunity-rows.queries';
import { TaskSource } from './sources/task.source';

const rereadsPerTurn = 200;
const askAgainMs = 100;
/** Reading a large source for the first time takes minutes. */
const longestWaitMs = 10 * 60_000;

/**
 * Keeps the facts of the idle clock in line with Twenty: every source by cursor, sooner when a webhook asks for it. A reading
 * replaces all that came from the records it reads, so late, doubled, reordered and lost notifications change nothing in the
 * end.
 */
@Injectable()
export class ActivitiesSync {
  private readonly logger = new Logger(ActivitiesSync.name);
  private readonly sources: readonly ActivitySource[];
  private readonly unseen = new Set<SourceName>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly reader: ActivityReader,
    private readonly settings: SettingsService,
    private readonly clock: Clock,
    private readonly config: EngineConfig,
    notes: NoteSource,
    tasks: TaskSource,
    opportunities: OpportunitySource,
    messages: MessageSource,
    calendarEvents: CalendarEventSource,
  ) {
    this.sources = [opportunities, notes, tasks, messages, calendarEvents];
  }

  /** What was asked for by webhooks, and, at its turn, what changed. @throws TwentyError */
  async sync(): Promise<void> {
    for (const source of this.sources) {
      await whenAlone(this.dataSource, lockOf(source), async () => {
        await this.readRequested(source);
        // Webhooks may come by the hundred; each must not cost a look at everything.
        if (await this.isTurn(source)) await this.readChanged(source);
      });
    }
    await this.markWonStages();
  }

  /**
   * For an index that lacks something: reads every source that has never been read to its end. Clocks computed before are not to
   * be relied on.
   * @throws TwentyError, ActivitiesBusyError
   */
  async completeOnce(): Promise<void> {
    for (const source of this.sources) {
      await this.alone(source, async () => {
        if ((await this.completeSince(source)) === null) await this.readChanged(source);
      });
    }
    await this.markWonStages();
  }

  /**
   * docs/semantics.md#fresh-knowledge: before anything is taken from anybody, every source has been read up to the
   * start of the sweep.
   * @param instant ISO, engine time
   * @throws TwentyError, ActivitiesBusyError
   */
  async readUpTo(instant: string): Promise<void> {
    for (const source of this.sources) {
      await this.alone(source, async () => {
        const since = await this.completeSince(source);
        if (since === null || since < instant) await this.readChanged(source);
      });
    }
    await this.markWonStages();
  }

  /**
   * Reads again all that the index has something from: what was destroyed in Twenty leaves no trace that a cursor could follow.
   * @throws TwentyError, ActivitiesBusyError
   */
  async reconcile(): Promise<void> {
    for (const source of this.sources) {
      for (const ids of inBatches(await source.known(this.dataSource.manager))) {
        await this.alone(source, () => this.ifSeen(source, () => this.reader.take(source, ids)));
      }
    }
  }

  /** A webhook spoke of this record, or of one that belongs to it. */
  async requestReread(source: SourceName, originId: string): Promise<void> {
    await requestReread(this.dataSource.manager, source, originId);
  }

  private async readChanged(source: ActivitySource): Promise<void> {
    await this.ifSeen(source, () => this.reader.readChanged(source));
  }

  private async readRequested(source: ActivitySource): Promise<void> {
    for (;;) {
      const requests = await requestedRereads(this.dataSource.manager, source.name, rereadsPerTurn);
      if (requests.length === 0) return;
      await this.ifSeen(source, () =>
        this.reader.take(
          source,
          requests.map(({ originId }) => originId),
        ),
      );
      await rereadDone(this.dataSource.manager, source.name, requests);
      if (requests.length < rereadsPerTurn) return;
    }
  }

  private async isTurn(source: ActivitySource): Promise<boolean> {
    const since = await this.completeSince(source);
    return (
      since === null ||
      Math.abs(Date.parse(this.clock.now()) - Date.parse(since)) >= this.config.syncIntervalSeconds * 500
    );
  }

  /** The earliest start of the last complete readings of its objects; null: one has never been read to its end. */
  private async completeSince(source: ActivitySource): Promise<string | null> {
    const states = await readCursors(
      this.dataSource.manager,
      source.objects.map(({ name }) => name),
    );
    const times = [...states.values()].map(({ completeAt }) => completeAt);
    return times.reduce(
      (earliest, time) => (earliest === null || time === null || time < earliest ? time : earliest),
      times[0] ?? null,
    );
  }

  /** What the engine's role may not see is not there for it; that is said once. */
  private async ifSeen(source: ActivitySource, read: () => Promise<void>): Promise<void> {
    try {
      await read();
      this.unseen.delete(source.name);
    } catch (error) {
      if (!source.isOptional || !isTwentyError(error, 'FORBIDDEN')) throw error;
      if (!this.unseen.has(source.name))
        this.logger.warn(
          { source: source.name, message: error.message },
          'Twenty does not let the engine see these; they count for no clock',
        );
      this.unseen.add(source.name);
      await this.reader.passOver(source);
    }
  }

  private async markWonStages(): Promise<void> {
    await inTransaction(this.dataSource, async (manager: EntityManager) => {
      await shareIndex(manager);
      const { WON_STAGES } = await this.settings.current(manager);
      await markClocksStale(manager, await markWon(manager, WON_STAGES));
    });
  }

  /** Waits for whoever is reading the source. */
  private async alone(source: ActivitySource, work: () => Promise<void>): Promise<void> {
    const giveUpAt = Date.now() + longestWaitMs;
    const done = async () => {
      await work();
      return true;
    };
    while (!(await whenAlone(this.dataSource, lockOf(source), done))) {
      if (Date.now() > giveUpAt) throw new ActivitiesBusyError(source.name);
      await new Promise((resolve) => setTimeout(resolve, askAgainMs));
    }
  }
}

function lockOf({ name }: ActivitySource): string {
  return `activities ${name}`;
}
