import { writeFilter } from './customer-write';

const notDeleted = { deletedAt: { is: 'NULL' } };
const free = { ownerId: null, since: '2026-01-01T00:00:00.000Z' };
const mine = { ownerId: 'me', since: '2026-02-02T00:00:00.000Z' };

describe('writeFilter', () => {
  it('should accept a record that is free since then, and one that is already as the write makes it, because Twenty hides updates that falsify their filter', () => {
    const filter = writeFilter({
      object: 'COMPANY',
      records: [
        { id: 'a', fence: { from: free, to: mine } },
        { id: 'b', fence: { from: free, to: mine } },
      ],
      data: { ownerId: 'me' },
    });
    expect(filter).toEqual({
      and: [
        { id: { in: ['a', 'b'] } },
        notDeleted,
        {
          or: [
            { and: [{ accountOwnerId: { is: 'NULL' } }, { pooledSince: { eq: free.since } }] },
            { and: [{ accountOwnerId: { eq: 'me' } }, { ownedSince: { eq: mine.since } }] },
          ],
        },
      ],
    });
  });

  it('should keep each record to its own former owner and time, whoever they are, in one filter', () => {
    const records = ['anna', 'ben', 'anna'].map((ownerId, index) => ({
      id: `r${index}`,
      fence: { from: { ownerId, since: `2026-01-0${index + 1}T00:00:00.000Z` }, to: free },
    }));
    expect(writeFilter({ object: 'PERSON', records, data: { ownerId: null } })).toEqual({
      and: [
        { id: { in: ['r0', 'r1', 'r2'] } },
        notDeleted,
        {
          or: [
            {
              and: [
                { id: { in: ['r0'] } },
                { ownerId: { eq: 'anna' } },
                { ownedSince: { eq: '2026-01-01T00:00:00.000Z' } },
              ],
            },
            { and: [{ ownerId: { is: 'NULL' } }, { pooledSince: { eq: free.since } }] },
            {
              and: [
                { id: { in: ['r1'] } },
                { ownerId: { eq: 'ben' } },
                { ownedSince: { eq: '2026-01-02T00:00:00.000Z' } },
              ],
            },
            {
              and: [
                { id: { in: ['r2'] } },
                { ownerId: { eq: 'anna' } },
                { ownedSince: { eq: '2026-01-03T00:00:00.000Z' } },
              ],
            },
          ],
        },
      ],
    });
  });

  it('should ask for an empty time where Twenty shows none, and for none where it is not known', () => {
    const filterOf = (since?: string | null) => {
      const holding = since === undefined ? { ownerId: null } : { ownerId: null, since };
      return writeFilter({
        object: 'COMPANY',
        records: [{ id: 'a', fence: { from: holding, to: holding } }],
        data: {},
      });
    };
    const owner = { accountOwnerId: { is: 'NULL' } };
    expect(filterOf(null)).toEqual({
      and: [{ id: { in: ['a'] } }, notDeleted, owner, { pooledSince: { is: 'NULL' } }],
    });
    expect(filterOf()).toEqual({ and: [{ id: { in: ['a'] } }, notDeleted, owner] });
  });

  it('should not ask for an owner without a fence, yet never write a deleted record', () => {
    expect(writeFilter({ object: 'COMPANY', records: [{ id: 'a' }], data: { reclaimOn: '2026-02-01' } })).toEqual({
      and: [{ id: { in: ['a'] } }, notDeleted],
    });
  });

  it('should have no filter when there is nothing to write', () => {
    expect(writeFilter({ object: 'COMPANY', records: [], data: { ownerId: 'me' } })).toBeNull();
  });
});
