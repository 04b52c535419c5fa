import { say, type Locale } from '../domain/strings';
import { Button, Muted, Row } from './parts';
import type { PageOf, Pages } from './use-pages';

interface PagerProps {
  pages: Pages<PageOf>;
  /** Entries on this page. */
  count: number;
  /** Of all pages, where it is known. */
  total?: number;
  locale: Locale;
}

/** Which part of a list is shown, and the way to the parts before and after it; nothing when it is all there is to see. */
export function Pager({ pages: { before, next, previous, turning }, count, total, locale }: PagerProps) {
  const range = { first: Math.min(before + 1, before + count), last: before + count };
  const words = total === undefined ? say(locale, 'pageRange', range) : say(locale, 'pageRangeOf', { ...range, total });
  if (total === undefined && !next && !previous) return null;
  return (
    <Row>
      <span role="status">
        <Muted>{turning ? say(locale, 'loading') : words}</Muted>
      </span>
      {(next ?? previous) && (
        <>
          <Button label={say(locale, 'previousPage')} disabled={!previous || turning} onClick={() => previous?.()}>
            ‹
          </Button>
          <Button label={say(locale, 'nextPage')} disabled={!next || turning} onClick={() => next?.()}>
            ›
          </Button>
        </>
      )}
    </Row>
  );
}
