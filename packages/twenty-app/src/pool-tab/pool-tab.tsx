import { useState } from 'react';
import { useLocale, useSelectedRecordIds } from 'twenty-sdk/front-component';
import { sayDate, sayInstant } from '../domain/days';
import type { CustomerObject, MoreTimeRequest } from '../domain/engine.types';
import { say, toLocale, type Locale } from '../domain/strings';
import type { Message } from '../domain/summary';
import { POOL_TAB } from '../engine/documents';
import { pageEngine } from '../engine/page-engine';
import { readHost } from '../engine/host';
import { readReleaseReasons } from '../engine/release-reasons-source';
import { tell } from '../engine/tell';
import { ActionForm } from '../forms/action-form';
import { ReassignPanel } from '../assignment/reassign-panel';
import type { ReleaseReason } from '../domain/release-reasons';
import { Badge, Button, Card, Columns, Fact, Muted, Notice, Row } from '../ui/parts';
import { QuestionState } from '../ui/question-state';
import { pageStyle, useTheme, type Tone } from '../ui/theme';
import { useQuestion } from '../ui/use-question';
import { ClaimBox } from './claim-box';
import { Countdown } from './countdown';
import type { Named, PoolStatus, PoolTabAnswer, TabCustomer, TabSubject } from './pool-tab.types';
import { tabActions, undoable } from './tab-actions';
import { Timeline } from './timeline';
import { UndoBox } from './undo-box';

const TONES: Record<PoolStatus, Tone> = { OWNED: 'good', POOLED: 'info', ARCHIVED: 'neutral' };

const AGAIN_AFTER_MS = [2_000, 6_000];

interface Shown extends PoolTabAnswer {
  reasons: ReleaseReason[];
}

async function load(subject: TabSubject, locale: Locale): Promise<Shown> {
  const host = readHost();
  const [answer, reasons] = await Promise.all([
    pageEngine(locale).ask<PoolTabAnswer>(POOL_TAB, { ...subject }),
    readReleaseReasons(host, locale),
  ]);
  return { ...answer, reasons };
}

/** The Pool tab of a record: who has it, for how long still and why, who may take it, what happened, what can be done. */
export function PoolTab({ object }: { object: CustomerObject }) {
  const theme = useTheme();
  const locale = toLocale(useLocale());
  const [recordId = ''] = useSelectedRecordIds();
  const subject: TabSubject = { object, recordId };
  const [open, setOpen] = useState<string>();
  const question = useQuestion(recordId === '' ? null : `${object} ${recordId}`, locale, () => load(subject, locale));
  const { answer } = question;

  const done = (message: Message) => {
    setOpen(undefined);
    void tell(message);
    question.again();
    // What is written to Twenty, such as a follow-up, counts a moment later.
    for (const delay of AGAIN_AFTER_MS) setTimeout(question.again, delay);
  };

  const actions = answer ? tabActions(answer) : [];
  const chosen = actions.find(({ id }) => id === open);
  const last = answer && undoable(answer);
  const close = () => setOpen(undefined);

  return (
    <div style={pageStyle(theme)}>
      <QuestionState question={question} locale={locale} />
      {answer && !answer.customer && <Notice tone="info">{say(locale, 'notManaged')}</Notice>}
      {answer?.customer && (
        <>
          <Columns least={280}>
            <Standing customer={answer.customer} locale={locale} />
            {answer.customer.status === 'OWNED' && (
              <Clock customer={answer.customer} today={answer.viewer.today} locale={locale} />
            )}
            {answer.customer.status === 'POOLED' && (
              <Card title={say(locale, 'claimNow')}>
                <ClaimBox
                  customer={answer.customer}
                  subject={subject}
                  allowance={answer.viewer}
                  locale={locale}
                  onDone={done}
                />
              </Card>
            )}
          </Columns>
          {answer.customer.moreTime && (
            <Asked asked={answer.customer.moreTime} owner={answer.customer.owner} locale={locale} />
          )}
          <Row>
            {actions.map(({ id, title, look }) => (
              <Button key={id} look={look} pressed={open === id} onClick={() => setOpen(open === id ? undefined : id)}>
                {say(locale, title)}
              </Button>
            ))}
          </Row>
          {chosen && (
            <Card title={say(locale, chosen.title)}>
              {chosen.opens === 'REASSIGN' && (
                <ReassignPanel
                  selection={{ customers: [subject] }}
                  intro={say(locale, 'reassignOne')}
                  locale={locale}
                  onOver={question.again}
                  onCancel={close}
                />
              )}
              {chosen.opens === 'UNDO' && last && (
                <UndoBox event={last} subject={subject} locale={locale} onDone={done} onCancel={close} />
              )}
              {typeof chosen.opens !== 'string' && (
                <ActionForm
                  key={chosen.id}
                  spec={chosen.opens}
                  customers={[subject]}
                  pools={answer.pools.filter(({ active, id }) => active && id !== answer.customer?.pool.id)}
                  reasons={answer.reasons}
                  locale={locale}
                  onDone={done}
                  onCancel={close}
                />
              )}
            </Card>
          )}
          <Card title={say(locale, 'history')}>
            <Timeline
              key={answer.ownershipEvents.events[0]?.id ?? ''}
              first={answer.ownershipEvents}
              subject={subject}
              today={answer.viewer.today}
              locale={locale}
              reasons={new Map(answer.reasons.map(({ code, label }) => [code, label]))}
            />
          </Card>
        </>
      )}
    </div>
  );
}

