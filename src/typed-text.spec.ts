import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import fc from 'fast-check';
import { localeFromHeader } from './api/auth/request-context';
import { LogFollowUpArgs } from './api/graphql/follow-up.inputs';
import { CustomersPageArgs, OwnershipEventsArgs, ReleaseArgs } from './api/graphql/inputs';
import { scalars } from './api/graphql/scalars';
import { decodePosition, decodeSequence } from './api/paging/cursor';
import { decodeTuple } from './api/paging/tuple-cursor';
import { matchDegree, readMatchValues } from './domain/assignment/auto/match-values';
import { knownCountry } from './domain/calendar/country-holidays';
import { isLocalDate, isTimeZone, utcInstant } from './domain/calendar/local-days';
import { matchKeys } from './domain/duplicates/match-keys';
import type { Digest } from './domain/reminders/digest.types';
import { WEBHOOK_KINDS } from './domain/reminders/digest.types';
import { jsonFault } from './domain/text/bounded-json';
import { folded, isStorable, longest } from './domain/text/bounded-text';
import { requirePublicHost } from './notifications/public-address';
import { taskMarkdown } from './notifications/task-markdown';
import { webhookMessage } from './notifications/webhook-message';
import { parsePoolPolicy } from './pools';
import { parseSettings, settingKeys } from './settings/workspace-settings';
import { followUpAuthor } from './sync/sources/follow-up-note-id';
import { tokenClaims } from './twenty/client/token-claims';
import { graphqlData } from './twenty/client/twenty-response';
import { verifyWebhook } from './twenty/client/verify-webhook';
import { companyToRecord, fullName, personToRecord } from './twenty/records/customer-mapping';
import { type OwnershipEventNode, nodeToEvent } from './twenty/records/ownership-event-mapping';

type Company = Parameters<typeof companyToRecord>[0];
type Person = Parameters<typeof personToRecord>[0];

/** Words of a text, where something has many. */
const listed = (text: string) => text.match(/.{1,4}/gsu) ?? [];
const digestOf = (text: string): Digest => ({
  audience: 'MANAGER',
  memberName: text,
  entries: [
    { object: 'COMPANY', recordId: '1', name: text, reclaimOn: '2026-08-05', rule: 'NO_ACTIVITY', ownerName: text },
  ],
  notices: [
    {
      kind: 'STALE',
      poolName: text,
      days: 3,
      total: 1,
      customers: [{ object: 'PERSON', recordId: '2', name: text }],
    },
  ],
});
const checked = (type: new () => object, input: object) => validateSync(plainToInstance(type, input));

/** Whatever looks at text that people, or callers, write; what it throws is its answer. */
const readers: Record<string, (text: string) => unknown> = {
  'a company’s match keys': (text) =>
    matchKeys('COMPANY', { name: text, domains: [text, `https://${text}/`, ...listed(text)], emails: [], phones: [] }),
  'a person’s match keys': (text) =>
    matchKeys('PERSON', {
      name: text,
      domains: [],
      emails: [text, `wei@${text}`, ...listed(text)],
      phones: [text, `+${text}`, ...listed(text)],
    }),
  'a company as Twenty has it': (text) =>
    companyToRecord({
      name: text,
      duplicateOf: text,
      domainName: { primaryLinkUrl: text, secondaryLinks: listed(text).map((url) => ({ url })) },
    } as unknown as Company),
  'a person as Twenty has them': (text) =>
    personToRecord({
      name: { firstName: text, lastName: text },
      emails: { primaryEmail: text, additionalEmails: listed(text) },
      phones: { primaryPhoneNumber: text, additionalPhones: listed(text).map((number) => ({ number })) },
    } as unknown as Person),
  'a name of two parts': (text) => fullName({ firstName: text, lastName: '公' }),
  'an event of the history': (text) =>
    nodeToEvent({
      eventType: 'CLAIMED',
      happenedAt: '2026-01-01T00:00:00Z',
      fromName: text,
      reason: text,
      note: text,
      facts: { [text]: text, list: listed(text) },
    } as unknown as OwnershipEventNode),
  'what a member takes': (text) => {
    const taken = readMatchValues({ industry: [text, ...listed(text)], [text]: text });
    return matchDegree(taken, ['industry', 'constructor'], { industry: [...listed(text), text] });
  },
  'JSON as text': (text) => jsonFault({ [text]: text }),
  'JSON with many values': (text) => jsonFault(listed(text)),
  'JSON that is deep': (text) => jsonFault(listed(text).reduce<unknown>((inner, key) => ({ [key]: inner }), text)),
  'JSON of a caller': (text) => scalars.JSON.parseValue({ and: [{ name: { ilike: text } }, ...listed(text)] }),
  'a setting': (text) => parseSettings(Object.fromEntries(settingKeys.map((key) => [key, text])), {}),
  'a setting that is a list': (text) =>
    parseSettings(Object.fromEntries(settingKeys.map((key) => [key, JSON.stringify([text])])), {}),
  'a pool’s values': (text) =>
    parsePoolPolicy(
      {
        routingFilter: { name: { eq: text }, or: listed(text) },
        afterDateField: text,
        autoAssignSchedule: text,
        followUpDays: text,
        claimingMode: text,
        matchFields: [text, ...listed(text)],
        reminderLeadDays: listed(text),
      },
      null,
    ),
  'a country': knownCountry,
  'a time zone': isTimeZone,
  'an instant': (text) => [utcInstant(text), utcInstant(`2026-01-01T00:00:00.${text}Z`)],
  'a date': isLocalDate,
  'a folded value': (text) => folded(text, longest.value),
  'text to store': isStorable,
  'a reason and a note': (text) => checked(ReleaseArgs, { customers: [], reason: text, note: text, poolId: text }),
  'a follow-up': (text) => checked(LogFollowUpArgs, { customer: {}, note: text }),
  'a search': (text) => checked(CustomersPageArgs, { search: text, after: text }),
  'a time of the history': (text) => checked(OwnershipEventsArgs, { since: text, until: text }),
  'a cursor': (text) =>
    [text, Buffer.from(JSON.stringify([null, text, text])).toString('base64url')].map(decodePosition),
  'a cursor of numbers': decodeSequence,
  'a cursor of texts': (text) =>
    decodeTuple(Buffer.from(JSON.stringify([text, text])).toString('base64url'), [
      /^(COMPANY|PERSON)$/,
      /^[dnep]:[^\0]+$/,
    ]),
  'a language': localeFromHeader,
  'a token': (text) => [tokenClaims(text), tokenClaims(`${text}.${text}.${text}`)],
  'a signature': (text) =>
    verifyWebhook(
      { 'x-twenty-webhook-timestamp': text, 'x-twenty-webhook-signature': text },
      text,
      'a-secret-of-sixteen',
      new Date(0),
    ),
  'an error of Twenty': (text) =>
    graphqlData({
      status: 200,
      text: JSON.stringify({ errors: [{ message: text }] }),
      retryAfterMs: null,
      sentAt: null,
    }),
  'the id of a note': (text) => followUpAuthor(text, ['a', 'b']),
  'an address to post to': (text) => requirePublicHost(new URL(`https://${text}/`)),
  'a task': (text) => taskMarkdown(digestOf(text), 'zh-CN'),
  ...Object.fromEntries(
    WEBHOOK_KINDS.map((kind) => [
      `a message to ${kind}`,
      (text: string) =>
        webhookMessage(
          { kind, url: 'https://chat.example' },
          { digestId: 'd', memberId: 'm', createdAt: '2026-08-01T00:00:00Z', locale: 'en', digest: digestOf(text) },
          0,
        ),
    ]),
  ),
};

