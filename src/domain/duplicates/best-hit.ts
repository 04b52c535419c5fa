import type { CustomerObject, PoolStatus } from '../customer/customer';

/** A managed customer, as far as being the same as another one goes. */
export interface Comparable {
  object: CustomerObject;
  recordId: string;
  status: PoolStatus;
  matchKeys: readonly string[];
}

/** More than so many that share a key are not one customer: it is a word like "test", or the address of a portal. */
export const mostAlike = 200;

/** docs/semantics.md#duplicates: a company by domain, then by name; a person by e-mail, then by phone. */
const evidence = ['d', 'n', 'e', 'p'];
const standing: readonly PoolStatus[] = ['OWNED', 'POOLED', 'ARCHIVED'];

/** Managed customers by match key, without keys that say nothing. */
export class Alike<T extends Comparable> {
  private readonly byKey = new Map<string, T[]>();

  /** @param keys all of whose customers are among those given */
  constructor(customers: Iterable<T>, keys: ReadonlySet<string>) {
    for (const customer of customers) {
      for (const key of customer.matchKeys) {
        if (!keys.has(key)) continue;
        const alike = this.byKey.get(key);
        if (alike) alike.push(customer);
        else this.byKey.set(key, [customer]);
      }
    }
    for (const [key, alike] of this.byKey) if (alike.length > mostAlike) this.byKey.delete(key);
  }

  /**
   * The one to be told of, of all that are the same customer: one that somebody owns before one that is pooled, then by the
   * stronger evidence, then always the same one.
   */
  bestHit(customer: Comparable): { other: T; key: string } | null {
    let best: { other: T; key: string } | null = null;
    for (const key of customer.matchKeys) {
      for (const other of this.byKey.get(key) ?? []) {
        if (other.object !== customer.object || other.recordId === customer.recordId) continue;
        if (!best || rank({ other, key }) < rank(best)) best = { other, key };
      }
    }
    return best;
  }

  /** What makes the customer the same as another. */
  keysOf(customer: Comparable): string[] {
    return customer.matchKeys.filter((key) => (this.byKey.get(key)?.length ?? 0) > 1);
  }

  /** Everybody who shares a key with the customer, without it. */
  allOf(customer: Comparable): T[] {
    const others = customer.matchKeys.flatMap((key) => this.byKey.get(key) ?? []);
    return [...new Set(others)].filter(
      ({ object, recordId }) => object === customer.object && recordId !== customer.recordId,
    );
  }
}

function rank({ other, key }: { other: Comparable; key: string }): string {
  return `${standing.indexOf(other.status)} ${evidence.indexOf(key.slice(0, 1))} ${other.recordId} ${key}`;
}
