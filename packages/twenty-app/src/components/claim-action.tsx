import { Command, useLocale, useSelectedRecordIds } from 'twenty-sdk/front-component';
import { claimSelection } from '../actions/claim-selection';
import { openForm } from '../actions/open-form';
import type { CustomerObject } from '../domain/engine.types';
import { toLocale } from '../domain/strings';
import { BATCH } from '../engine/in-batches';
import { openFormPanel } from '../engine/open-form-panel';
import { pageEngineClient } from '../engine/page-engine';
import { tell } from '../engine/tell';
import { consoleInstead } from './console-instead';

/**
 * Claims the selected records. Headless: Twenty greys the button while it runs, and shows no progress there; so what takes more than
 * one part is claimed in a form beside the list, which does.
 */
export function ClaimAction({ object, formId, icon }: { object: CustomerObject; formId: string; icon: string }) {
  const locale = toLocale(useLocale());
  const recordIds = useSelectedRecordIds();
  return (
    <Command
      execute={async () => {
        if (await consoleInstead(recordIds, 'claim', locale)) return;
        const engine = pageEngineClient(locale);
        const message =
          recordIds.length > BATCH
            ? await openForm({
                object,
                recordIds,
                locale,
                engine,
                open: openFormPanel({ object, formId, title: 'claimTitle', icon, locale }),
              })
            : await claimSelection({ object, recordIds, locale, engine });
        if (message) await tell(message);
      }}
    />
  );
}
