import { NOT_REACHED, type Allowance, type Outcome, type Result } from './engine.types';
import { isKnownRefusal, say, type Locale, type StringKey } from './strings';

export type ActionName =
  | 'claim'
  | 'release'
  | 'assign'
  | 'protect'
  | 'hold'
  | 'moreTime'
  | 'decideMoreTime'
  | 'quiet'
  | 'moveToPool'
  | 'archive'
  | 'restore'
  | 'followUp';

/** A message as Twenty's snackbar takes it. */
export interface Message {
  variant: 'success' | 'info' | 'warning' | 'error';
  message: string;
  detailedMessage?: string;
}

// A snackbar holds about four lines.
const MOST_DETAILS = 3;
const MOST_WARNINGS = 2;
const MOST_NAMES = 3;

const WORDS: Record<ActionName, { one: StringKey; many: StringKey }> = {
  claim: { one: 'claimedOne', many: 'claimed' },
  release: { one: 'releasedOne', many: 'released' },
  assign: { one: 'assignedOne', many: 'assigned' },
  protect: { one: 'protectedOne', many: 'protected' },
  hold: { one: 'heldOne', many: 'held' },
  moreTime: { one: 'moreTimeOne', many: 'moreTime' },
  decideMoreTime: { one: 'decidedOne', many: 'decided' },
  quiet: { one: 'quietedOne', many: 'quieted' },
  moveToPool: { one: 'movedOne', many: 'moved' },
  archive: { one: 'archivedOne', many: 'archived' },
  restore: { one: 'restoredOne', many: 'restored' },
  followUp: { one: 'followedUpOne', many: 'followedUp' },
};

type LimitedCode = 'CAPACITY' | 'CLAIM_LIMIT';

const isLimited = (code: string): code is LimitedCode => code === 'CAPACITY' || code === 'CLAIM_LIMIT';

/** The limit that refused these, when it is one and the same for all of them. */
function sharedLimit(code: LimitedCode, outcomes: Outcome[], allowance: Allowance): number | undefined {
  const limits = new Set(
    outcomes.map(({ customer }) => {
      const rows: { pool: { id: string } | null; used: number; limit: number | null }[] =
        code === 'CAPACITY' ? allowance.capacities : allowance.claimsLeft;
      const binding = rows
        .filter(({ pool }) => pool === null || pool.id === customer?.pool.id)
        .filter(({ used, limit }) => limit !== null && used >= limit);
      // The smaller free room binds; at the end of the room the smaller limit is the one met.
      return binding.reduce<number | null>(
        (least, { limit }) => (limit !== null && (least === null || limit < least) ? limit : least),
        null,
      );
    }),
  );
  const [only] = limits;
  return limits.size === 1 && only !== null ? only : undefined;
}

function phrase(code: string, outcomes: Outcome[], allowance: Allowance | undefined, locale: Locale): string {
  if (code === NOT_REACHED) return say(locale, code);
  if (!isKnownRefusal(code)) return say(locale, 'OTHER_REFUSAL');
  if (!isLimited(code) || !allowance) return say(locale, code);
  const limit = sharedLimit(code, outcomes, allowance);
  return limit === undefined ? say(locale, code) : say(locale, `${code}_OF`, { limit });
}

function byCode(refused: Outcome[]): [string, Outcome[]][] {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of refused) {
    const code = outcome.refusal?.code ?? '';
    groups.set(code, [...(groups.get(code) ?? []), outcome]);
  }
  return [...groups].sort(([, a], [, b]) => b.length - a.length);
}

const nameOf = ({ customer }: Outcome, locale: Locale): string => customer?.name || say(locale, 'thisCustomer');

function atMost(lines: string[], most: number, locale: Locale): string[] {
  return lines.length > most ? [...lines.slice(0, most), say(locale, 'more', { count: lines.length - most })] : lines;
}

/** Those for whom the engine says the same are named together. */
function refusalDetails(refused: Outcome[], locale: Locale): string[] {
  const told = new Map<string, string[]>();
  for (const outcome of refused) {
    const message = outcome.refusal?.message;
    if (message) told.set(message, [...(told.get(message) ?? []), nameOf(outcome, locale)]);
  }
  const lines = [...told].map(([message, names]) =>
    say(locale, 'detail', { name: atMost(names, MOST_NAMES, locale).join(say(locale, 'listSeparator')), message }),
  );
  return atMost(lines, MOST_DETAILS, locale);
}

