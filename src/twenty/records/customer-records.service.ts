import { Injectable } from '@nestjs/common';
import type { CustomerObject } from '../../domain/customer/customer';
import { companyInput, companyToRecord, personInput, personToRecord } from './customer-mapping';
import { DELETED_OR_NOT, NOT_DELETED, type RecordFilter, writeFilter } from './customer-write';
import {
  ListCompaniesDocument,
  ListPeopleDocument,
  MatchCompaniesDocument,
  MatchPeopleDocument,
  ReadCompaniesDocument,
  ReadPeopleDocument,
  WriteCompaniesDocument,
  WritePeopleDocument,
} from '../generated/core';
import { TwentyClient } from '../client/twenty-client.service';
import { isTwentyError, TwentyError } from '../client/twenty-error';
import { inBatches } from '../client/twenty.limits';
import type { CallOptions, ConditionalWrite, CustomerFields, CustomerRecord } from './twenty.types';

/** Reads may bring many, and name many ids. */
const ID_PAGE = 1000;

/** A record that a conditional write reached, as Twenty has it now. */
export interface WriteWinner {
  id: string;
  ownerId: string | null;
  updatedAt: string;
}

export interface WriteResult {
  /** Written. Whoever already had the new values is here too: only the engine's own state tells a fresh write from a repeat. */
  winners: WriteWinner[];
  /** Batches of at most 200 that failed; the others were written all the same. `error.mayHaveHappened` says whether reading is needed. */
  failures: { ids: string[]; error: TwentyError }[];
}

/** Companies and people. */
@Injectable()
export class CustomerRecords {
  constructor(private readonly client: TwentyClient) {}

  /**
   * In no particular order; soft-deleted ones too, with `deletedAt`; destroyed and unknown ones are absent.
   * @throws TwentyError
   */
  async readByIds(object: CustomerObject, ids: readonly string[], options: CallOptions): Promise<CustomerRecord[]> {
    const records: CustomerRecord[] = [];
    for (const batch of inBatches([...new Set(ids)], ID_PAGE)) {
      records.push(
        ...(await this.read(object, { and: [{ id: { in: batch } }, DELETED_OR_NOT] }, batch.length, options)),
      );
    }
    return records;
  }

  /**
   * Which of the records Twenty's own filter matches; soft-deleted ones never.
   * @throws TwentyError REJECTED when the filter is none
   */
  async matchFilter(
    object: CustomerObject,
    ids: readonly string[],
    filter: unknown,
    options: CallOptions,
  ): Promise<Set<string>> {
    if (!isFilter(filter)) throw notAFilter();
    const matched = new Set<string>();
    for (const batch of inBatches([...new Set(ids)])) {
      const variables = { filter: { and: [{ id: { in: batch } }, NOT_DELETED, filter] }, first: batch.length };
      const connection =
        object === 'COMPANY'
          ? (await this.client.request(MatchCompaniesDocument, variables, options)).companies
          : (await this.client.request(MatchPeopleDocument, variables, options)).people;
      for (const { node } of connection?.edges ?? []) matched.add(node.id);
    }
    return matched;
  }

  /**
   * Every record that Twenty's own filter matches, by id; soft-deleted ones never.
   * @param options.token whose rights count; the engine's own when absent
   * @throws TwentyError REJECTED when the filter is none
   */
  async listIds(object: CustomerObject, filter: unknown, options: CallOptions & { token?: string }): Promise<string[]> {
    if (!isFilter(filter)) throw notAFilter();
    const ids: string[] = [];
    for (;;) {
      const last = ids.at(-1);
      const variables = {
        filter: { and: [NOT_DELETED, ...(last === undefined ? [] : [{ id: { gt: last } }]), filter] },
        first: ID_PAGE,
      };
      const connection =
        object === 'COMPANY'
          ? (await this.client.request(ListCompaniesDocument, variables, options)).companies
          : (await this.client.request(ListPeopleDocument, variables, options)).people;
      const page = (connection?.edges ?? []).map(({ node }) => node.id);
      ids.push(...page);
      if (page.length < ID_PAGE) return ids;
    }
  }

  /** Never throws a TwentyError: a batch that failed is in `failures`. Losers are in neither list. */
  async write(write: ConditionalWrite, options: CallOptions): Promise<WriteResult> {
    const result: WriteResult = { winners: [], failures: [] };
    for (const records of inBatches(write.records)) {
      const filter = writeFilter({ ...write, records });
      if (!filter) continue;
      try {
        result.winners.push(...(await this.writeOrForget(write.object, filter, write.data, options)));
      } catch (error) {
        if (!isTwentyError(error)) throw error;
        result.failures.push({ ids: records.map(({ id }) => id), error });
      }
    }
    return result;
  }

  private async read(
    object: CustomerObject,
    filter: RecordFilter,
    first: number,
    options: CallOptions,
  ): Promise<CustomerRecord[]> {
    if (object === 'COMPANY') {
      const { companies } = await this.client.request(ReadCompaniesDocument, { filter, first }, options);
      return (companies?.edges ?? []).map(({ node }) => companyToRecord(node));
    }
    const { people } = await this.client.request(ReadPeopleDocument, { filter, first }, options);
    return (people?.edges ?? []).map(({ node }) => personToRecord(node));
  }

  /** A former owner who has left cannot be named any more: Twenty refuses the whole batch then, and has emptied the field everywhere else. */
  private async writeOrForget(
    object: CustomerObject,
    filter: RecordFilter,
    data: CustomerFields,
    options: CallOptions,
  ): Promise<WriteWinner[]> {
    try {
      return await this.writeBatch(object, filter, data, options);
    } catch (error) {
      if (!data.formerOwnerId || !isTwentyError(error, 'REJECTED') || !error.message.includes('foreign key'))
        throw error;
      return this.writeBatch(object, filter, { ...data, formerOwnerId: null }, options);
    }
  }

  private async writeBatch(
    object: CustomerObject,
    filter: RecordFilter,
    data: CustomerFields,
    options: CallOptions,
  ): Promise<WriteWinner[]> {
    if (object === 'COMPANY') {
      const { updateCompanies } = await this.client.request(
        WriteCompaniesDocument,
        { filter, data: companyInput(data) },
        options,
      );
      return (updateCompanies ?? []).map(({ id, updatedAt, accountOwnerId: ownerId }) => ({ id, updatedAt, ownerId }));
    }
    const { updatePeople } = await this.client.request(
      WritePeopleDocument,
      { filter, data: personInput(data) },
      options,
    );
    return (updatePeople ?? []).map(({ id, updatedAt, ownerId }) => ({ id, updatedAt, ownerId }));
  }
}

function notAFilter(): TwentyError {
  return new TwentyError({
    kind: 'REJECTED',
    code: 'FILTER_NOT_AN_OBJECT',
    message: 'A record filter is a JSON object',
    mayHaveHappened: false,
  });
}

function isFilter(value: unknown): value is RecordFilter {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
