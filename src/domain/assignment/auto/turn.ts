/** Whose turn it is in a pool; kept between batches, so that shares are exact over all of them. */
export interface Turn {
  lastMemberId: string | null;
  /** What each member is owed by their weight, minus what they got; where there are no shares, the turns that came to nothing. */
  credits: Readonly<Record<string, number>>;
}

export const firstTurn: Turn = { lastMemberId: null, credits: {} };

export interface Weighted {
  memberId: string;
  weight: number;
}

/** The next after the one who was last, by id, in a circle. @param memberIds at least one */
export function nextInTurn(memberIds: readonly string[], lastMemberId: string | null): string {
  const sorted = [...memberIds].sort();
  const next = sorted.find((id) => lastMemberId !== null && id > lastMemberId) ?? sorted[0];
  if (next === undefined) throw new RangeError('Nobody is there to have a turn');
  return next;
}

/**
 * Smooth weighted round robin: everybody is credited their weight, whoever is owed most gets it and pays for it. After as
 * many as the sum of whole weights everybody has had exactly their weight.
 * @param members at least one with a weight above 0
 */
export function mostOwed(members: readonly Weighted[], credits: Turn['credits']): string {
  const owed = members.map(({ memberId, weight }) => ({ memberId, credit: (credits[memberId] ?? 0) + weight }));
  owed.sort((a, b) => b.credit - a.credit || (a.memberId < b.memberId ? -1 : 1));
  const [first] = owed;
  if (!first) throw new RangeError('Nobody is there to be owed');
  return first.memberId;
}

/** What is owed after `memberId` has got one. */
export function creditsAfter(
  members: readonly Weighted[],
  credits: Turn['credits'],
  memberId: string,
): Turn['credits'] {
  return charged(members, credits, memberId, 1);
}

/** What was owed before `memberId` got one. */
export function creditsBefore(
  members: readonly Weighted[],
  credits: Turn['credits'],
  memberId: string,
): Turn['credits'] {
  return charged(members, credits, memberId, -1);
}

function charged(
  members: readonly Weighted[],
  credits: Turn['credits'],
  memberId: string,
  times: 1 | -1,
): Turn['credits'] {
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  const after: Record<string, number> = { ...credits };
  for (const member of members) after[member.memberId] = (after[member.memberId] ?? 0) + times * member.weight;
  after[memberId] = (after[memberId] ?? 0) - times * total;
  return after;
}
