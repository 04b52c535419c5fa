export interface LeadQuestion {
  /** Calendar days from local today to the reclaim date; 0 or less when the customer is due. */
  daysLeft: number;
  /** The lead days of the pool, in any order. */
  leads: readonly number[];
  /** The leads at which this person was reminded of this customer for this reclaim date. */
  told: readonly number[];
}

export interface ReachedLead {
  /** The smallest lead that is reached: the one entry the person gets. */
  lead: number;
  /** Every lead that is reached, `lead` too: none of them is told again for this reclaim date. */
  covered: number[];
}

/**
 * docs/semantics.md#lead-days: at each lead, when the customer has that many days or fewer left and its owner has not
 * been reminded at that lead for this reclaim date. Several leads that are passed at once are one reminder, and being
 * reminded at a lead covers the longer ones. Days left are calendar days, in a pool that counts working days too: a
 * reminder says how near the date is.
 * @returns null when there is nothing to tell
 */
export function reachedLead({ daysLeft, leads, told }: LeadQuestion): ReachedLead | null {
  const covered = [...new Set(leads)].filter((lead) => daysLeft <= lead).sort((a, b) => a - b);
  const lead = covered[0];
  if (lead === undefined || told.some((earlier) => earlier <= lead)) return null;
  return { lead, covered };
}
