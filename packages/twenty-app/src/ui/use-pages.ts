import { useEffect, useRef, useState } from 'react';
import type { Locale } from '../domain/strings';
import { useQuestion, type Question } from './use-question';

export interface PageOf {
  endCursor: string | null;
  hasNextPage: boolean;
}

export interface Pages<Page extends PageOf> {
  question: Question<Page>;
  /** The page there is to see; the former one while the next is on its way. */
  page: Page | undefined;
  /** Of how many entries before this page. */
  before: number;
  turning: boolean;
  next: (() => void) | undefined;
  previous: (() => void) | undefined;
}

interface Place {
  key: string;
  /** Where each page up to this one begins. */
  cursors: (string | null)[];
}

/**
 * A list of which one page is there at a time, however long it is: every element of a component crosses a message channel in Twenty.
 *
 * @param key says when it is another list, which begins with its first page
 * @param size how many entries every page but the last has
 */
export function usePages<Page extends PageOf>(
  key: string,
  size: number,
  locale: Locale,
  ask: (after: string | null) => Promise<Page>,
  isEmpty: (page: Page) => boolean,
): Pages<Page> {
  const [place, setPlace] = useState<Place>({ key, cursors: [null] });
  const { cursors } = place.key === key ? place : { cursors: [null] };
  const after = cursors.at(-1) ?? null;
  const question = useQuestion(JSON.stringify([key, after]), locale, () => ask(after));
  const latest = useRef<{ key: string; page: Page; before: number }>(undefined);
  if (question.answer) latest.current = { key, page: question.answer, before: (cursors.length - 1) * size };
  const shown = latest.current?.key === key ? latest.current : undefined;
  const turning = shown !== undefined && question.answer === undefined && question.fault === undefined;

  // What was on it is somewhere else now.
  const gone = question.answer !== undefined && cursors.length > 1 && isEmpty(question.answer);
  useEffect(() => {
    if (gone) setPlace({ key, cursors: cursors.slice(0, -1) });
  }, [gone]);

  const end = question.answer?.endCursor;
  return {
    question,
    page: shown?.page,
    before: shown?.before ?? 0,
    turning,
    next: question.answer?.hasNextPage && end ? () => setPlace({ key, cursors: [...cursors, end] }) : undefined,
    previous: cursors.length > 1 ? () => setPlace({ key, cursors: cursors.slice(0, -1) }) : undefined,
  };
}
