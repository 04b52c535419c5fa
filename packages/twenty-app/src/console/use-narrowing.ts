import { useEffect, useState } from 'react';
import type { CustomerObject } from '../domain/engine.types';
import type { Named } from '../pool-tab/pool-tab.types';
import type { ListFilter } from './use-selection';

const TYPING_MS = 350;

/** What a list is narrowed to by whoever looks at it. */
export interface Narrowing {
  search: string;
  /** null: both. */
  object: CustomerObject | null;
  /** null: whoever has it. */
  owner: Named | null;
  isNarrow: boolean;
  set: (change: Partial<Pick<Narrowing, 'search' | 'object' | 'owner'>>) => void;
  clear: () => void;
  /** What the engine is asked for; typed text is, once the typing stops. */
  filter: Pick<ListFilter, 'search' | 'object' | 'ownerId'>;
}

type Wish = Pick<Narrowing, 'search' | 'object' | 'owner'>;

const WIDE: Wish = { search: '', object: null, owner: null };

/** @param onChange another list is shown from now on */
export function useNarrowing(onChange: () => void): Narrowing {
  const [wish, setWish] = useState(WIDE);
  const [search, setSearch] = useState('');
  const wanted = wish.search.trim();
  useEffect(() => {
    if (wanted === search) return undefined;
    const timer = setTimeout(() => {
      setSearch(wanted);
      onChange();
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [wanted, search]);
  return {
    ...wish,
    isNarrow: wanted !== '' || wish.object !== null || wish.owner !== null,
    set: (change) => {
      setWish((before) => ({ ...before, ...change }));
      if (change.object !== undefined || change.owner !== undefined) onChange();
    },
    clear: () => {
      setWish(WIDE);
      setSearch('');
      onChange();
    },
    filter: {
      ...(search !== '' && { search }),
      ...(wish.object !== null && { object: wish.object }),
      ...(wish.owner !== null && { ownerId: wish.owner.id }),
    },
  };
}
