import { Command, SidePanelPages, enqueueSnackbar, openSidePanelPage, useLocale, useSelectedRecordIds } from 'twenty-sdk/front-component';
import { openReleaseForm } from '../actions/open-release-form';
import type { CustomerObject } from '../domain/engine.types';
import { say, toLocale } from '../domain/strings';
import { createEngineClient } from '../engine/engine-client';
import { findComponentId } from '../engine/form-component';
import { readHost } from '../engine/host';
import { releaseFormId } from '../plugin/release-form-id';

/** Opens the release form for the selected records. */
export function ReleaseAction({ object }: { object: CustomerObject }) {
  const locale = toLocale(useLocale());
  const recordIds = useSelectedRecordIds();

  const openForm = async (selectionId: string) => {
    await openSidePanelPage({
      page: SidePanelPages.ViewFrontComponent,
      frontComponentId: await findComponentId(readHost(), releaseFormId),
      recordId: selectionId,
      objectNameSingular: object === 'COMPANY' ? 'company' : 'person',
      pageTitle: say(locale, 'releaseTitle'),
      pageIcon: 'IconArrowBackUp',
    });
  };

  return (
    <Command
      execute={async () => {
        const message = await openReleaseForm({ object, recordIds, locale, engine: createEngineClient(readHost(), locale), openForm });
        if (message) await enqueueSnackbar(message);
      }}
    />
  );
}
