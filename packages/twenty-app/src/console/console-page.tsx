import { useState } from 'react';
import { useLocale } from 'twenty-sdk/front-component';
import { say, toLocale } from '../domain/strings';
import { CONSOLE_OVERVIEW } from '../engine/documents';
import { pageEngine } from '../engine/page-engine';
import { QuestionState } from '../ui/question-state';
import { Tabs } from '../ui/tabs';
import { pageStyle, useTheme } from '../ui/theme';
import { useQuestion } from '../ui/use-question';
import type { Overview } from './console.types';
import { ManagePools } from './manage-pools';
import { MyBook } from './my-book';
import { OpenPools } from './open-pools';

type Part = 'book' | 'open' | 'manage';

/** The pool console: a rep's book, what there is to claim, and for managers their pools. `start`: which of them first. */
export function ConsolePage({ start = 'book' }: { start?: Part }) {
  const theme = useTheme();
  const locale = toLocale(useLocale());
  const [part, setPart] = useState<Part>(start);
  const question = useQuestion('overview', locale, () => pageEngine(locale).ask<Overview>(CONSOLE_OVERVIEW));
  const { answer } = question;
  // Whoever asked for more time waits for an answer; the rest can wait for a manager.
  const waiting = answer?.attention.find(({ kind }) => kind === 'MORE_TIME')?.count ?? 0;
  const parts = [
    { id: 'book' as const, name: say(locale, 'consoleBook') },
    { id: 'open' as const, name: say(locale, 'consoleOpen') },
    ...(answer && answer.viewer.managedPools.length > 0
      ? [
          {
            id: 'manage' as const,
            name:
              waiting > 0
                ? say(locale, 'counted', { name: say(locale, 'consoleManage'), count: waiting })
                : say(locale, 'consoleManage'),
          },
        ]
      : []),
  ];
  // Whoever manages nothing (any more) sees their own book.
  const shown = parts.some(({ id }) => id === part) ? part : 'book';
  return (
    <div style={pageStyle(theme)}>
      <QuestionState question={question} locale={locale} />
      {answer && (
        <>
          <Tabs label={say(locale, 'consoleParts')} tabs={parts} chosen={shown} onChoose={setPart}>
            {shown === 'book' && <MyBook overview={answer} locale={locale} onChanged={question.again} />}
            {shown === 'open' && <OpenPools overview={answer} locale={locale} onChanged={question.again} />}
            {shown === 'manage' && <ManagePools overview={answer} locale={locale} onChanged={question.again} />}
          </Tabs>
        </>
      )}
    </div>
  );
}
