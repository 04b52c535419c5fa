import { Injectable } from '@nestjs/common';
import type { FollowedName } from '../twenty/records/followed-records.service';
import { CalendarEventSource } from './sources/calendar-event.source';
import { CustomerSources } from './sources/customer.source';
import type { FeedSource } from './sources/feed-source';
import { MessageSource } from './sources/message.source';
import { NoteSource } from './sources/note.source';
import { OpportunitySource } from './sources/opportunity.source';
import { TaskSource } from './sources/task.source';

/** Everything the feed follows, in the order in which it is taken. */
@Injectable()
export class FeedSources {
  readonly all: readonly FeedSource[];

  constructor(
    customers: CustomerSources,
    opportunities: OpportunitySource,
    notes: NoteSource,
    tasks: TaskSource,
    messages: MessageSource,
    calendarEvents: CalendarEventSource,
  ) {
    this.all = [customers.company, customers.person, opportunities, notes, tasks, messages, calendarEvents];
  }

  get names(): FollowedName[] {
    return this.all.flatMap(({ objects }) => objects);
  }

  /** The source that an object, or what belongs to it, is of. */
  of(name: FollowedName): FeedSource {
    const source = this.all.find(({ objects }) => objects.includes(name));
    if (!source) throw new TypeError(`No source has ${name}`);
    return source;
  }
}
