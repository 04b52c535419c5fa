import { useState } from 'react';
import type { Attention, CustomerObject, CustomerRef } from '../domain/engine.types';
import { explainFault } from '../domain/fault';
import type { Locale } from '../domain/strings';
import { CONSOLE_REFS } from '../engine/documents';
import { pageEngine } from '../engine/page-engine';
import type { PoolStatus } from '../pool-tab/pool-tab.types';
import type { PageOf } from '../ui/use-pages';
import { keyOf } from './console.types';

/** Which customers a list is of. */
export interface ListFilter {
  poolId?: string | null;
  ownerId?: string | null;
  status?: PoolStatus;
  object?: CustomerObject;
  /** Part of the name. */
  search?: string;
  attention?: Attention;
}

export interface Selection {
  keys: ReadonlySet<string>;
  customers: CustomerRef[];
  /** Everything of the list was chosen, on whatever page it is. */
  whole: boolean;
  /** How many of the list have been gathered, while all of them are. */
  gathered: number | undefined;
  fault: string | undefined;
  set: (customers: CustomerRef[], chosen: boolean) => void;
  clear: () => void;
  /** Chooses everything of the list, also what no page has shown. */
  all: (filter: ListFilter) => void;
}

interface RefPage extends PageOf {
  customers: CustomerRef[];
}

interface State {
  chosen: ReadonlyMap<string, CustomerRef>;
  whole: boolean;
}

const NONE: State = { chosen: new Map(), whole: false };

/** What is chosen of a list; it stays chosen when the page is turned. */
export function useSelection(locale: Locale): Selection {
  const [{ chosen, whole }, setState] = useState(NONE);
  const [gathered, setGathered] = useState<number>();
  const [fault, setFault] = useState<string>();

  const set = (customers: CustomerRef[], choose: boolean) => {
    setState((before) => {
      const next = new Map(before.chosen);
      for (const customer of customers) {
        if (choose) next.set(keyOf(customer), { object: customer.object, recordId: customer.recordId });
        else next.delete(keyOf(customer));
      }
      return { chosen: next, whole: false };
    });
  };

  const gather = async (filter: ListFilter) => {
    setFault(undefined);
    setGathered(0);
    try {
      const found = new Map<string, CustomerRef>();
      let after: string | null = null;
      do {
        const { refs }: { refs: RefPage } = await pageEngine(locale).ask<{ refs: RefPage }>(CONSOLE_REFS, {
          ...filter,
          after,
        });
        for (const customer of refs.customers) found.set(keyOf(customer), customer);
        setGathered(found.size);
        after = refs.hasNextPage ? refs.endCursor : null;
      } while (after !== null);
      setState({ chosen: found, whole: true });
    } catch (error) {
      setFault(explainFault(error, locale));
    } finally {
      setGathered(undefined);
    }
  };

  return {
    keys: new Set(chosen.keys()),
    customers: [...chosen.values()],
    whole,
    gathered,
    fault,
    set,
    clear: () => setState(NONE),
    all: (filter) => void gather(filter),
  };
}
