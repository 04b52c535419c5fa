import { useState } from 'react';
import { say, type Locale } from '../domain/strings';
import { tell } from '../engine/tell';
import { Button, Card, Columns, Muted, Notice, Row } from '../ui/parts';
import { AddMember } from './add-member';
import { MatchValues } from './match-values';
import { membershipFields } from './policy-fields';
import { PolicyControl } from './policy-control';
import { removeMembership, saveMembership, type TwentyRecord } from './twenty-records';
import { useEdits } from './use-edits';
import { useSaving } from './use-saving';

const NAMES = ['memberRole', 'isOnDuty', 'holdingCapacity', 'claimLimit', 'weight'];
const SHOWN = membershipFields.filter(({ name }) => NAMES.includes(name));
const MATCHED = membershipFields.find(({ name }) => name === 'matchValues');
const EDITED = MATCHED ? [...SHOWN, MATCHED] : SHOWN;
const HAN = /[\u4e00-\u9fff]/;

/** Of what a record says of a member: of a membership, or of a leave. */
export function memberNameOf({ member, name }: TwentyRecord): string {
  const { firstName = '', lastName = '' } =
    (member as { name?: { firstName?: string; lastName?: string } } | null)?.name ?? {};
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
  /** What the pool gives out by, when it gives out by matching. */
  matchFields: string[];
  mayEdit: boolean;
  locale: Locale;
  onSaved: () => void;
}

/** The members of a pool with their role, duty and limits of their own; who comes, and who goes. */
export function MemberLimits({ poolId, memberships, matchFields, mayEdit, locale, onSaved }: MemberLimitsProps) {
  return (
    <>
      {mayEdit && (
        <AddMember poolId={poolId} present={memberships.flatMap(memberIdOf)} locale={locale} onAdded={onSaved} />
      )}
      {memberships.length === 0 && <Muted>{say(locale, 'emptyMembers')}</Muted>}
      <Columns least={280}>
        {memberships.map((membership) => (
          <MemberCard
            key={membership.id}
            membership={membership}
            matchFields={matchFields}
            mayEdit={mayEdit}
            locale={locale}
            onSaved={onSaved}
          />
        ))}
      </Columns>
    </>
  );
}

function MemberCard({
  membership,
  matchFields,
  mayEdit,
  locale,
  onSaved,
}: {
  membership: TwentyRecord;
  matchFields: string[];
  mayEdit: boolean;
  locale: Locale;
  onSaved: () => void;
}) {
  const { valueOf, edit, discard, changes, problems, count } = useEdits(EDITED, membership, locale);
  const [leaving, setLeaving] = useState(false);
  const { busy, fault, run } = useSaving(locale);
  const save = () =>
    run(async () => {
      await saveMembership(membership.id, changes);
      discard();
      onSaved();
      await tell({ variant: 'success', message: say(locale, 'saved') });
    });
  const remove = () =>
    run(async () => {
      await removeMembership(membership.id);
      onSaved();
    });
  const name = memberNameOf(membership);
  const aside = (
    <Row>
      <Button look="plain" label={say(locale, 'takeAway', { name })} disabled={busy} onClick={() => setLeaving(true)}>
        {say(locale, 'remove')}
      </Button>
      <Button
        look="primary"
        label={`${say(locale, 'save')}: ${name}`}
        disabled={busy || count === 0 || problems.size > 0}
        onClick={() => void save()}
      >
        {say(locale, busy ? 'saving' : 'save')}
      </Button>
    </Row>
  );
  return (
    <Card title={name} {...(mayEdit && { aside })}>
      {leaving && (
        <Notice tone="warn" title={say(locale, 'removeMember', { name })}>
          <Row>
            <Button look="danger" disabled={busy} onClick={() => void remove()}>
              {say(locale, 'remove')}
            </Button>
            <Button disabled={busy} onClick={() => setLeaving(false)}>
              {say(locale, 'cancel')}
            </Button>
          </Row>
        </Notice>
      )}
      {fault !== undefined && <Notice tone="bad" title={fault} />}
      <Columns least={120}>
        {SHOWN.map((field) => (
          <PolicyControl
            key={field.name}
            field={field}
            value={valueOf(field)}
            problem={problems.get(field.name)}
            disabled={!mayEdit || busy}
            locale={locale}
            onChange={(value) => edit(field.name, value)}
          />
        ))}
      </Columns>
      {MATCHED && matchFields.length > 0 && (
        <Columns least={200}>
          <MatchValues
            fields={matchFields}
            value={valueOf(MATCHED)}
            disabled={!mayEdit || busy}
            locale={locale}
            onChange={(value) => edit(MATCHED.name, value)}
          />
        </Columns>
      )}
    </Card>
  );
}
