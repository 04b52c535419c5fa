import { closeSidePanel, enqueueSnackbar, useLocale, useSelectedRecordIds } from 'twenty-sdk/front-component';
import type { CustomerRef, Pool } from '../domain/engine.types';
import { say, toLocale, type Locale } from '../domain/strings';
import { createEngineClient } from '../engine/engine-client';
import { readHost } from '../engine/host';
import { ActionForm } from '../forms/action-form';
import type { FormSpec } from '../forms/form-spec';
import { Notice } from '../ui/parts';
import { QuestionState } from '../ui/question-state';
import { pageStyle, useTheme } from '../ui/theme';
import { useQuestion } from '../ui/use-question';

async function load(selectionId: string | undefined, locale: Locale): Promise<{ customers: CustomerRef[]; pools: Pool[] }> {
  const engine = createEngineClient(readHost(), locale);
  const [customers, pools] = await Promise.all([selectionId === undefined ? [] : engine.stagedSelection(selectionId), engine.pools()]);
  return { customers, pools: pools.filter(({ active }) => active) };
}

/** The form of an action in the side panel, for the customers of a staged selection, whose id comes in the place of a record's. */
export function StagedForm({ spec }: { spec: FormSpec }) {
  const theme = useTheme();
  const locale = toLocale(useLocale());
  const [selectionId] = useSelectedRecordIds();
  const question = useQuestion(selectionId ?? 'none', locale, () => load(selectionId, locale));
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
          locale={locale}
          onDone={(message) => void enqueueSnackbar(message).then(closeSidePanel)}
          onCancel={() => void closeSidePanel()}
        />
      )}
    </div>
  );
}
