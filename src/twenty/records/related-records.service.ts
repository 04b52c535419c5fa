import { Injectable } from '@nestjs/common';
import type { CustomerRef } from '../../domain/customer/customer';
import { nodesOf } from './activity-mapping';
import { NOT_DELETED, type RecordFilter } from './customer-write';
import {
  ReadRelatedOpportunitiesDocument,
  ReadRelatedTasksDocument,
  ReadRelatedTaskTargetsDocument,
  WriteOpportunityOwnersDocument,
  WriteTaskAssigneesDocument,
} from '../generated/core';
import { readAllPages } from '../client/read-pages';
import { TwentyClient } from '../client/twenty-client.service';
import { inBatches } from '../client/twenty.limits';
import type { CallOptions } from './twenty.types';

export type RelatedKind = 'OPPORTUNITY' | 'TASK';

/** An open opportunity or task of one of the customers asked for. */
export interface RelatedRecord {
  id: string;
  customer: CustomerRef;
  /** Owner, or assignee; null: nobody. */
  memberId: string | null;
}

/** One new owner for records that are whoever's of `fromIds` (null: nobody's). Whose they become is always accepted, so a repeat does no harm. */
export interface RelatedWrite {
  kind: RelatedKind;
  ids: readonly string[];
  fromIds: readonly (string | null)[];
  toId: string;
}

const PAGE_SIZE = 1000;

/** Opportunities and tasks that go along with a customer. */
@Injectable()
export class RelatedRecords {
  constructor(private readonly client: TwentyClient) {}

  /**
   * @param memberIds whose (null: nobody's)
   * @param closedStages those that are won or lost
   * @throws TwentyError
   */
  async readOpportunities(
    customers: readonly CustomerRef[],
    memberIds: readonly (string | null)[],
    closedStages: readonly string[],
    options: CallOptions,
  ): Promise<RelatedRecord[]> {
    const found: RelatedRecord[] = [];
    for (const batch of inBatches(customers)) {
      const filter = {
        and: [
          NOT_DELETED,
          { or: ownedBy('ownerId', memberIds) },
          { or: linkedTo(batch, 'companyId', 'pointOfContactId') },
        ],
      };
      const nodes = await readAllPages(
        async (after) =>
          (
            await this.client.request(
              ReadRelatedOpportunitiesDocument,
              { filter, first: PAGE_SIZE, ...(after !== undefined && { after }) },
              options,
            )
          ).opportunities,
      );
      for (const { id, stage, companyId, pointOfContactId, ownerId } of nodes) {
        if (closedStages.includes(stage)) continue;
        found.push(
          ...customersOf(batch, companyId, pointOfContactId).map((customer) => ({ id, customer, memberId: ownerId })),
        );
      }
    }
    return found;
  }

  /** @param memberIds whose (null: nobody's) @throws TwentyError */
  async readTasks(
    customers: readonly CustomerRef[],
    memberIds: readonly (string | null)[],
    options: CallOptions,
  ): Promise<RelatedRecord[]> {
    const found: RelatedRecord[] = [];
    for (const batch of inBatches(customers)) {
      const filter = { or: linkedTo(batch, 'targetCompanyId', 'targetPersonId') };
      const links = await readAllPages(
        async (after) =>
          (
            await this.client.request(
              ReadRelatedTaskTargetsDocument,
              { filter, first: PAGE_SIZE, ...(after !== undefined && { after }) },
              options,
            )
          ).taskTargets,
      );
      const assignees = await this.assigneesOf(
        [...new Set(links.flatMap(({ taskId }) => taskId ?? []))],
        memberIds,
        options,
      );
      for (const { taskId, targetCompanyId, targetPersonId } of links) {
        const memberId = assignees.get(taskId ?? '');
        if (!taskId || memberId === undefined) continue;
        found.push(
          ...customersOf(batch, targetCompanyId, targetPersonId).map((customer) => ({
            id: taskId,
            customer,
            memberId,
          })),
        );
      }
    }
    return found;
  }

  /**
   * Twenty tells nobody of an update that makes its own filter false, so the new owner is among those accepted.
   * @returns the ids that have the new owner now
   * @throws TwentyError
   */
  async write({ kind, ids, fromIds, toId }: RelatedWrite, options: CallOptions): Promise<string[]> {
    const written: string[] = [];
    for (const batch of inBatches(ids)) {
      if (kind === 'OPPORTUNITY') {
        const filter = { and: [NOT_DELETED, { id: { in: batch } }, { or: ownedBy('ownerId', [...fromIds, toId]) }] };
        const { updateOpportunities } = await this.client.request(
          WriteOpportunityOwnersDocument,
          { filter, data: { ownerId: toId } },
          options,
        );
        written.push(...(updateOpportunities ?? []).map(({ id }) => id));
      } else {
        const filter = { and: [NOT_DELETED, { id: { in: batch } }, { or: ownedBy('assigneeId', [...fromIds, toId]) }] };
        const { updateTasks } = await this.client.request(
          WriteTaskAssigneesDocument,
          { filter, data: { assigneeId: toId } },
          options,
        );
        written.push(...(updateTasks ?? []).map(({ id }) => id));
      }
    }
    return written;
  }

  /** Assignees of the tasks that are open and one of the members'. */
  private async assigneesOf(
    taskIds: string[],
    memberIds: readonly (string | null)[],
    options: CallOptions,
  ): Promise<Map<string, string | null>> {
    const assignees = new Map<string, string | null>();
    for (const batch of inBatches(taskIds)) {
      const filter = { and: [NOT_DELETED, { id: { in: batch } }, { or: ownedBy('assigneeId', memberIds) }] };
      const { tasks } = await this.client.request(ReadRelatedTasksDocument, { filter, first: batch.length }, options);
      for (const { id, status, assigneeId } of nodesOf(tasks)) if (status !== 'DONE') assignees.set(id, assigneeId);
    }
    return assignees;
  }
}

function linkedTo(customers: readonly CustomerRef[], companyField: string, personField: string): RecordFilter[] {
  const ids = (object: CustomerRef['object']) =>
    customers.filter((customer) => customer.object === object).map(({ recordId }) => recordId);
  const [companies, people] = [ids('COMPANY'), ids('PERSON')];
  return [
    ...(companies.length > 0 ? [{ [companyField]: { in: companies } }] : []),
    ...(people.length > 0 ? [{ [personField]: { in: people } }] : []),
  ];
}

function customersOf(
  customers: readonly CustomerRef[],
  companyId: string | null,
  personId: string | null,
): CustomerRef[] {
  return customers.filter(({ object, recordId }) => recordId === (object === 'COMPANY' ? companyId : personId));
}

function ownedBy(field: string, memberIds: readonly (string | null)[]): RecordFilter[] {
  const members = [...new Set(memberIds.filter((id) => id !== null))];
  return [
    ...(members.length > 0 ? [{ [field]: { in: members } }] : []),
    ...(memberIds.includes(null) ? [{ [field]: { is: 'NULL' } }] : []),
  ];
}
