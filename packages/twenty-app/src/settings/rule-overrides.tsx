import { useState } from 'react';
import { say, type Locale } from '../domain/strings';
import { tell } from '../engine/tell';
import type { FilteredObject } from '../filters/filter-fields';
import { Badge, Button, Card, Columns, Muted, Notice, Row } from '../ui/parts';
import { PolicyControl } from './policy-control';
import { overrideFields } from './policy-fields';
import { createOverride, removeOverride, saveOverride, type TwentyRecord } from './twenty-records';
import { useEdits } from './use-edits';
import { useSaving } from './use-saving';

interface RuleOverridesProps {
  poolId: string;
  overrides: TwentyRecord[];
  objects: FilteredObject[];
  mayEdit: boolean;
  locale: Locale;
  onSaved: () => void;
}

const STEP = 10;
const priorityOf = ({ priority }: TwentyRecord): number => (typeof priority === 'number' ? priority : 0);

/** Rules of a pool for some of its customers, in the order in which the first that matches counts. */
export function RuleOverrides({ poolId, overrides, objects, mayEdit, locale, onSaved }: RuleOverridesProps) {
  const { busy, fault, run } = useSaving(locale);
  const add = () =>
    run(async () => {
      await createOverride({
        customerPoolId: poolId,
        name: say(locale, 'newOverride'),
        priority: Math.max(0, ...overrides.map(priorityOf)) + STEP,
      });
      onSaved();
    });
  return (
    <Card
      title={say(locale, 'rulesOfTheirOwn')}
      aside={
        mayEdit && (
          <Button disabled={busy} onClick={() => void add()}>
            {say(locale, 'addOverride')}
          </Button>
        )
      }
    >
      <Muted>{say(locale, 'overridesMean')}</Muted>
      {fault !== undefined && <Notice tone="bad" title={fault} />}
      {overrides.length === 0 && <Muted>{say(locale, 'noOverrides')}</Muted>}
      {overrides.map((override) => (
        <Override
          key={override.id}
          override={override}
          objects={objects}
          mayEdit={mayEdit}
          locale={locale}
          onSaved={onSaved}
        />
      ))}
    </Card>
  );
}

type OverrideProps = Omit<RuleOverridesProps, 'poolId' | 'overrides'> & { override: TwentyRecord };

function Override({ override, objects, mayEdit, locale, onSaved }: OverrideProps) {
  const [removing, setRemoving] = useState(false);
  const { valueOf, edit, changes, problems, count, discard } = useEdits(overrideFields, override, locale);
  const { busy, fault, run } = useSaving(locale);
  const name = String(override.name ?? '');
  const save = () =>
    run(async () => {
      await saveOverride(override.id, changes);
      discard();
      onSaved();
      await tell({ variant: 'success', message: say(locale, 'saved'), detailedMessage: say(locale, 'savedDetail') });
    });
  const remove = () =>
    run(async () => {
      await removeOverride(override.id);
      onSaved();
    });
  return (
    <div role="group" aria-label={name} style={{ display: 'flex', flexDirection: 'column', gap: 10, paddingTop: 10 }}>
      <Columns least={150}>
        {overrideFields.map((field) => (
          <PolicyControl
            key={field.name}
            field={field}
            value={valueOf(field)}
            problem={problems.get(field.name)}
            disabled={!mayEdit || busy}
            objects={objects}
            whenEmpty="poolValue"
            terse
            locale={locale}
            onChange={(value) => edit(field.name, value)}
          />
        ))}
      </Columns>
      {removing && (
        <Notice tone="warn" title={say(locale, 'removeOverride', { name })}>
          <Row>
            <Button look="danger" disabled={busy} onClick={() => void remove()}>
              {say(locale, 'remove')}
            </Button>
            <Button disabled={busy} onClick={() => setRemoving(false)}>
              {say(locale, 'cancel')}
            </Button>
          </Row>
        </Notice>
      )}
      {fault !== undefined && <Notice tone="bad" title={fault} />}
      {mayEdit && (
        <Row>
          <Button
            look="primary"
            label={`${say(locale, 'save')}: ${name}`}
            disabled={busy || count === 0 || problems.size > 0}
            onClick={() => void save()}
          >
            {say(locale, busy ? 'saving' : 'save')}
          </Button>
          <Button disabled={busy || count === 0} onClick={discard}>
            {say(locale, 'discard')}
          </Button>
          <Button
            look="plain"
            label={say(locale, 'takeAway', { name })}
            disabled={busy}
            onClick={() => setRemoving(true)}
          >
            {say(locale, 'remove')}
          </Button>
          {count > 0 && (
            <Badge tone={problems.size > 0 ? 'bad' : 'warn'}>{say(locale, 'changedCount', { count })}</Badge>
          )}
        </Row>
      )}
    </div>
  );
}
