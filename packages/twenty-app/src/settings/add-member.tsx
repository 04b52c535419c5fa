import { useState } from 'react';
import { say, type Locale } from '../domain/strings';
import { readHost } from '../engine/host';
import { readMembers } from '../engine/members-source';
import { Button, controlStyle, Labelled, Notice, Row } from '../ui/parts';
import { QuestionState } from '../ui/question-state';
import { useTheme } from '../ui/theme';
import { useQuestion } from '../ui/use-question';
import { membershipFields } from './policy-fields';
import { addMembership } from './twenty-records';
import { useSaving } from './use-saving';

interface AddMemberProps {
  poolId: string;
  /** Ids of those who are in the pool already. */
  present: string[];
  locale: Locale;
  onAdded: () => void;
}

const roleField = membershipFields.find(({ name }) => name === 'memberRole');
const ROLES = roleField?.type === 'SELECT' ? roleField.options : [];

/** Takes one more member into a pool, as a member or a manager. */
export function AddMember({ poolId, present, locale, onAdded }: AddMemberProps) {
  const theme = useTheme();
  const [open, setOpen] = useState(false);
  const [memberId, setMemberId] = useState('');
  const [role, setRole] = useState('MEMBER');
  const members = useQuestion(open ? 'members' : null, locale, () => readMembers(readHost()));
  const { busy, fault, run } = useSaving(locale);
  const choices = members.answer?.filter(({ id }) => !present.includes(id)) ?? [];
  const chosen = choices.find(({ id }) => id === memberId);
  const add = () =>
    run(async () => {
      await addMembership({ customerPoolId: poolId, memberId, memberRole: role, name: chosen?.name ?? '' });
      setOpen(false);
      setMemberId('');
      onAdded();
    });
  if (!open)
    return (
      <Row>
        <Button onClick={() => setOpen(true)}>{say(locale, 'addMember')}</Button>
      </Row>
    );
  return (
    <div
      role="form"
      aria-label={say(locale, 'addMember')}
      style={{ display: 'flex', flexDirection: 'column', gap: 8, maxWidth: 420 }}
    >
      <QuestionState question={members} locale={locale} />
      {members.answer && (
        <Labelled caption={say(locale, 'member')}>
          <select
            style={controlStyle(theme)}
            value={memberId}
            disabled={busy}
            onChange={(event) => setMemberId(event.target.value)}
          >
            <option value="">{say(locale, 'chooseMember')}</option>
            {choices.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </Labelled>
      )}
      <Labelled caption={roleField?.label[locale] ?? ''}>
        <select
          style={controlStyle(theme)}
          value={role}
          disabled={busy}
          onChange={(event) => setRole(event.target.value)}
        >
          {ROLES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label[locale]}
            </option>
          ))}
        </select>
      </Labelled>
      {fault !== undefined && <Notice tone="bad" title={fault} />}
      <Row>
        <Button look="primary" disabled={busy || chosen === undefined} onClick={() => void add()}>
          {say(locale, busy ? 'saving' : 'addMember')}
        </Button>
        <Button disabled={busy} onClick={() => setOpen(false)}>
          {say(locale, 'cancel')}
        </Button>
      </Row>
    </div>
  );
}
