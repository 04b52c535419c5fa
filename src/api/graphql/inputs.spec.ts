import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { LogFollowUpArgs } from './follow-up.inputs';
import { ClaimArgs, CustomersPageArgs, IdArgs, mostRecordsPerCall, OwnershipEventsArgs, ReleaseArgs } from './inputs';
import { validationMessage } from './validation-message';

const ID = '7f3d3c5e-2d5c-4a53-9b0e-0d6a4a8a1c11';
const acme = { object: 'COMPANY', recordId: ID };

/** What the caller would be told; empty when nothing is wrong. */
async function told<T extends object>(type: new () => T, input: unknown): Promise<string> {
  return validationMessage(await validate(plainToInstance(type, input)));
}

describe('inputs', () => {
  it.each<[string, new () => object, unknown]>([
    ['a claim', ClaimArgs, { customers: [acme, { ...acme, object: 'PERSON' }] }],
    ['a claim of nothing', ClaimArgs, { customers: [] }],
    ['a claim with a request id', ClaimArgs, { customers: [acme], requestId: 'r-1' }],
    [
      'as many records as are allowed',
      ClaimArgs,
      { customers: Array.from({ length: mostRecordsPerCall }, () => acme) },
    ],
    [
      'a release to a pool',
      ReleaseArgs,
      { customers: [acme], poolId: ID, reason: '没有需求', note: 'x'.repeat(10_000), requestId: null },
    ],
    ['a seed id of no RFC version', IdArgs, { id: '20202020-0000-0000-0000-000000000001' }],
    ['an id in capitals', IdArgs, { id: ID.toUpperCase() }],
    ['a page', CustomersPageArgs, { poolId: ID, status: 'POOLED', first: 200, dueWithinDays: 0, after: null }],
    ['the whole history', OwnershipEventsArgs, {}],
  ])('should take %s', async (_, type, input) => {
    expect(await told(type, input)).toBe('');
  });

  it.each<[string, new () => object, unknown, string]>([
    [
      'more records than are allowed',
      ClaimArgs,
      { customers: Array.from({ length: mostRecordsPerCall + 1 }, () => acme) },
      'customers: at most 1000 records in one call',
    ],
    [
      'an id that is none',
      ClaimArgs,
      { customers: [acme, { ...acme, recordId: "'; DROP TABLE customer" }] },
      'customers.1.recordId: recordId must be a UUID',
    ],
    ['an unknown kind of record', ClaimArgs, { customers: [{ ...acme, object: 'DEAL' }] }, 'customers.0.object'],
    ['no list', ClaimArgs, { customers: acme.recordId }, 'customers'],
    ['a request id without end', ClaimArgs, { customers: [acme], requestId: 'x'.repeat(201) }, 'requestId'],
    ['NUL in a reason', ReleaseArgs, { customers: [acme], reason: 'a\0b' }, 'reason: reason must be a text'],
    ['half a character in a reason', ReleaseArgs, { customers: [acme], reason: 'a\ud83d' }, 'reason'],
    ['half a character in a follow-up', LogFollowUpArgs, { customer: acme, note: '\ude00' }, 'note'],
    ['a blank follow-up', LogFollowUpArgs, { customer: acme, note: ' \n' }, 'note must not be blank'],
    ['a time that PostgreSQL has not', OwnershipEventsArgs, { since: '+275760-09-13T00:00:00.000Z' }, 'since'],
    ['a time that JavaScript has not', OwnershipEventsArgs, { until: '2026-01-01T10Z' }, 'until'],
    ['a reason without end', ReleaseArgs, { customers: [acme], reason: 'x'.repeat(501) }, 'reason'],
    ['a pool that is no id', ReleaseArgs, { customers: [acme], poolId: 'default' }, 'poolId'],
    ['a page of nothing', CustomersPageArgs, { first: 0 }, 'first'],
    ['a page of everything', CustomersPageArgs, { first: 201 }, 'first'],
    ['an unknown state', CustomersPageArgs, { status: 'LOST' }, 'status'],
    ['days that lie behind', CustomersPageArgs, { dueWithinDays: -1 }, 'dueWithinDays'],
    ['a member that is no id', OwnershipEventsArgs, { memberId: 'me' }, 'memberId'],
  ])('should refuse %s and say where it is', async (_, type, input, place) => {
    expect(await told(type, input)).toContain(place);
  });

  it('should hand on a time in UTC, however it is written', () => {
    expect(plainToInstance(OwnershipEventsArgs, { since: '2026-03-01T08:00+08:00', until: null })).toMatchObject({
      since: '2026-03-01T00:00:00.000Z',
      until: null,
    });
  });

  it('should tell the first few of many faults, count the rest, and repeat no value', async () => {
    const message = await told(ClaimArgs, {
      customers: Array.from({ length: 8 }, () => ({ object: 'COMPANY', recordId: 'secret-value' })),
    });
    expect(message.split('; ')).toHaveLength(6);
    expect(message).toMatch(/; and 3 more$/);
    expect(message).not.toContain('secret-value');
  });
});
