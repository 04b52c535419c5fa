import { useState } from 'react';
import { enqueueSnackbar } from 'twenty-sdk/front-component';
import { explainFault } from '../domain/fault';
import { say, type Locale } from '../domain/strings';
import { Button, Card, Columns, Muted } from '../ui/parts';
import { fromText, toText } from './field-value';
import { membershipFields } from './policy-fields';
import { PolicyControl } from './policy-control';
import { saveMembership, TwentyRefusal, type TwentyRecord } from './twenty-records';

const SHOWN = ['memberRole', 'isOnDuty', 'holdingCapacity', 'claimLimit', 'weight'];
const HAN = /[\u4e00-\u9fff]/;

function nameOf({ member, name }: TwentyRecord): string {
  const { firstName = '', lastName = '' } = (member as { name?: { firstName?: string; lastName?: string } } | null)?.name ?? {};
  const full = HAN.test(firstName + lastName) ? `${lastName}${firstName}` : `${firstName} ${lastName}`.trim();
  return full || (typeof name === 'string' ? name : '');
}

/** The members of a pool with their role, duty and limits of their own. */
export function MemberLimits({ memberships, mayEdit, locale, onSaved }: { memberships: TwentyRecord[]; mayEdit: boolean; locale: Locale; onSaved: () => void }) {
  if (memberships.length === 0) return <Muted>{say(locale, 'emptyMembers')}</Muted>;
  return <Columns least={280}>{memberships.map((membership) => <MemberCard key={membership.id} membership={membership} mayEdit={mayEdit} locale={locale} onSaved={onSaved} />)}</Columns>;
}

function MemberCard({ membership, mayEdit, locale, onSaved }: { membership: TwentyRecord; mayEdit: boolean; locale: Locale; onSaved: () => void }) {
  const [edits, setEdits] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const fields = membershipFields.filter(({ name }) => SHOWN.includes(name));
  const parsed = fields.flatMap((field) => {
    const text = edits[field.name];
    return text === undefined || text === toText(field, membership[field.name]) ? [] : [{ field, result: fromText(field, text, locale) }];
  });
  const problems = new Map(parsed.flatMap(({ field, result }) => ('problem' in result ? [[field.name, result.problem]] : [])));
  const save = async () => {
    setBusy(true);
    try {
      await saveMembership(membership.id, Object.fromEntries(parsed.flatMap(({ field, result }) => ('value' in result ? [[field.name, result.value]] : []))));
      setEdits({});
      onSaved();
      await enqueueSnackbar({ variant: 'success', message: say(locale, 'saved') });
    } catch (error) {
      await enqueueSnackbar({ variant: 'error', message: error instanceof TwentyRefusal ? say(locale, 'saveRefused', { reason: error.message }) : explainFault(error, locale) });
    } finally {
      setBusy(false);
    }
  };
  const name = nameOf(membership);
  return (
    <Card title={name} {...(mayEdit && { aside: <Button look="primary" label={`${say(locale, 'save')}: ${name}`} disabled={busy || parsed.length === 0 || problems.size > 0} onClick={() => void save()}>{say(locale, busy ? 'saving' : 'save')}</Button> })}>
      <Columns least={120}>
        {fields.map((field) => (
          <PolicyControl key={field.name} field={field} value={edits[field.name] ?? toText(field, membership[field.name])} problem={problems.get(field.name)} disabled={!mayEdit || busy} locale={locale}
            onChange={(value) => setEdits((before) => ({ ...before, [field.name]: value }))} />
        ))}
      </Columns>
    </Card>
  );
}
