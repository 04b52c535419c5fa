import type { CustomerObject, Locale } from './customer';

/** What may act on a member's behalf: a step of a workflow, or a tool of Twenty's AI. */
export type AutomationKind = 'WORKFLOW' | 'AI';

/** What the history says a change came by, when nobody pressed a button for it. */
export type ChangeCause = AutomationKind | 'ACTIVITY';

/** Who Twenty says the caller is, or the member on whose behalf an automation of our own app calls. */
export interface ActingMember {
  memberId: string;
  name: string;
  email: string | null;
  /** Never for an automation: it has the member's own rights in the pools and no more. */
  isWorkspaceAdmin: boolean;
  locale: Locale;
  /** What the member's role in Twenty lets them see and change; absent where Twenty does not say, as for an automation. */
  records?: { read: readonly CustomerObject[]; change: readonly CustomerObject[]; hidesFields?: true };
  /** Absent when the member calls in person. */
  via?: AutomationKind;
}

/** May the member see such records in Twenty? Then here too, and otherwise not here either. */
export function maySee({ records }: ActingMember, object: CustomerObject): boolean {
  return records?.read.includes(object) ?? true;
}
