import { closeSidePanel, useLocale, useSelectedRecordIds } from 'twenty-sdk/front-component';
import type { CustomerRef, Pool } from '../domain/engine.types';
import type { ReleaseReason } from '../domain/release-reasons';
import { say, toLocale, type Locale } from '../domain/strings';
import { readHost } from '../engine/host';
import { pageEngineClient } from '../engine/page-engine';
import { readReleaseReasons } from '../engine/release-reasons-source';
import { tell } from '../engine/tell';
import { ActionForm } from '../forms/action-form';
import type { FormField, FormSpec } from '../forms/form-spec';
import { Notice } from '../ui/parts';
import { QuestionState } from '../ui/question-state';
import { pageStyle, useTheme } from '../ui/theme';
import { useQuestion } from '../ui/use-question';

interface Needed {
  customers: CustomerRef[];
  pools: Pool[];
  reasons: ReleaseReason[];
}

async function load(selectionId: string | undefined, { fields }: FormSpec, locale: Locale): Promise<Needed> {
  const engine = pageEngineClient(locale);
  const asks = (wanted: FormField['kind']) => fields.some(({ kind }) => kind === wanted);
  const [customers, pools, reasons] = await Promise.all([
    selectionId === undefined ? [] : engine.stagedSelection(selectionId),
    asks('pool') ? engine.pools() : [],
    asks('releaseReason') ? readReleaseReasons(readHost(), locale) : [],
  ]);
  return { customers, pools: pools.filter(({ active }) => active), reasons };
}

/** The form of an action in the side panel, for the customers of a staged selection, whose id comes in the place of a record's. */
export function StagedForm({ spec }: { spec: FormSpec }) {
  const theme = useTheme();
  const locale = toLocale(useLocale());
  const [selectionId] = useSelectedRecordIds();
  const question = useQuestion(selectionId ?? 'none', locale, () => load(selectionId, spec, locale));
  const { answer } = question;
  return (
    <div style={pageStyle(theme)}>
      <QuestionState question={question} locale={locale} />
      {answer?.customers.length === 0 && <Notice tone="warn">{say(locale, 'selectionExpired')}</Notice>}
      {answer && answer.customers.length > 0 && (
        <ActionForm
          spec={spec}
          customers={answer.customers}
          pools={answer.pools}
          reasons={answer.reasons}
          locale={locale}
          onDone={(message) => void tell(message).then(closeSidePanel)}
          onCancel={() => void closeSidePanel()}
        />
      )}
    </div>
  );
}
