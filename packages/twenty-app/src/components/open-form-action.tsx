import { Command, useLocale, useSelectedRecordIds } from 'twenty-sdk/front-component';
import { openForm } from '../actions/open-form';
import type { CustomerObject } from '../domain/engine.types';
import { toLocale, type StringKey } from '../domain/strings';
import type { ConsoleStart } from '../engine/open-console';
import { openFormPanel } from '../engine/open-form-panel';
import { pageEngineClient } from '../engine/page-engine';
import { tell } from '../engine/tell';
import { consoleInstead } from './console-instead';

export interface OpenFormActionProps {
  object: CustomerObject;
  /** Universal identifier of the form's component. */
  formId: string;
  title: StringKey;
  icon: string;
  /** Where the console does the same for everything. */
  start: ConsoleStart;
}

/** Opens the form of an action beside the list, for the selected records. */
export function OpenFormAction({ object, formId, title, icon, start }: OpenFormActionProps) {
  const locale = toLocale(useLocale());
  const recordIds = useSelectedRecordIds();

  return (
    <Command
      execute={async () => {
        if (await consoleInstead(recordIds, start, locale)) return;
        const message = await openForm({
          object,
          recordIds,
          locale,
          engine: pageEngineClient(locale),
          open: openFormPanel({ object, formId, title, icon, locale }),
        });
        if (message) await tell(message);
      }}
    />
  );
}
