import { useState } from 'react';
import { enqueueSnackbar } from 'twenty-sdk/front-component';
import { say, type Locale } from '../domain/strings';
import { Button, Card, Columns, Notice, Row, Badge } from '../ui/parts';
import { fromText, toText } from './field-value';
import { GROUPS, poolFields } from './policy-fields';
import { PolicyControl } from './policy-control';
import { SimulationBox } from './simulation-box';
import { savePool, type TwentyRecord } from './twenty-records';
import { explainSaving } from './use-saving';

interface PoolRulesProps {
  pool: TwentyRecord;
  mayEdit: boolean;
  today: string;
  locale: Locale;
  onSaved: () => void;
}

/** One pool's rules, checked as they are typed, with what they would do beside them. */
export function PoolRules({ pool, mayEdit, today, locale, onSaved }: PoolRulesProps) {
  const [edits, setEdits] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const problems = new Map<string, string>();
  const changes: Record<string, unknown> = {};
  for (const field of poolFields) {
    const text = edits[field.name];
    if (text === undefined || text === toText(field, pool[field.name])) continue;
    const parsed = fromText(field, text, locale);
    if ('problem' in parsed) problems.set(field.name, parsed.problem);
    else changes[field.name] = parsed.value;
  }
  const count = Object.keys(changes).length + problems.size;
  const policyProblem = typeof pool.policyProblem === 'string' ? pool.policyProblem : '';

  const save = async () => {
    setBusy(true);
    try {
      await savePool(pool.id, changes);
      setEdits({});
      onSaved();
      await enqueueSnackbar({ variant: 'success', message: say(locale, 'saved'), detailedMessage: say(locale, 'savedDetail') });
    } catch (error) {
      await enqueueSnackbar({ variant: 'error', message: explainSaving(error, locale) });
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
            <Card key={caption} title={say(locale, caption)}>
              <Columns least={200}>
                {poolFields.filter(({ name }) => names.includes(name)).map((field) => (
                  <PolicyControl key={field.name} field={field} value={edits[field.name] ?? toText(field, pool[field.name])} problem={problems.get(field.name)} disabled={!mayEdit || busy} locale={locale}
                    onChange={(value) => setEdits((before) => ({ ...before, [field.name]: value }))} />
                ))}
              </Columns>
            </Card>
          ))}
        </div>
        {mayEdit && (
          <div style={{ display: 'flex', flexDirection: 'column', gap: 12, position: 'sticky', top: 0 }}>
            <SimulationBox poolId={pool.id} changes={problems.size > 0 ? null : changes} today={today} locale={locale} />
            <Row>
              <Button look="primary" disabled={busy || count === 0 || problems.size > 0} onClick={() => void save()}>{say(locale, busy ? 'saving' : 'save')}</Button>
              <Button disabled={busy || count === 0} onClick={() => setEdits({})}>{say(locale, 'discard')}</Button>
              {count > 0 && <Badge tone={problems.size > 0 ? 'bad' : 'warn'}>{say(locale, 'changedCount', { count })}</Badge>}
            </Row>
          </div>
        )}
      </Columns>
    </>
  );
}
