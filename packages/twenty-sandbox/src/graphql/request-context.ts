import type { Caller } from '../auth/caller';
import type { RecordReader } from '../records/record-reader';
import type { RecordStore } from '../records/record-store';
import type { RecordWriter } from '../records/record-writer';

/** What the resolvers of one request work with. */
export interface RequestContext {
  caller: Caller;
  store: RecordStore;
  reader: RecordReader;
  writer: RecordWriter;
  /** Takes one rate token; called once for every root field. */
  spend: () => void;
}
