import { writeFilter } from './customer-write';

const notDeleted = { deletedAt: { is: 'NULL' } };

describe('writeFilter', () => {
  it('should accept a free record and one that the new owner already has, because Twenty hides updates that falsify their filter', () => {
    const filter = writeFilter({
      object: 'COMPANY',
      records: [
        { id: 'a', expectedOwners: [null] },
        { id: 'b', expectedOwners: [null] },
      ],
      data: { ownerId: 'me' },
    });
    expect(filter).toEqual({
      and: [
        { id: { in: ['a', 'b'] } },
        notDeleted,
        { or: [{ accountOwnerId: { is: 'NULL' } }, { accountOwnerId: { in: ['me'] } }] },
      ],
    });
  });

  it('should accept a release only from its owner or when already released', () => {
    const filter = writeFilter({
      object: 'PERSON',
      records: [{ id: 'a', expectedOwners: ['me'] }],
      data: { ownerId: null },
    });
    expect(filter).toEqual({
      and: [{ id: { in: ['a'] } }, notDeleted, { or: [{ ownerId: { is: 'NULL' } }, { ownerId: { in: ['me'] } }] }],
    });
  });

  it('should keep each record to its own former owner when they differ', () => {
    const filter = writeFilter({
      object: 'COMPANY',
      records: [
        { id: 'a', expectedOwners: ['anna'] },
        { id: 'b', expectedOwners: ['ben'] },
        { id: 'c', expectedOwners: ['anna'] },
      ],
      data: { ownerId: 'cleo' },
    });
    expect(filter).toEqual({
      and: [
        notDeleted,
        {
          or: [
            { and: [{ id: { in: ['a', 'c'] } }, { accountOwnerId: { in: ['anna', 'cleo'] } }] },
            { and: [{ id: { in: ['b'] } }, { accountOwnerId: { in: ['ben', 'cleo'] } }] },
          ],
        },
      ],
    });
  });

  it('should not ask for an owner when none is expected, yet never write a deleted record', () => {
    expect(writeFilter({ object: 'COMPANY', records: [{ id: 'a' }], data: { reclaimOn: '2026-02-01' } })).toEqual({
      and: [{ id: { in: ['a'] } }, notDeleted],
    });
  });

  it('should leave the expected owners alone when the owner is not written', () => {
    const filter = writeFilter({
      object: 'COMPANY',
      records: [{ id: 'a', expectedOwners: ['me'] }],
      data: { isLocked: true },
    });
    expect(filter).toEqual({ and: [{ id: { in: ['a'] } }, notDeleted, { accountOwnerId: { in: ['me'] } }] });
  });

  it('should have no filter when nobody can be the owner', () => {
    expect(
      writeFilter({ object: 'COMPANY', records: [{ id: 'a', expectedOwners: [] }], data: { isLocked: true } }),
    ).toBeNull();
    expect(writeFilter({ object: 'COMPANY', records: [], data: { ownerId: 'me' } })).toBeNull();
  });
});
