import type { StoredRecord } from './record.types';

interface Entry {
  readonly updatedAt: string;
  readonly id: string;
}

function before(a: Entry, b: Entry): boolean {
  return a.updatedAt < b.updatedAt || (a.updatedAt === b.updatedAt && a.id < b.id);
}

/**
 * Records in the order (updatedAt, id), kept while they are written: a page of the change cursor costs its own length, not a sort.
 * A changed record leaves a stale entry behind, which readers skip and compaction removes.
 */
export class ChangeOrder {
  private entries: Entry[] = [];
  private stale = 0;

  constructor(private readonly current: (id: string) => StoredRecord | undefined) {}

  put(record: StoredRecord, previous?: StoredRecord): void {
    if (previous) {
      if (previous.updatedAt === record.updatedAt) return;
      this.stale += 1;
    }
    const entry = { updatedAt: record.updatedAt, id: record.id };
    const last = this.entries.at(-1);
    if (!last || before(last, entry)) this.entries.push(entry);
    else this.entries.splice(this.position(entry), 0, entry);
    this.compactWhenStale();
  }

  remove(): void {
    this.stale += 1;
    this.compactWhenStale();
  }

  /** Live records from the first whose (updatedAt, id) is not before `from`. */
  *from(from?: Entry): Generator<StoredRecord> {
    const entries = this.entries;
    for (let index = from ? this.position(from) : 0; index < entries.length; index += 1) {
      const entry = entries[index];
      if (!entry) continue;
      const record = this.current(entry.id);
      if (record && record.updatedAt === entry.updatedAt) yield record;
    }
  }

  private position(entry: Entry): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const candidate = this.entries[middle];
      if (candidate && before(candidate, entry)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private compactWhenStale(): void {
    if (this.stale < 2000 || this.stale < this.entries.length / 2) return;
    const seen = new Set<string>();
    this.entries = this.entries.filter((entry) => {
      const live = this.current(entry.id)?.updatedAt === entry.updatedAt && !seen.has(entry.id);
      if (live) seen.add(entry.id);
      return live;
    });
    this.stale = 0;
  }
}