/** A colleague may have the same customer (docs/semantics.md#duplicates): said of whatever was granted all the same. */
function warningLines(outcomes: Outcome[], locale: Locale): string[] {
  const lines = outcomes.flatMap((outcome) =>
    (outcome.warnings ?? []).map((warning) =>
      outcomes.length === 1 ? warning : say(locale, 'detail', { name: nameOf(outcome, locale), message: warning }),
    ),
  );
  return atMost(lines, MOST_WARNINGS, locale);
}

/** The smaller free room binds. */
function tightest(rows: { used: number; limit: number | null }[]): { used: number; limit: number } | undefined {
  const limited = rows.flatMap(({ used, limit }) => (limit === null ? [] : [{ used, limit }]));
  return limited.sort((a, b) => a.limit - a.used - (b.limit - b.used))[0];
}

/**
 * "You have 37 of 50", for these pools (docs/semantics.md#capacity: both numbers are always shown). Nothing where
 * nothing is limited.
 */
export function allowanceLines(pools: ReadonlySet<string>, allowance: Allowance, locale: Locale): string[] {
  const holding = tightest(allowance.capacities.filter(({ pool }) => pool === null || pools.has(pool.id)));
  const claims = tightest(allowance.claimsLeft.filter(({ pool }) => pools.has(pool.id)));
  const parts = [
    ...(holding ? [say(locale, 'holding', holding)] : []),
    ...(claims ? [say(locale, 'claimsUsed', claims)] : []),
  ];
  return parts.length > 0 ? [parts.join(say(locale, 'listSeparator'))] : [];
}

function variantOf(done: number, pending: number, refused: number, warned: boolean): Message['variant'] {
  if (refused > 0) return done + pending === 0 ? 'error' : 'warning';
  if (warned) return 'warning';
  return pending === 0 ? 'success' : 'info';
}

/**
 * Says what was done, and what was refused and why: "12 claimed, 3 refused: 2 already taken, 1 over your limit of 50".
 * For one customer the engine's own sentence is shown, which names who has it or until when.
 */
export function summarize(action: ActionName, { outcomes }: Result, locale: Locale, allowance?: Allowance): Message {
  const done = outcomes.filter(({ status }) => status === 'DONE');
  const pending = outcomes.filter(({ status }) => status === 'PENDING');
  const refused = outcomes.filter(({ status }) => status === 'REFUSED');
  const warnings = warningLines(outcomes, locale);
  const variant = variantOf(done.length, pending.length, refused.length, warnings.length > 0);
  const pools = new Set(outcomes.flatMap(({ customer }) => (customer ? [customer.pool.id] : [])));
  const numbers = action === 'claim' && allowance ? allowanceLines(pools, allowance, locale) : [];
  const after = [...warnings, ...(pending.length > 0 ? [say(locale, 'pendingHint')] : []), ...numbers];

  const [only] = outcomes;
  if (outcomes.length === 1 && only) {
    const name = nameOf(only, locale);
    switch (only.status) {
      case 'REFUSED':
        return withDetails({ variant, message: only.refusal?.message || phrase('', [only], allowance, locale) }, after);
      case 'DONE':
        return withDetails({ variant, message: say(locale, WORDS[action].one, { name }) }, after);
      case 'PENDING':
        return withDetails({ variant, message: say(locale, 'pendingOne', { name }) }, after);
    }
  }

  const reasons = byCode(refused).map(([code, group]) =>
    say(locale, 'reason', { count: group.length, phrase: phrase(code, group, allowance, locale) }),
  );
  const separator = say(locale, 'listSeparator');
  const parts = [
    ...(done.length > 0 ? [say(locale, WORDS[action].many, { count: done.length })] : []),
    ...(pending.length > 0 ? [say(locale, 'pending', { count: pending.length })] : []),
    ...(refused.length > 0
      ? [say(locale, 'refused', { count: refused.length, reasons: reasons.join(separator) })]
      : []),
  ];
  return withDetails({ variant, message: parts.join(separator) }, [...refusalDetails(refused, locale), ...after]);
}

function withDetails(message: Message, details: string[]): Message {
  return details.length > 0 ? { ...message, detailedMessage: details.join('\n') } : message;
}
