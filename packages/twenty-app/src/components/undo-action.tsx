import { CommandModal, useLocale, useSelectedRecordIds } from 'twenty-sdk/front-component';
import { undoLast } from '../actions/undo-last';
import type { CustomerObject } from '../domain/engine.types';
import { toSelection } from '../domain/selection';
import { say, toLocale } from '../domain/strings';
import { pageEngine } from '../engine/page-engine';
import { tell } from '../engine/tell';
import { consoleInstead } from './console-instead';

/** Asks once more, then takes the last change of the selected records back. */
export function UndoAction({ object }: { object: CustomerObject }) {
  const locale = toLocale(useLocale());
  const recordIds = useSelectedRecordIds();
  return (
    <CommandModal
      title={say(locale, 'undoTitle')}
      subtitle={say(locale, 'undoSubtitle')}
      confirmButtonText={say(locale, 'undoJob')}
      confirmButtonAccent="danger"
      execute={async () => {
        if (await consoleInstead(recordIds, 'manage', locale)) return;
        const selection = toSelection(object, recordIds, locale);
        await tell(
          'problem' in selection ? selection.problem : await undoLast(selection.customers, pageEngine(locale), locale),
        );
      }}
    />
  );
}
