import { Command, SidePanelPages, enqueueSnackbar, openSidePanelPage, useLocale, useSelectedRecordIds } from 'twenty-sdk/front-component';
import { openForm } from '../actions/open-form';
import type { CustomerObject } from '../domain/engine.types';
import { say, toLocale, type StringKey } from '../domain/strings';
import { openConsole } from '../engine/open-console';
import { createEngineClient } from '../engine/engine-client';
import { findComponentId } from '../engine/form-component';
import { readHost } from '../engine/host';

export interface OpenFormActionProps {
  object: CustomerObject;
  /** Universal identifier of the form's component. */
  formId: string;
  title: StringKey;
  icon: string;
}

/** Opens the form of an action beside the list, for the selected records. */
export function OpenFormAction({ object, formId, title, icon }: OpenFormActionProps) {
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
        if (recordIds.length === 0 && (await openConsole(readHost()))) {
          await enqueueSnackbar({ variant: 'info', message: say(locale, 'consoleInstead') });
          return;
        }
        const message = await openForm({ object, recordIds, locale, engine: createEngineClient(readHost(), locale), open });
        if (message) await enqueueSnackbar(message);
      }}
    />
  );
}
