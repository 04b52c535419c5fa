import { Command, SidePanelPages, enqueueSnackbar, openSidePanelPage, useLocale, useSelectedRecordIds } from 'twenty-sdk/front-component';
import { openForm } from '../actions/open-form';
import type { CustomerObject } from '../domain/engine.types';
import { say, toLocale, type StringKey } from '../domain/strings';
import type { ConsoleStart } from '../engine/open-console';
import { pageEngineClient } from '../engine/page-engine';
import { findComponentId } from '../engine/form-component';
import { readHost } from '../engine/host';
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

  const open = async (selectionId: string) => {
    await openSidePanelPage({
      page: SidePanelPages.ViewFrontComponent,
      frontComponentId: await findComponentId(readHost(), formId),
      recordId: selectionId,
      objectNameSingular: object === 'COMPANY' ? 'company' : 'person',
      pageTitle: say(locale, title),
      pageIcon: icon,
    });
  };

  return (
    <Command
      execute={async () => {
        if (await consoleInstead(recordIds, start, locale)) return;
        const message = await openForm({ object, recordIds, locale, engine: pageEngineClient(locale), open });
        if (message) await enqueueSnackbar(message);
      }}
    />
  );
}
