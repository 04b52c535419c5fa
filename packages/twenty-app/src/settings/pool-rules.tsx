import { Fragment, useState } from 'react';
import { say, type Locale } from '../domain/strings';
import { tell } from '../engine/tell';
import type { FilteredObject } from '../filters/filter-fields';
import { Button, Card, Columns, Notice, Row, Badge } from '../ui/parts';
import { GROUPS, poolFields } from './policy-fields';
import { PolicyControl } from './policy-control';
import { RuleOverrides } from './rule-overrides';
import { SimulationBox } from './simulation-box';
import { savePool, type TwentyRecord } from './twenty-records';
import { useEdits } from './use-edits';
import { explainSaving } from './use-saving';

interface PoolRulesProps {
  pool: TwentyRecord;
  /** Of this pool, the first that counts first. */
  overrides: TwentyRecord[];
  mayEdit: boolean;
  today: string;
  locale: Locale;
  onSaved: () => void;
}

/** Which kinds of customers the pool has, as stored. */
function managedObjects({ managesCompanies, managesPeople }: TwentyRecord): FilteredObject[] {
  if (managesPeople !== true) return ['company'];
  return managesCompanies === true ? ['company', 'person'] : ['person'];
}

/** One pool's rules, checked as they are typed, with what they would do beside them. */
export function PoolRules({ pool, overrides, mayEdit, today, locale, onSaved }: PoolRulesProps) {
  const { valueOf, edit, discard, changes, problems, count } = useEdits(poolFields, pool, locale);
  const [busy, setBusy] = useState(false);
  const objects = managedObjects(pool);
  const policyProblem = typeof pool.policyProblem === 'string' ? pool.policyProblem : '';

  const save = async () => {
    setBusy(true);
    try {
      await savePool(pool.id, changes);
      discard();
      onSaved();
      await tell({ variant: 'success', message: say(locale, 'saved'), detailedMessage: say(locale, 'savedDetail') });
    } catch (error) {
      await tell({ variant: 'error', message: explainSaving(error, locale) });
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      {policyProblem !== '' && <Notice tone="bad">{say(locale, 'problem', { problem: policyProblem })}</Notice>}
      {!mayEdit && <Notice tone="info">{say(locale, 'notYours')}</Notice>}
      <Columns least={320}>
        <div style={{ display: 'flex', flexDirection: 'column', gap: 12, minWidth: 0 }}>
          {GROUPS.map(({ caption, names }) => (
            <Fragment key={caption}>
            <Card title={say(locale, caption)}>
              <Columns least={200}>
                {poolFields.filter(({ name }) => names.includes(name)).map((field) => (
                  <PolicyControl key={field.name} field={field} value={valueOf(field)} problem={problems.get(field.name)} disabled={!mayEdit || busy} objects={objects} locale={locale}
                    onChange={(value) => edit(field.name, value)} />
                ))}
              </Columns>
            </Card>
            {caption === 'groupClock' && <RuleOverrides poolId={pool.id} overrides={overrides} objects={objects} mayEdit={mayEdit} locale={locale} onSaved={onSaved} />}
            </Fragment>
          ))}
        </div>
        {mayEdit && (
          <div style={{ display: 'flex', flexDirection: 'column', gap: 12, position: 'sticky', top: 0 }}>
            <SimulationBox poolId={pool.id} changes={problems.size > 0 ? null : changes} today={today} locale={locale} />
            <Row>
              <Button look="primary" disabled={busy || count === 0 || problems.size > 0} onClick={() => void save()}>{say(locale, busy ? 'saving' : 'save')}</Button>
              <Button disabled={busy || count === 0} onClick={discard}>{say(locale, 'discard')}</Button>
              {count > 0 && <Badge tone={problems.size > 0 ? 'bad' : 'warn'}>{say(locale, 'changedCount', { count })}</Badge>}
            </Row>
          </div>
        )}
      </Columns>
    </>
  );
}