function Asked({
  asked: { days, reason, waitsUntil },
  owner,
  locale,
}: {
  asked: MoreTimeRequest;
  owner: Named | null;
  locale: Locale;
}) {
  return (
    <Notice
      tone="info"
      title={say(locale, 'asksForMore', { name: owner?.name ?? say(locale, 'unknownMember'), days })}
    >{`${reason}\n${say(locale, 'asksMeanwhile', { date: sayDate(waitsUntil, locale) })}`}</Notice>
  );
}

function Standing({ customer, locale }: { customer: TabCustomer; locale: Locale }) {
  const { status, owner, pool, ownedSince, pooledSince, lastActivityAt } = customer;
  const since = status === 'OWNED' ? ownedSince : pooledSince;
  return (
    <Card title={say(locale, 'standing')} aside={<Badge tone={TONES[status]}>{say(locale, `status${status}`)}</Badge>}>
      <Columns least={150}>
        <Fact name={say(locale, 'owner')}>{owner?.name ?? say(locale, 'nobody')}</Fact>
        <Fact name={say(locale, 'pool')}>{pool.name}</Fact>
        {since !== null && (
          <Fact name={say(locale, status === 'OWNED' ? 'ownedSinceLabel' : 'pooledSinceLabel')}>
            {sayInstant(since, locale)}
          </Fact>
        )}
        <Fact name={say(locale, 'lastActivity')}>
          {lastActivityAt === null ? say(locale, 'never') : sayInstant(lastActivityAt, locale)}
        </Fact>
      </Columns>
    </Card>
  );
}

function Clock({ customer, today, locale }: { customer: TabCustomer; today: string; locale: Locale }) {
  const theme = useTheme();
  const { clock } = customer;
  return (
    <Card>
      <Countdown customer={customer} today={today} locale={locale} />
      {clock && (
        <div>
          <Muted>{say(locale, 'why')}</Muted>
          <div style={{ whiteSpace: 'pre-line' }}>{clock.text}</div>
        </div>
      )}
      {clock && clock.rules.length > 1 && (
        <ul aria-label={say(locale, 'rules')} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
          {clock.rules.map(({ rule, days, deadline, binding }) => (
            <li
              key={rule}
              style={{
                display: 'flex',
                flexWrap: 'wrap',
                justifyContent: 'space-between',
                gap: 8,
                padding: '4px 0',
                borderTop: `1px solid ${theme.line}`,
                fontWeight: binding ? 600 : 400,
              }}
            >
              <span>
                {say(locale, 'ruleDays', { rule: say(locale, `rule${rule}`), days })}{' '}
                {binding && <Badge tone="warn">{say(locale, 'deciding')}</Badge>}
              </span>
              <span>{sayDate(deadline, locale)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
