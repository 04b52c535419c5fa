import { useState } from 'react';
import { sayDate } from '../domain/days';
import { say, type Locale } from '../domain/strings';
import { readHost } from '../engine/host';
import { readMembers } from '../engine/members-source';
import { Badge, Button, Card, Columns, controlStyle, Labelled, Muted, Notice, Row } from '../ui/parts';
import { QuestionState } from '../ui/question-state';
import { TextField } from '../ui/text-field';
import { useTheme } from '../ui/theme';
import { useQuestion } from '../ui/use-question';
import { memberNameOf } from './member-limits';
import { addLeave, removeLeave, type TwentyRecord } from './twenty-records';
import { useSaving } from './use-saving';

interface LeavesProps {
  leaves: TwentyRecord[];
  today: string;
  mayEdit: boolean;
  locale: Locale;
  onSaved: () => void;
}

/** Who is away and when: present and coming leaves, of all members of the workspace. */
export function Leaves({ leaves, today, mayEdit, locale, onSaved }: LeavesProps) {
  const theme = useTheme();
  const { busy, fault, run } = useSaving(locale);
  const [open, setOpen] = useState(false);
  const current = leaves
    .filter(({ until }) => String(until ?? '') >= today)
    .sort((a, b) => String(a.from).localeCompare(String(b.from)));
  const remove = (id: string) =>
    run(async () => {
      await removeLeave(id);
      onSaved();
    });
  return (
    <Card
      title={say(locale, 'leaves')}
      aside={mayEdit && !open && <Button onClick={() => setOpen(true)}>{say(locale, 'addLeave')}</Button>}
    >
      <Muted>{say(locale, 'leavesMean')}</Muted>
      {open && (
        <AddLeave
          locale={locale}
          onClose={() => setOpen(false)}
          onAdded={() => {
            setOpen(false);
            onSaved();
          }}
        />
      )}
      {fault !== undefined && <Notice tone="bad" title={fault} />}
      {current.length === 0 && <Muted>{say(locale, 'noLeaves')}</Muted>}
      {current.length > 0 && (
        <ul aria-label={say(locale, 'leaves')} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
          {current.map((leave) => {
            const name = memberNameOf(leave);
            const [from, until] = [String(leave.from ?? ''), String(leave.until ?? '')];
            return (
              <li key={leave.id} style={{ borderTop: `1px solid ${theme.line}`, padding: '6px 0' }}>
                <Row>
                  <span style={{ fontWeight: 500 }}>{name}</span>
                  <span>{say(locale, 'dateRange', { from: sayDate(from, locale), to: sayDate(until, locale) })}</span>
                  {from <= today && <Badge tone="info">{say(locale, 'leaveNow')}</Badge>}
                  {typeof leave.reason === 'string' && leave.reason !== '' && <Muted>{leave.reason}</Muted>}
                  {mayEdit && (
                    <Button
                      look="plain"
                      label={say(locale, 'takeAway', { name })}
                      disabled={busy}
                      onClick={() => void remove(leave.id)}
                    >
                      {say(locale, 'remove')}
                    </Button>
                  )}
                </Row>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

function AddLeave({ locale, onClose, onAdded }: { locale: Locale; onClose: () => void; onAdded: () => void }) {
  const theme = useTheme();
  const [memberId, setMemberId] = useState('');
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const members = useQuestion('members', locale, () => readMembers(readHost()));
  const { busy, fault, run } = useSaving(locale);
  const chosen = members.answer?.find(({ id }) => id === memberId);
  const backwards = from !== '' && until !== '' && until < from;
  const add = () =>
    run(async () => {
      await addLeave({ memberId, from, until, reason: reason.trim(), name: chosen?.name ?? '' });
      onAdded();
    });
  const date = (caption: 'firstDay' | 'lastDay', value: string, set: (next: string) => void) => (
    <Labelled caption={say(locale, caption)}>
      <input
        type="date"
        style={controlStyle(theme)}
        value={value}
        disabled={busy}
        onChange={(event) => set(event.target.value)}
      />
    </Labelled>
  );
  return (
    <div role="form" aria-label={say(locale, 'addLeave')} style={{ display: 'flex', flexDirection: 'column', gap: 8 }}>
      <QuestionState question={members} locale={locale} />
      <Columns least={150}>
        <Labelled caption={say(locale, 'member')}>
          <select
            style={controlStyle(theme)}
            value={memberId}
            disabled={busy || !members.answer}
            onChange={(event) => setMemberId(event.target.value)}
          >
            <option value="">{say(locale, 'chooseMember')}</option>
            {members.answer?.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </Labelled>
        {date('firstDay', from, setFrom)}
        {date('lastDay', until, setUntil)}
        <Labelled caption={say(locale, 'reasonOptional')}>
          <TextField value={reason} disabled={busy} onChange={setReason} />
        </Labelled>
      </Columns>
      {backwards && <Notice tone="warn">{say(locale, 'leaveDates')}</Notice>}
      {fault !== undefined && <Notice tone="bad" title={fault} />}
      <Row>
        <Button
          look="primary"
          disabled={busy || !chosen || from === '' || until === '' || backwards}
          onClick={() => void add()}
        >
          {say(locale, busy ? 'saving' : 'addLeave')}
        </Button>
        <Button disabled={busy} onClick={onClose}>
          {say(locale, 'cancel')}
        </Button>
      </Row>
    </div>
  );
}
