import { useState } from 'react';
import { enqueueSnackbar } from 'twenty-sdk/front-component';
import { ReassignPanel } from '../assignment/reassign-panel';
import type { CustomerRef } from '../domain/engine.types';
import { MOST_RECORDS } from '../domain/selection';
import { say, type Locale } from '../domain/strings';
import { ActionForm } from '../forms/action-form';
import type { FormSpec } from '../forms/form-spec';
import { Button, Card, Muted, Row } from '../ui/parts';

export interface SelectionActionsProps {
  customers: CustomerRef[];
  specs: FormSpec[];
  /** Also offers to give the selection to others, as a job. */
  mayReassign?: boolean;
  pools: { id: string; name: string }[];
  locale: Locale;
  onDone: () => void;
}

/** What can be done with the chosen rows; the form opens below its button. */
export function SelectionActions({ customers, specs, mayReassign = false, pools, locale, onDone }: SelectionActionsProps) {
  const [open, setOpen] = useState<FormSpec | 'reassign'>();
  const none = customers.length === 0;
  // A running job keeps the selection it began with.
  const [jobCustomers, setJobCustomers] = useState<CustomerRef[]>([]);
  const choose = (what: FormSpec | 'reassign') => {
    setJobCustomers(customers);
    setOpen(open === what ? undefined : what);
  };
  if (none && open === undefined) return <Muted>{say(locale, 'nothingSelected')}</Muted>;
  if (customers.length > MOST_RECORDS) return <Muted>{say(locale, 'atMostSelect')}</Muted>;
  return (
    <>
      <Row>
        {mayReassign && <Button pressed={open === 'reassign'} disabled={none} onClick={() => choose('reassign')}>{say(locale, 'reassignTitle')}</Button>}
        {specs.map((spec) => <Button key={spec.action} look={spec.danger ? 'danger' : 'secondary'} pressed={open === spec} disabled={none} onClick={() => choose(spec)}>{say(locale, spec.title)}</Button>)}
      </Row>
      {open === 'reassign' && (
        <Card title={say(locale, 'reassignTitle')} aside={<Button onClick={() => setOpen(undefined)}>{say(locale, 'close')}</Button>}>
          <ReassignPanel selection={{ customers: jobCustomers }} intro={say(locale, 'reassignIntro', { count: jobCustomers.length })} locale={locale} onOver={onDone} />
        </Card>
      )}
      {open !== undefined && open !== 'reassign' && !none && (
        <Card title={say(locale, open.title)}>
          <ActionForm
            key={open.action}
            spec={open}
            customers={customers}
            pools={pools}
            locale={locale}
            onCancel={() => setOpen(undefined)}
            onDone={(message) => {
              setOpen(undefined);
              void enqueueSnackbar(message);
              onDone();
            }}
          />
        </Card>
      )}
    </>
  );
}
