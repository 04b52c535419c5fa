import { BEFORE_ALL, OVERLAP_MS, afterCursor, readChanges, withOverlap } from './read-changes';

const AT = '2026-03-01T08:00:00.000Z';
const ID = '4f9d1d1e-6f0a-4f4e-9a3a-6f8f5ac1c001';

describe('reading by cursor', () => {
  it('should go on after the last record of the moment', () => {
    expect(afterCursor({ updatedAt: AT, id: ID })).toEqual([
      { or: [{ updatedAt: { gt: AT } }, { and: [{ updatedAt: { eq: AT } }, { id: { gt: ID } }] }] },
    ]);
  });

  it('should ask for a moment without naming an id that Twenty refuses', () => {
    expect(afterCursor({ updatedAt: AT, id: BEFORE_ALL })).toEqual([{ updatedAt: { gte: AT } }]);
  });

  it('should begin at the beginning without a cursor', () => {
    expect(afterCursor(null)).toEqual([]);
  });

  it('should never put the id that stands before all into a filter, although a reading that finds nothing gives it back', async () => {
    const filters: unknown[] = [];
    const read = ({ filter }: { filter: unknown }) => {
      filters.push(filter);
      return Promise.resolve([]);
    };
    const cursor = withOverlap({ updatedAt: AT, id: ID }, new Date(Date.parse(AT) + OVERLAP_MS).toISOString());
    const page = await readChanges(read, cursor);
    await readChanges(read, page.cursor);
    expect(page.cursor).toEqual({ updatedAt: AT, id: BEFORE_ALL });
    expect(JSON.stringify(filters)).not.toContain(BEFORE_ALL);
  });
});
