import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Job } from '../config/job.decorator';
import { type CustomerRef, customerKey } from '../domain/customer/customer';
import { Alike, type Comparable } from '../domain/duplicates/best-hit';
import { duplicateFieldText } from '../domain/duplicates/describe-duplicate';
import { lockCustomers } from '../changes';
import { Projection } from '../changes/projection.service';
import type { CustomerEntity } from '../storage/entities/customer.entity';
import { shareIndex } from '../storage/engine-lock';
import { inTransaction } from '../storage/transaction';
import {
  type AlikeRow,
  customersWithKeys,
  type FoundDuplicate,
  noteDuplicates,
  pointingAt,
  staleCustomers,
} from '../duplicates';
import { DuplicatesService } from '../duplicates/duplicates.service';

const batchSize = 500;

/**
 * Keeps what the records in Twenty say of duplicates true: looks at customers that changed and at those that are, or were,
 * the same as one of them. Cost grows with what changed, not with what exists.
 */
@Injectable()
export class DuplicateKeeper {
  private readonly logger = new Logger(DuplicateKeeper.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly duplicates: DuplicatesService,
    private readonly projection: Projection,
  ) {}

  /** @returns how many records of Twenty were brought up to date */
  @Job('keep-duplicates')
  async keep(): Promise<number> {
    let looked = 0;
    for (let isLast = false; !isLast;) {
      const batch = await inTransaction(this.dataSource, (manager) => this.keepBatch(manager));
      looked += batch.looked;
      isLast = batch.isLast;
    }
    return looked > 0 ? this.projection.run() : 0;
  }

  private async keepBatch(manager: EntityManager): Promise<{ looked: number; isLast: boolean }> {
    await shareIndex(manager);
    const stale = await staleCustomers(manager, batchSize);
    if (stale.length === 0) return { looked: 0, isLast: true };
    const concerned = await this.concernedBy(manager, stale);
    const customers = [...(await lockCustomers(manager, concerned)).values()];
    // Under the locks: whoever changes from now on is looked at again.
    const keys = [...new Set(customers.flatMap(({ matchKeys }) => matchKeys))];
    const alike = new Alike(await customersWithKeys(manager, keys), new Set(keys));
    await noteDuplicates(manager, [...(await this.find(manager, customers, alike)).values()]);
    return { looked: stale.length, isLast: stale.length < batchSize };
  }

  /** The customers themselves, those that share a key with one, and those that say that they are the same as one. */
  private async concernedBy(
    manager: EntityManager,
    stale: (CustomerRef & { matchKeys: string[] })[],
  ): Promise<CustomerRef[]> {
    const keys = [...new Set(stale.flatMap(({ matchKeys }) => matchKeys))];
    const alike = new Alike(await customersWithKeys(manager, keys), new Set(keys));
    const sharing = stale.flatMap((customer) => alike.allOf({ ...customer, status: 'POOLED' }));
    return [
      ...stale,
      ...sharing,
      ...(await pointingAt(
        manager,
        stale.map(({ recordId }) => recordId),
      )),
    ];
  }

  private async find(
    manager: EntityManager,
    customers: CustomerEntity[],
    alike: Alike<AlikeRow>,
  ): Promise<Map<string, FoundDuplicate>> {
    const hits = customers.map((customer) => ({ customer, hit: isManaged(customer) ? alike.bestHit(customer) : null }));
    const standings = await this.duplicates.standings(
      manager,
      hits.flatMap(({ hit }) => (hit ? [hit.other] : [])),
      // Twenty shows the text to whoever sees the record.
      (_, pool) => pool?.policy.visibility !== 'MEMBERS',
    );
    return new Map(
      hits.map(({ customer, hit }): [string, FoundDuplicate] => {
        const ref = { object: customer.object, recordId: customer.recordId };
        const standing = hit && standings.get(hit.other.recordId);
        const text = standing ? duplicateFieldText(standing) : null;
        return [customerKey(ref), { ...ref, text, otherId: hit?.other.recordId ?? null, key: hit?.key ?? null }];
      }),
    );
  }
}

function isManaged(customer: CustomerEntity): customer is CustomerEntity & Comparable {
  return customer.status !== null && !customer.isDeleted;
}
