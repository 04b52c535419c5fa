import { useLocale, useSelectedRecordIds } from 'twenty-sdk/front-component';
import { ReassignPanel } from '../assignment/reassign-panel';
import { say, toLocale } from '../domain/strings';
import { pageEngineClient } from '../engine/page-engine';
import { Notice } from '../ui/parts';
import { QuestionState } from '../ui/question-state';
import { pageStyle, useTheme } from '../ui/theme';
import { useQuestion } from '../ui/use-question';

/** Reassigning in the side panel, for the customers of a staged selection. It stays open: progress and undo are there. */
export function StagedReassign() {
  const theme = useTheme();
  const locale = toLocale(useLocale());
  const [selectionId] = useSelectedRecordIds();
  const question = useQuestion(selectionId ?? 'none', locale, async () =>
    selectionId === undefined ? [] : pageEngineClient(locale).stagedSelection(selectionId),
  );
  const { answer: customers } = question;
  return (
    <div style={pageStyle(theme)}>
      <QuestionState question={question} locale={locale} />
      {customers?.length === 0 && <Notice tone="warn">{say(locale, 'selectionExpired')}</Notice>}
      {customers && customers.length > 0 && (
        <ReassignPanel
          selection={{ customers }}
          intro={say(locale, 'reassignIntro', { count: customers.length })}
          locale={locale}
          onOver={() => undefined}
        />
      )}
    </div>
  );
}
