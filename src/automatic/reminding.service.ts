import { Injectable } from '@nestjs/common';
import { Job } from '../config/job.decorator';
import { ReminderService } from '../notifications/reminder.service';
import { FreshFacts } from './fresh-facts.service';

/** Nobody is reminded of what a follow-up that Twenty knows of has put off. */
@Injectable()
export class Reminding {
  constructor(
    private readonly facts: FreshFacts,
    private readonly reminders: ReminderService,
  ) {}

  /** @throws TwentyError, IndexBusyError */
  @Job('send-reminders')
  async run(): Promise<void> {
    await this.facts.gather();
    await this.reminders.send();
  }
}
