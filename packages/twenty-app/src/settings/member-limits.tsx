import { useState } from 'react';
import { enqueueSnackbar } from 'twenty-sdk/front-component';
import { say, type Locale } from '../domain/strings';
import { Button, Card, Columns, Muted, Notice, Row } from '../ui/parts';
import { AddMember } from './add-member';
import { fromText, toText } from './field-value';
import { membershipFields } from './policy-fields';
import { PolicyControl } from './policy-control';
import { removeMembership, saveMembership, type TwentyRecord } from './twenty-records';
import { useSaving } from './use-saving';

const SHOWN = ['memberRole', 'isOnDuty', 'holdingCapacity', 'claimLimit', 'weight'];
const HAN = /[\u4e00-\u9fff]/;

function nameOf({ member, name }: TwentyRecord): string {
  const { firstName = '', lastName = '' } = (member as { name?: { firstName?: string; lastName?: string } } | null)?.name ?? {};
  const full = HAN.test(firstName + lastName) ? `${lastName}${firstName}` : `${firstName} ${lastName}`.trim();
  return full || (typeof name === 'string' ? name : '');
}

const memberIdOf = ({ member }: TwentyRecord): string[] => {
  const { id } = (member as { id?: string } | null) ?? {};
  return id === undefined ? [] : [id];
};

interface MemberLimitsProps {
  poolId: string;
  memberships: TwentyRecord[];
  mayEdit: boolean;
  locale: Locale;
  onSaved: () => void;
}

/** The members of a pool with their role, duty and limits of their own; who comes, and who goes. */
export function MemberLimits({ poolId, memberships, mayEdit, locale, onSaved }: MemberLimitsProps) {
  return (
    <>
      {mayEdit && <AddMember poolId={poolId} present={memberships.flatMap(memberIdOf)} locale={locale} onAdded={onSaved} />}
      {memberships.length === 0 && <Muted>{say(locale, 'emptyMembers')}</Muted>}
      <Columns least={280}>{memberships.map((membership) => <MemberCard key={membership.id} membership={membership} mayEdit={mayEdit} locale={locale} onSaved={onSaved} />)}</Columns>
    </>
  );
}

function MemberCard({ membership, mayEdit, locale, onSaved }: { membership: TwentyRecord; mayEdit: boolean; locale: Locale; onSaved: () => void }) {
  const [edits, setEdits] = useState<Record<string, string>>({});
  const [leaving, setLeaving] = useState(false);
  const { busy, fault, run } = useSaving(locale);
  const fields = membershipFields.filter(({ name }) => SHOWN.includes(name));
  const parsed = fields.flatMap((field) => {
    const text = edits[field.name];
    return text === undefined || text === toText(field, membership[field.name]) ? [] : [{ field, result: fromText(field, text, locale) }];
  });
  const problems = new Map(parsed.flatMap(({ field, result }) => ('problem' in result ? [[field.name, result.problem]] : [])));
  const save = () =>
    run(async () => {
      await saveMembership(membership.id, Object.fromEntries(parsed.flatMap(({ field, result }) => ('value' in result ? [[field.name, result.value]] : []))));
      setEdits({});
      onSaved();
      await enqueueSnackbar({ variant: 'success', message: say(locale, 'saved') });
    });
  const remove = () =>
    run(async () => {
      await removeMembership(membership.id);
      onSaved();
    });
  const name = nameOf(membership);
  const aside = (
    <Row>
      <Button look="plain" label={say(locale, 'takeAway', { name })} disabled={busy} onClick={() => setLeaving(true)}>{say(locale, 'remove')}</Button>
      <Button look="primary" label={`${say(locale, 'save')}: ${name}`} disabled={busy || parsed.length === 0 || problems.size > 0} onClick={() => void save()}>{say(locale, busy ? 'saving' : 'save')}</Button>
    </Row>
  );
  return (
    <Card title={name} {...(mayEdit && { aside })}>
      {leaving && (
        <Notice tone="warn" title={say(locale, 'removeMember', { name })}>
          <Row>
            <Button look="danger" disabled={busy} onClick={() => void remove()}>{say(locale, 'remove')}</Button>
            <Button disabled={busy} onClick={() => setLeaving(false)}>{say(locale, 'cancel')}</Button>
          </Row>
        </Notice>
      )}
      {fault !== undefined && <Notice tone="bad" title={fault} />}
      <Columns least={120}>
        {fields.map((field) => (
          <PolicyControl key={field.name} field={field} value={edits[field.name] ?? toText(field, membership[field.name])} problem={problems.get(field.name)} disabled={!mayEdit || busy} locale={locale}
            onChange={(value) => setEdits((before) => ({ ...before, [field.name]: value }))} />
        ))}
      </Columns>
    </Card>
  );
}
