import { useEffect, useState } from 'react';
import type { BulkSelection } from '../assignment/job.types';
import { ReassignPanel } from '../assignment/reassign-panel';
import type { CustomerRef } from '../domain/engine.types';
import { MOST_RECORDS } from '../domain/selection';
import { say, type Locale } from '../domain/strings';
import { tell } from '../engine/tell';
import { ActionForm } from '../forms/action-form';
import type { FormSpec } from '../forms/form-spec';
import { Button, Card, Muted, Row } from '../ui/parts';

export interface SelectionActionsProps {
  customers: CustomerRef[];
  specs: FormSpec[];
  /** Also offers to give the selection to others, as a job. */
  mayReassign?: boolean;
  /** The same customers as one selection of the engine's own, which takes any number. */
  whole?: BulkSelection;
  pools: { id: string; name: string }[];
  /** There is nothing to choose from. */
  empty?: boolean;
  locale: Locale;
  onDone: () => void;
}

/** What can be done with the chosen rows; the form opens below its button. */
export function SelectionActions({
  customers,
  specs,
  mayReassign = false,
  whole,
  pools,
  empty = false,
  locale,
  onDone,
}: SelectionActionsProps) {
  const [open, setOpen] = useState<FormSpec | 'reassign'>();
  const none = customers.length === 0;
  // A running job keeps the selection it began with.
  const [job, setJob] = useState<{ selection: BulkSelection; count: number }>({
    selection: { customers: [] },
    count: 0,
  });
  // A form is of the rows that are chosen; the progress of a job is there when none are any more.
  useEffect(() => {
    if (none) setOpen((before) => (before === 'reassign' ? before : undefined));
  }, [none]);
  const choose = (what: FormSpec | 'reassign') => {
    setJob({ selection: whole ?? { customers }, count: customers.length });
    setOpen(open === what ? undefined : what);
  };
  if (none && open === undefined) return empty ? null : <Muted>{say(locale, 'nothingSelected')}</Muted>;
  const tooMany = customers.length > MOST_RECORDS && whole === undefined;
  return (
    <>
      <Row>
        {mayReassign && (
          <Button pressed={open === 'reassign'} disabled={none || tooMany} onClick={() => choose('reassign')}>
            {say(locale, 'reassignTitle')}
          </Button>
        )}
        {specs.map((spec) => (
          <Button
            key={spec.action}
            look={spec.danger ? 'danger' : 'secondary'}
            pressed={open === spec}
            disabled={none}
            onClick={() => choose(spec)}
          >
            {say(locale, spec.title)}
          </Button>
        ))}
        {mayReassign && tooMany && <Muted>{say(locale, 'atMostReassign', { most: MOST_RECORDS })}</Muted>}
      </Row>
      {open === 'reassign' && (
        <Card
          title={say(locale, 'reassignTitle')}
          aside={<Button onClick={() => setOpen(undefined)}>{say(locale, 'close')}</Button>}
        >
          <ReassignPanel
            selection={job.selection}
            intro={say(locale, 'reassignIntro', { count: job.count })}
            locale={locale}
            onOver={onDone}
          />
        </Card>
      )}
      {open !== undefined && open !== 'reassign' && !none && (
        <Card title={say(locale, open.title)}>
          <ActionForm
            // A form is for the customers that it names.
            key={`${open.action} ${customers.length}`}
            spec={open}
            customers={customers}
            pools={pools}
            locale={locale}
            onCancel={() => setOpen(undefined)}
            onDone={(message) => {
              setOpen(undefined);
              void tell(message);
              onDone();
            }}
          />
        </Card>
      )}
    </>
  );
}
