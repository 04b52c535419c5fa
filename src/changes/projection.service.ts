import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Job } from '../config/job.decorator';
import { type CustomerObject, customerKey } from '../domain/customer/customer';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import { whenAlone } from '../storage/exclusive';
import { inTransaction } from '../storage/transaction';
import { inBatches } from '../twenty/client/twenty.limits';
import { CustomerRecords } from '../twenty/records/customer-records.service';
import type { CustomerFields } from '../twenty/records/twenty.types';
import { lockCustomers } from './customer-locks';
import { requestReread } from './observation.queries';
import { customersToShow, noteNotShown, noteNothingToShow, noteShown, unshownFields } from './projection.queries';

/** Five calls' worth: enough to find equal ones. */
const mostAtOnce = 1000;

interface Group {
  object: CustomerObject;
  data: CustomerFields;
  customers: CustomerEntity[];
}

/**
 * Brings what Twenty merely shows of customers (dates, rule, last activity, former owner, duplicates) in line with the index:
 * reads what the row says now, writes what differs, equal values together, and notes what Twenty took. It decides nothing, so
 * nothing waits for it, and doing it late, twice or never harms nobody.
 *
 * What decides: the owner in Twenty, on which each write is conditional; whatever changed meanwhile is shown next.
 */
@Injectable()
export class Projection {
  private readonly logger = new Logger(Projection.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly records: CustomerRecords,
  ) {}

  /** @returns how many records were brought in line; 0 also while another instance is at it. Never throws for what Twenty does. */
  @Job('show-customers')
  async run(): Promise<number> {
    return (await whenAlone(this.dataSource, 'show customers', () => this.showAll())) ?? 0;
  }

  private async showAll(): Promise<number> {
    for (let shown = 0; ;) {
      const customers = await customersToShow(this.dataSource.manager, mostAtOnce);
      const groups = sameFields(customers);
      await noteNothingToShow(
        this.dataSource.manager,
        customers.filter((customer) => Object.keys(unshownFields(customer)).length === 0),
      );
      for (const group of groups) {
        for (const batch of inBatches(group.customers)) {
          const count = await this.show({ ...group, customers: batch });
          if (count === null) return shown;
          shown += count;
        }
      }
      if (customers.length < mostAtOnce) return shown;
    }
  }

  /** @returns null when Twenty cannot be written to at the moment */
  private async show({ object, data, customers }: Group): Promise<number | null> {
    const { winners, failures } = await this.records.write(
      {
        object,
        records: customers.map(({ recordId, ownerId }) => ({
          id: recordId,
          fence: { from: { ownerId }, to: { ownerId } },
        })),
        data,
      },
      { priority: 'background' },
    );
    const failed = new Set(failures.flatMap(({ ids }) => ids));
    const won = new Set(winners.map(({ id }) => id));
    const elsewhere = customers.filter(({ recordId }) => !won.has(recordId) && !failed.has(recordId));
    await inTransaction(this.dataSource, async (manager) => {
      await lockCustomers(manager, customers);
      await noteShown(manager, object, winners, data);
      await noteNothingToShow(manager, elsewhere);
      await requestReread(
        manager,
        elsewhere.map(({ recordId }) => ({ object, id: recordId })),
      );
      const refused = failures.filter(({ error }) => !error.retryable).flatMap(({ ids }) => ids);
      if (refused.length > 0) await noteNotShown(manager, refused);
    });
    for (const { ids, error } of failures)
      this.logger.warn(
        { kind: error.kind, code: error.code, subCode: error.subCode, records: ids.length, message: error.message },
        'Twenty did not take what it is to show',
      );
    return failures.some(({ error }) => error.retryable) ? null : winners.length;
  }
}

/** One call carries one set of values. */
function sameFields(customers: CustomerEntity[]): Group[] {
  const groups = new Map<string, Group>();
  for (const customer of customers) {
    const data = unshownFields(customer);
    if (Object.keys(data).length === 0) continue;
    const key = JSON.stringify([customer.object, data]);
    const group = groups.get(key);
    if (group) group.customers.push(customer);
    else groups.set(key, { object: customer.object, data, customers: [customer] });
  }
  for (const { customers: members } of groups.values())
    members.sort((a, b) => customerKey(a).localeCompare(customerKey(b)));
  return [...groups.values()];
}
