import type { Outcome } from '../domain/engine.types';

/** The customer as the engine shows it to an automation. */
export interface AutomationCustomer {
  name: string | null;
  status: string;
  owner: { id: string; name: string } | null;
  pool: { id: string; name: string };
  reclaimOn: string | null;
}

/**
 * What a workflow's step or a tool of the AI gets back, always in this shape and with every key: a refusal, a wrong input and an
 * engine that does not answer are outputs too, so that later steps can branch. `status`: DONE, REFUSED (by a rule; `code` says which),
 * PENDING (accepted, Twenty has not confirmed it yet) or FAILED (not decided; `code` says why). Texts that are not known are empty.
 */
export interface AutomationOutput {
  done: boolean;
  status: 'DONE' | 'REFUSED' | 'PENDING' | 'FAILED';
  code: string;
  /** A plain sentence in the member's language; in both when it does not come from the engine. */
  message: string;
  /** ISO instant at which a refusal stops applying by itself. */
  until: string;
  customerName: string;
  poolStatus: string;
  owner: string;
  ownerId: string;
  pool: string;
  poolId: string;
  /** Local date. */
  reclaimOn: string;
  /** Only where that was asked. */
  claimable?: boolean;
}

export type AutomationOutcome = Omit<Outcome, 'customer' | 'refusal'> & {
  refusal: { code: string; message: string; until?: string | null } | null;
  customer: AutomationCustomer | null;
};

const pending =
  'Accepted; Twenty has not confirmed it yet, and the history will say how it ends. 已受理，Twenty 尚未确认，结果以归属记录为准。';

function factsOf(customer: AutomationCustomer | null) {
  return {
    customerName: customer?.name ?? '',
    poolStatus: customer?.status ?? '',
    owner: customer?.owner?.name ?? '',
    ownerId: customer?.owner?.id ?? '',
    pool: customer?.pool.name ?? '',
    poolId: customer?.pool.id ?? '',
    reclaimOn: customer?.reclaimOn ?? '',
  };
}

/** @param done what is said when it was done */
export function outputOf({ status, refusal, customer, warnings }: AutomationOutcome, done: string): AutomationOutput {
  const message = status === 'PENDING' ? pending : [done, ...(warnings ?? [])].join(' ');
  return {
    done: status === 'DONE',
    status,
    code: refusal?.code ?? '',
    message: refusal?.message ?? message,
    until: refusal?.until ?? '',
    ...factsOf(customer),
  };
}

/** An answer that changes nothing: may the member have the customer? */
export function claimabilityOutput(
  customer: AutomationCustomer & { claimable: { allowed: boolean; refusal: AutomationOutcome['refusal'] } },
): AutomationOutput {
  const { allowed, refusal } = customer.claimable;
  return {
    done: true,
    status: 'DONE',
    claimable: allowed,
    code: refusal?.code ?? '',
    message: refusal?.message ?? 'The member may claim it. 该成员可以领取。',
    until: refusal?.until ?? '',
    ...factsOf(customer),
  };
}

/** Nothing was decided: the input cannot be used, or the engine could not be asked. */
export class AutomationFailure extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'AutomationFailure';
  }
}

export function failureOutput(error: unknown): AutomationOutput {
  const { code, message } =
    error instanceof AutomationFailure ? error : { code: 'INTERNAL', message: 'Something went wrong. 出现错误。' };
  return { done: false, status: 'FAILED', code, message, until: '', ...factsOf(null) };
}
