import type { Locale } from '../domain/customer/customer';
import type { OwnershipEventEntity } from '../storage/entities/ownership-event.entity';

/** Something that one member is told, as a task on the customer, because of one event. */
export interface Notice {
  event: OwnershipEventEntity;
  memberId: string;
  /** Follows from event and member, so that telling again changes nothing. */
  taskId: string;
  /** ISO instant. */
  dueAt: string;
  text: (customerName: string | null, locale: Locale) => { title: string; body: string };
}
