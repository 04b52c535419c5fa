import { Command, enqueueSnackbar, useLocale, useSelectedRecordIds } from 'twenty-sdk/front-component';
import { claimSelection } from '../actions/claim-selection';
import type { CustomerObject } from '../domain/engine.types';
import { say, toLocale } from '../domain/strings';
import { openConsole } from '../engine/open-console';
import { createEngineClient } from '../engine/engine-client';
import { readHost } from '../engine/host';

/** Claims the selected records. Headless: Twenty greys the button while it runs. */
export function ClaimAction({ object }: { object: CustomerObject }) {
  const locale = toLocale(useLocale());
  const recordIds = useSelectedRecordIds();
  return (
    <Command
      execute={async () => {
        if (recordIds.length === 0 && (await openConsole(readHost()))) {
          await enqueueSnackbar({ variant: 'info', message: say(locale, 'consoleInstead') });
          return;
        }
        const message = await claimSelection({ object, recordIds, locale, engine: createEngineClient(readHost(), locale) });
        await enqueueSnackbar(message);
      }}
    />
  );
}