const nasty = [
  'co ',
  'a.',
  'a.a',
  'ﷺ',
  '(',
  '公司',
  'é',
  '\u0301',
  ' ',
  '\n',
  '@',
  '-',
  '7',
  '+',
  ',',
  ';q=',
  'eyJ',
  'got invalid value ',
  '"',
  '[',
  '{"a":',
  '://',
  'www.',
  'xn--',
  '😀',
  '\ud83d',
  '*',
  '_',
  '\\',
  '<a',
  '/',
  '0',
];
const size = 4000;
const growth = 8;
/** Between what is linear (8) and what is quadratic (64). */
const mostGrowth = 24;
const rounds = 7;
/** One short run that something else held up would make any growth look small. */
const leastRounds = 3;

function msOf(work: () => unknown): number {
  const start = process.hrtime.bigint();
  try {
    work();
  } catch {
    // A refusal has its price too.
  }
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** How much longer a text of eight times the length takes: the least of several runs, for whatever else the machine does only adds. */
function growthOf(read: (text: string) => unknown, textOf: (length: number) => string): number {
  const [short, long] = [textOf(size), textOf(size * growth)];
  // What takes no longer than looking at each character once is not worth a comparison.
  const once = Math.min(...[1, 2, 3].map(() => msOf(() => [...short].filter((char) => char > ' '))));
  // The first time costs what no later one does.
  msOf(() => read(short));
  let [ofShort, ofLong] = [Infinity, Infinity];
  for (let round = 1; round <= rounds; round += 1) {
    ofShort = Math.min(
      ofShort,
      msOf(() => read(short)),
    );
    ofLong = Math.min(
      ofLong,
      msOf(() => read(long)),
    );
    if (round >= leastRounds && ofLong <= mostGrowth * Math.max(ofShort, once)) break;
  }
  return ofLong / Math.max(ofShort, once);
}

describe('what people type', () => {
  const atoms = fc.array(fc.constantFrom(...nasty), { minLength: 1, maxLength: 3 }).map((some) => some.join(''));
  const ends = fc.constantFrom('', ...nasty);

  it.each(Object.entries(readers))('should cost what it is worth: %s', (_, read) => {
    fc.assert(
      fc.property(ends, atoms, ends, (start, atom, end) => {
        const textOf = (length: number) => `${start}${atom.repeat(Math.ceil(length / atom.length))}${end}`;
        expect(growthOf(read, textOf)).toBeLessThanOrEqual(mostGrowth);
      }),
      { numRuns: 40, examples: nasty.map((one): [string, string, string] => ['', one, '']) },
    );
  });

  it('should notice what costs more', () => {
    const quadratic = (text: string) => {
      let pairs = 0;
      for (let a = 0; a < text.length; a += 16)
        for (let b = 0; b < text.length; b += 1) if (text.charCodeAt(a) === text.charCodeAt(b)) pairs += 1;
      return pairs;
    };
    expect(growthOf(quadratic, (length) => 'co '.repeat(length / 3))).toBeGreaterThan(mostGrowth);
  });
});
