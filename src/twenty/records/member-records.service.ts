import { Injectable } from '@nestjs/common';
import { fullName, shownName } from './customer-mapping';
import { ReadMembersDocument } from '../generated/core';
import { readAllPages } from '../client/read-pages';
import { TwentyClient } from '../client/twenty-client.service';
import { TWENTY_BATCH } from '../client/twenty.limits';
import type { CallOptions, MemberRecord } from './twenty.types';

/** Twenty's word for "as the browser says": no time zone of its own. */
const SYSTEM_TIME_ZONE = 'system';

@Injectable()
export class MemberRecords {
  constructor(private readonly client: TwentyClient) {}

  /**
   * Every member there is. One who was removed is not listed at all, deleted or otherwise.
   * @throws TwentyError
   */
  async readAll(options: CallOptions): Promise<MemberRecord[]> {
    const members = await readAllPages(
      async (after) =>
        (await this.client.request(ReadMembersDocument, { first: TWENTY_BATCH, after }, options)).workspaceMembers,
    );
    return members.map(({ id, userId, name, userEmail, locale, timeZone }) => ({
      id,
      userId,
      name: fullName(name) ?? shownName(userEmail) ?? id,
      email: userEmail || null,
      locale: locale || null,
      timeZone: timeZone && timeZone !== SYSTEM_TIME_ZONE ? timeZone : null,
    }));
  }
}
