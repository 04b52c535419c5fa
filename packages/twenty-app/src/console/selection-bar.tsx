import { say, type Locale } from '../domain/strings';
import { Button, Muted, Notice, Row } from '../ui/parts';
import type { ListFilter, Selection } from './use-selection';

interface SelectionBarProps {
  selection: Selection;
  filter: ListFilter;
  /** Of the whole list. */
  total: number;
  locale: Locale;
}

/** How many are chosen, and the way to choose the whole list or nothing. */
export function SelectionBar({
  selection: { customers, whole, gathered, fault, clear, all },
  filter,
  total,
  locale,
}: SelectionBarProps) {
  if (gathered !== undefined)
    return (
      <span role="status">
        <Muted>{say(locale, 'gathering', { done: gathered, total })}</Muted>
      </span>
    );
  return (
    <>
      {customers.length > 0 && (
        <Row>
          <span role="status" style={{ fontWeight: 500 }}>
            {say(locale, whole ? 'allSelected' : 'selectedCount', { count: customers.length })}
          </span>
          {!whole && customers.length < total && (
            <Button look="plain" onClick={() => all(filter)}>
              {say(locale, 'selectAllOf', { total })}
            </Button>
          )}
          <Button look="plain" onClick={clear}>
            {say(locale, 'selectNone')}
          </Button>
        </Row>
      )}
      {fault !== undefined && <Notice tone="bad" title={fault} />}
    </>
  );
}
