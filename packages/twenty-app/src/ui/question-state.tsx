import { say, type Locale } from '../domain/strings';
import { Button, Muted, Notice, Row } from './parts';
import type { Question } from './use-question';

/**
 * Loading, slow and failed, each in words and with what can be done; nothing when there is an answer and no fault.
 *
 * @param shown something is there to be seen meanwhile: loading needs no word, only slowness does
 */
export function QuestionState({
  question,
  locale,
  shown = false,
}: {
  question: Question<unknown>;
  locale: Locale;
  shown?: boolean;
}) {
  if (question.fault !== undefined) {
    return (
      <Notice tone="bad" title={question.fault}>
        <div style={{ marginTop: 8 }}>
          <Row>
            <Button onClick={question.again} disabled={question.waiting}>
              {say(locale, 'tryAgain')}
            </Button>
            {question.waiting && <Muted>{say(locale, 'loading')}</Muted>}
          </Row>
        </div>
      </Notice>
    );
  }
  if (question.answer !== undefined || (shown && !question.slow)) return null;
  return (
    <div role="status">
      <Muted>{say(locale, question.slow ? 'slow' : 'loading')}</Muted>
    </div>
  );
}
