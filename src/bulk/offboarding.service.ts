import { Injectable, Logger } from '@nestjs/common';
import { IsNull, type EntityManager } from 'typeorm';
import { Operations } from './operations.service';
import type { CustomerRef } from '../domain/customer/customer';
import { SettingsService } from '../settings/settings.service';
import { MemberEntity } from '../storage/entities/member.entity';

/**
 * docs/semantics.md#offboarding: where a removed member's customers go. To a successor it is an operation; to their pools they
 * go when the next reading of Twenty shows that they have lost their owner.
 */
@Injectable()
export class OffboardingService {
  private readonly logger = new Logger(OffboardingService.name);

  constructor(
    private readonly settings: SettingsService,
    private readonly operations: Operations,
  ) {}

  /**
   * In the transaction that notes the removal, so that neither happens without the other.
   * @returns whether a successor gets their customers
   */
  async begin(manager: EntityManager, removed: string[]): Promise<boolean> {
    const { OFFBOARDING, OFFBOARDING_SUCCESSOR } = await this.settings.current(manager);
    if (OFFBOARDING !== 'TO_SUCCESSOR') return false;
    const successor = await this.successor(manager, OFFBOARDING_SUCCESSOR.trim());
    if (!successor) {
      this.logger.warn(
        { successor: OFFBOARDING_SUCCESSOR },
        'The successor is no member of the workspace; customers go to their pools',
      );
      return false;
    }
    for (const memberId of removed) {
      const operation = await this.operations.create(
        manager,
        {
          kind: 'OFFBOARD',
          createdBy: null,
          requestId: null,
          identity: { offboard: memberId },
          input: { reason: null, overrideCapacity: false, withRelated: true, isWorkspaceAdmin: false },
          undoes: null,
        },
        async () =>
          (await customersOf(manager, memberId)).map((ref) => ({
            ...ref,
            headId: null,
            expectedOwnerId: memberId,
            toMemberId: successor.id,
            eventId: null,
            state: 'WAITING' as const,
            refusal: null,
          })),
      );
      this.logger.log(
        { member: memberId, successor: successor.id, operationId: operation.id, customers: operation.total },
        "A leaver's customers go to the successor",
      );
    }
    return true;
  }

  private async successor(manager: EntityManager, idOrEmail: string): Promise<MemberEntity | null> {
    if (idOrEmail === '') return null;
    const members = await manager.findBy(MemberEntity, { removedAt: IsNull() });
    const wanted = idOrEmail.toLowerCase();
    return members.find(({ id, email }) => id.toLowerCase() === wanted || email?.toLowerCase() === wanted) ?? null;
  }
}

async function customersOf(manager: EntityManager, memberId: string): Promise<CustomerRef[]> {
  return (await manager.query(
    `SELECT object, record_id AS "recordId" FROM customer WHERE owner_id = $1 AND status = 'OWNED' AND NOT is_deleted ORDER BY object, record_id`,
    [memberId],
  )) as CustomerRef[];
}
