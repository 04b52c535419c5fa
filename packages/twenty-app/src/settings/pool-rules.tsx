import { Fragment, useState } from 'react';
import { say, type Locale } from '../domain/strings';
import { tell } from '../engine/tell';
import type { FilteredObject } from '../filters/filter-fields';
import { Card, Columns, Notice } from '../ui/parts';
import { GROUPS, poolFields } from './policy-fields';
import { PolicyControl } from './policy-control';
import { RuleOverrides } from './rule-overrides';
import { SaveBar } from './save-bar';
import { SimulationBox } from './simulation-box';
import { savePool, type TwentyRecord } from './twenty-records';
import { useEdits } from './use-edits';
import { useSimulation } from './use-simulation';
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
  const policy = useSimulation(pool.id, problems.size > 0 ? null : changes, today, locale);
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
      {mayEdit && <SimulationBox policy={policy} today={today} locale={locale} />}
      {GROUPS.map(({ caption, names }) => (
        <Fragment key={caption}>
          <Card title={say(locale, caption)}>
            <Columns least={200}>
              {poolFields
                .filter(({ name }) => names.includes(name))
                .map((field) => (
                  <PolicyControl
                    key={field.name}
                    field={field}
                    value={valueOf(field)}
                    problem={problems.get(field.name)}
                    disabled={!mayEdit || busy}
                    objects={objects}
                    locale={locale}
                    onChange={(value) => edit(field.name, value)}
                  />
                ))}
            </Columns>
          </Card>
          {caption === 'groupClock' && (
            <RuleOverrides
              poolId={pool.id}
              overrides={overrides}
              objects={objects}
              mayEdit={mayEdit}
              locale={locale}
              onSaved={onSaved}
            />
          )}
        </Fragment>
      ))}
      <SaveBar
        count={count}
        isWrong={problems.size > 0}
        busy={busy}
        locale={locale}
        onSave={() => void save()}
        onDiscard={discard}
      >
        <span style={{ minWidth: 0 }}>
          {policy.words ?? (policy.isBlocked ? say(locale, 'simulationFix') : (policy.question.fault ?? '…'))}
        </span>
      </SaveBar>
    </>
  );
}
