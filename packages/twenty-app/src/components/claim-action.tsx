import { Command, enqueueSnackbar, updateProgress, useLocale, useSelectedRecordIds } from 'twenty-sdk/front-component';
import { claimSelection } from '../actions/claim-selection';
import type { CustomerObject } from '../domain/engine.types';
import { toLocale } from '../domain/strings';
import { pageEngineClient } from '../engine/page-engine';
import { consoleInstead } from './console-instead';

/** Claims the selected records. Headless: Twenty greys the button while it runs. */
export function ClaimAction({ object }: { object: CustomerObject }) {
  const locale = toLocale(useLocale());
  const recordIds = useSelectedRecordIds();
  return (
    <Command
      execute={async () => {
        if (await consoleInstead(recordIds, 'claim', locale)) return;
        const onProgress = (share: number) => void (share < 1 && updateProgress(share));
        await enqueueSnackbar(await claimSelection({ object, recordIds, locale, engine: pageEngineClient(locale), onProgress }));
      }}
    />
  );
}
