import { Injectable } from '@nestjs/common';
import { type CustomerRef, customerKey } from '../../domain/customer/customer';
import { JobKicker } from '../../jobs/job-kicker.service';
import type { CommandAnswer } from '../../changes/command-runner.service';
import { CustomerReader } from '../../reading/customer-reader.service';
import type { CustomerRefInput } from './inputs';
import type { Caller } from '../auth/request-context';
import { customerView, resultView, type ResultView } from './views';

/** Tells callers what became of their commands, with the customers as they are now. */
@Injectable()
export class CommandAnswers {
  constructor(
    private readonly reader: CustomerReader,
    private readonly jobs: JobKicker,
  ) {}

  async tell(caller: Caller, answer: CommandAnswer): Promise<ResultView> {
    await this.jobs.kick('mirror-events');
    await this.jobs.kick('show-customers');
    const customers = await this.reader.byRefs(caller, answer.outcomes);
    return resultView(answer, caller.locale, (outcome) => {
      const found = customers.get(customerKey(outcome));
      return found ? customerView(found, caller.locale) : null;
    });
  }
}

export function refsOf(customers: CustomerRefInput[]): CustomerRef[] {
  return customers.map(({ object, recordId }) => ({ object, recordId: recordId.toLowerCase() }));
}
