import { isBehindDue, lookFrom, overlaps } from './feed-window';

const position = { updatedAt: '2026-03-02T09:00:00.000Z', id: 'a' };

describe('where a look begins', () => {
  it('should be some minutes behind what was seen', () => {
    expect(lookFrom(position, null, overlaps.POLL).updatedAt).toBe('2026-03-02T08:50:00.000Z');
    expect(lookFrom(position, '2026-03-02T11:00:00.000Z', overlaps.SWEEP).updatedAt).toBe('2026-03-02T08:00:00.000Z');
  });

  it("should be behind Twenty's clock when something there has a time that is still to come", () => {
    expect(lookFrom(position, '2026-03-02T07:00:00.000Z', overlaps.POLL).updatedAt).toBe('2026-03-02T06:50:00.000Z');
  });

  it('should be taken up again at once where little has changed, and later where it costs many pages', () => {
    expect(isBehindDue({ listed: 999, listedMsAgo: 0 })).toBe(true);
    expect(isBehindDue({ listed: 25_000, listedMsAgo: 49_000 })).toBe(false);
    expect(isBehindDue({ listed: 25_000, listedMsAgo: 50_000 })).toBe(true);
  });
});
