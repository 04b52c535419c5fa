import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../config/clock';
import { requireIndex } from '../storage/engine-lock';
import { whenAlone } from '../storage/exclusive';
import { inTransaction } from '../storage/transaction';
import { DigestMaker } from './digest-maker.service';
import { DigestTeller } from './digest-teller.service';
import { voidNotices } from './notice.queries';
import { reviseDigests, voidReminders } from './reminder.queries';

const exclusiveName = 'send reminders';

/** docs/semantics.md#4-reminders. */
@Injectable()
export class ReminderService {
  private readonly logger = new Logger(ReminderService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly maker: DigestMaker,
    private readonly teller: DigestTeller,
    private readonly clock: Clock,
  ) {}

  /**
   * Reminds owners and tells managers, on facts that the caller has read up to now; takes back what holds no more.
   * @returns how many digests were made; 0 also while another instance is at it
   * @throws TwentyError
   * @throws IndexBusyError
   */
  async send(): Promise<number> {
    const made = await whenAlone(this.dataSource, exclusiveName, async () => {
      await this.markVoid();
      const count = await this.maker.make();
      await this.teller.tellAll();
      return count;
    });
    if (made) this.logger.log({ digests: made }, 'Reminders were sent');
    return made ?? 0;
  }

  /**
   * Makes reminders void whose customer has another reclaim date or owner by now, and closes or corrects their tasks.
   * While another instance is at it the tasks wait for the next turn.
   * @throws TwentyError
   * @throws IndexBusyError
   */
  async voidMoved(): Promise<void> {
    await this.markVoid();
    await whenAlone(this.dataSource, exclusiveName, () => this.teller.tellAll());
  }

  private async markVoid(): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      // In an index that is being read again, customers that are not there yet would look like gone.
      await requireIndex(manager);
      const now = this.clock.now();
      await reviseDigests(manager, [...(await voidReminders(manager, now)), ...(await voidNotices(manager, now))]);
    });
  }
}
