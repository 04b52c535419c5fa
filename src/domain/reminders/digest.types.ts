import type { CleanUpReason } from '../clean-up/clean-up.types';
import type { CustomerRef, RuleKind } from '../customer/customer';

export type ReminderAudience = 'OWNER' | 'MANAGER';

/** What managers are told of besides reclaim dates that come near. */
export type NoticeKind = 'UNCLAIMED' | 'UNTOUCHED' | CleanUpReason;

export interface NamedCustomer extends CustomerRef {
  name: string | null;
}

export interface DigestEntry extends NamedCustomer {
  /** Local date. */
  reclaimOn: string;
  rule: RuleKind | null;
  ownerName: string | null;
}

/** Customers of one pool that nobody claimed, or that were given out and never worked on, for that many days; or that came back that often. */
export interface DigestNotice {
  kind: NoticeKind;
  poolName: string;
  /** The pool's number; of returns where they are what counts. */
  days: number;
  /** How many there were when it was made; `customers` are the first of them for whom it still holds. */
  total: number;
  customers: NamedCustomer[];
}

/** One message to one person. */
export interface Digest {
  audience: ReminderAudience;
  memberName: string;
  /** Nearest reclaim date first. */
  entries: DigestEntry[];
  notices: DigestNotice[];
}

export const WEBHOOK_KINDS = ['SLACK', 'WECOM', 'DINGTALK', 'FEISHU', 'JSON'] as const;
export type WebhookKind = (typeof WEBHOOK_KINDS)[number];

/** Where digests are posted to besides tasks. The address is a secret too: whoever has it may post. */
export interface ReminderWebhook {
  kind: WebhookKind;
  url: string;
  /** Signs the message where the service has that: DingTalk, Feishu, JSON. */
  secret?: string;
}
