import { poolOf } from '../../../test/support/domain-builders';
import { refuse } from '../../domain/refusal/refusal';
import type { CustomerWithClaimability } from '../../reading/customer-reader.service';
import type { CustomerEntity } from '../../storage/entities/customer.entity';
import type { MemberEntity } from '../../storage/entities/member.entity';
import type { OwnershipEventEntity } from '../../storage/entities/ownership-event.entity';
import { customerView, eventView, refusalView, resultView } from './views';

const member = (id: string, removedAt: string | null = null): MemberEntity => ({
  id,
  userId: null,
  name: `Name of ${id}`,
  email: `${id}@acme.example`,
  locale: null,
  removedAt,
});
const event = (fields: Partial<OwnershipEventEntity>): OwnershipEventEntity =>
  ({
    id: 'e1',
    type: 'OFFBOARDED',
    fromId: null,
    fromName: null,
    toId: null,
    toName: null,
    actorId: null,
    actorName: null,
    poolId: 'pool-a',
    isSystem: true,
    ...fields,
  }) as OwnershipEventEntity;

describe('what the API shows', () => {
  describe('of an answer to a command', () => {
    const refs = ['c1', 'c2', 'c3', 'c4'].map((recordId) => ({ object: 'COMPANY' as const, recordId }));
    const [done, refused, pending, again] = refs as [
      (typeof refs)[0],
      (typeof refs)[0],
      (typeof refs)[0],
      (typeof refs)[0],
    ];
    const answer = {
      batchId: 'b1',
      outcomes: [
        { ...done, status: 'DONE' as const },
        { ...refused, status: 'REFUSED' as const, refusal: refuse('CAPACITY', { used: 50, limit: 50, scope: 'POOL' }) },
        { ...pending, status: 'PENDING' as const },
        { ...again, status: 'REFUSED' as const, refusal: refuse('EMBARGO', {}, '2026-03-10T16:00:00.000Z') },
      ],
    };

    it('should count every outcome once and keep their order', () => {
      const view = resultView(answer, 'en', () => null);
      expect(view).toMatchObject({ done: 1, refused: 2, pending: 1, batchId: 'b1' });
      expect(view.outcomes.map(({ recordId }) => recordId)).toEqual(['c1', 'c2', 'c3', 'c4']);
    });

    it('should explain refusals in the caller’s language', () => {
      const told = (locale: 'en' | 'zh-CN') => resultView(answer, locale, () => null).outcomes[1]?.refusal;
      expect(told('en')).toEqual({ code: 'CAPACITY', message: 'You are at your limit: 50 of 50.', until: null });
      expect(told('zh-CN')?.message).toBe('已达保有量上限：50 / 50。');
    });

    it('should say until when, and nothing of a refusal where there is none', () => {
      const { outcomes } = resultView(answer, 'en', () => null);
      expect(outcomes[3]?.refusal?.until).toBe('2026-03-10T16:00:00.000Z');
      expect(outcomes[0]?.refusal).toBeNull();
    });
  });

  describe('of a refusal', () => {
    it('should be code, sentence and time, and none of the facts behind them', () => {
      expect(Object.keys(refusalView(refuse('DUPLICATE', { ownerId: 'ben', ownerName: 'Ben' }), 'en'))).toEqual([
        'code',
        'message',
        'until',
      ]);
    });
  });

  describe('of a customer', () => {
    const customer = {
      object: 'PERSON',
      recordId: 'p1',
      name: 'Wei',
      status: 'POOLED',
      isLocked: false,
    } as CustomerEntity;
    const found = (changes: Partial<CustomerWithClaimability>): CustomerWithClaimability => ({
      customer,
      pool: poolOf(),
      owner: null,
      refusal: null,
      ...changes,
    });

    it('should say that it may be claimed', () => {
      expect(customerView(found({}), 'en')).toMatchObject({
        recordId: 'p1',
        owner: null,
        pool: { id: 'pool-a', active: true },
        claimable: { allowed: true, refusal: null },
      });
    });

    it('should say why it may not', () => {
      expect(customerView(found({ refusal: refuse('ARCHIVED'), owner: member('ben') }), 'en')).toMatchObject({
        owner: { id: 'ben', active: true },
        claimable: { allowed: false, refusal: { code: 'ARCHIVED', message: 'This customer is archived.' } },
      });
    });
  });

  describe('of the history', () => {
    const members = new Map([
      ['anna', member('anna')],
      ['ben', member('ben', '2026-03-01T00:00:00.000Z')],
    ]);
    const pools = new Map([['pool-a', poolOf()]]);
    const shown = (fields: Partial<OwnershipEventEntity>) => eventView(event(fields), members, pools);

    it('should name members as they are called now, and say who has left', () => {
      expect(shown({ fromId: 'ben', fromName: 'Old name', toId: 'anna' })).toMatchObject({
        from: { id: 'ben', name: 'Name of ben', active: false },
        to: { id: 'anna', active: true },
        actor: null,
      });
    });

    it('should name by the event whom the index no longer knows', () => {
      expect(shown({ fromId: 'gone', fromName: 'Cleo' }).from).toEqual({
        id: 'gone',
        name: 'Cleo',
        email: null,
        active: false,
      });
    });

    it('should name nobody where nobody was, and no pool that is gone', () => {
      expect(shown({ poolId: 'pool-gone' })).toMatchObject({
        from: null,
        to: null,
        actor: null,
        pool: null,
        bySystem: true,
      });
    });
  });
});
