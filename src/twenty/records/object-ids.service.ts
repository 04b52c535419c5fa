import { Injectable } from '@nestjs/common';
import type { CustomerObject } from '../../domain/customer/customer';
import { ReadObjectIdsDocument } from '../generated/metadata';
import { TwentyClient } from '../client/twenty-client.service';
import type { CallOptions } from './twenty.types';

const PAGE = 200;
const NAMES: Record<string, CustomerObject> = { company: 'COMPANY', person: 'PERSON' };

/** What Twenty's roles call companies and people: their ids in this workspace, which never change. */
@Injectable()
export class ObjectIds {
  private known: Promise<ReadonlyMap<string, CustomerObject>> | null = null;

  constructor(private readonly client: TwentyClient) {}

  /**
   * Read once and kept.
   * @returns the object by its id
   * @throws TwentyError
   */
  async customers(options: CallOptions): Promise<ReadonlyMap<string, CustomerObject>> {
    this.known ??= this.read(options);
    try {
      return await this.known;
    } catch (error) {
      this.known = null;
      throw error;
    }
  }

  private async read(options: CallOptions): Promise<ReadonlyMap<string, CustomerObject>> {
    const found = new Map<string, CustomerObject>();
    for (let after: string | null | undefined; after !== null;) {
      const paging = { first: PAGE, ...(after !== undefined && { after }) };
      const { objects } = await this.client.request(
        ReadObjectIdsDocument,
        { paging },
        { ...options, endpoint: 'metadata' },
      );
      for (const { node } of objects.edges) {
        const object = NAMES[node.nameSingular];
        if (object) found.set(node.id, object);
      }
      after = objects.pageInfo.hasNextPage ? (objects.pageInfo.endCursor ?? null) : null;
    }
    return found;
  }
}
