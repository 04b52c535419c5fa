import { deterministicId } from '../ids';
import type { Actor } from '../records/record.types';
import type { SeededRandom } from '../random';
import type { SampleContext } from './sample-context';
import {
  CHINESE_CITIES,
  CHINESE_SUFFIXES,
  CHINESE_TRADES,
  CHINESE_WORDS,
  ENGLISH_CITIES,
  ENGLISH_SUFFIXES,
  ENGLISH_TRADES,
  ENGLISH_WORDS,
} from './sample-words';

export interface SampleCompany {
  id: string;
  slug: string;
  isChinese: boolean;
  isImported: boolean;
  createdDaysAgo: number;
  ownerId: string | null;
}

const COMPANIES = 2000;

/** Every so many companies, the one before stands again under another spelling: what duplicate rules have to find. */
const DUPLICATE_EVERY = 400;

interface Identity {
  name: string;
  slug: string;
  isChinese: boolean;
  address: Record<string, string>;
}

/** 2,000 companies; each rep owns 12 to 30 of them, each pool manager a few, nobody the rest. */
export function addSampleCompanies(context: SampleContext): SampleCompany[] {
  const { random, workspace } = context;
  const owners = shuffledOwners(context);
  const object = workspace.registry.get('company');
  const table = workspace.store.table('company');
  const companies: SampleCompany[] = [];
  let previous: Identity | undefined;
  for (let index = 0; index < COMPANIES; index += 1) {
    const isDuplicate = index % DUPLICATE_EVERY === DUPLICATE_EVERY - 1 && previous !== undefined;
    const identity: Identity = isDuplicate && previous ? respelled(previous, index) : newIdentity(random, index);
    previous = identity;
    const isImported = random.chance(0.25);
    const createdDaysAgo = random.integer(5, 700);
    const ownerId = owners[index] ?? null;
    const id = deterministicId(`company:${index}`);
    const hasDomain = random.chance(0.9);
    const createdBy: Actor = {
      ...context.actorOf(context.anyMember()),
      source: isImported ? 'IMPORT' : random.chance(0.2) ? 'API' : 'MANUAL',
    };
    table.put(
      workspace.store.complete(
        object,
        {
          id,
          name: identity.name,
          domainName: {
            primaryLinkLabel: '',
            primaryLinkUrl: hasDomain ? `https://${isDuplicate ? 'www.' : ''}${identity.slug}.com` : '',
            secondaryLinks: [],
          },
          address: { ...emptyAddress(), ...identity.address },
          linkedinLink: {
            primaryLinkLabel: '',
            primaryLinkUrl: random.chance(0.3) ? `https://linkedin.com/company/${identity.slug}` : '',
            secondaryLinks: [],
          },
          annualRevenue: random.chance(0.6)
            ? {
                amountMicros: random.integer(1, 500) * 1_000_000_000_000,
                currencyCode: identity.isChinese ? 'CNY' : 'USD',
              }
            : { amountMicros: null, currencyCode: null },
          accountOwnerId: ownerId,
          position: index,
          ...context.stamps(createdDaysAgo),
        },
        createdBy,
      ),
    );
    companies.push({ id, slug: identity.slug, isChinese: identity.isChinese, isImported, createdDaysAgo, ownerId });
  }
  return companies;
}

/** Owner of the company at each index, spread over the whole list. */
function shuffledOwners({ random, workspace, members }: SampleContext): (string | null)[] {
  const owners: (string | null)[] = [];
  for (const { role, email } of members) {
    const count = role === 'rep' ? random.integer(12, 30) : role === 'manager' ? random.integer(3, 8) : 0;
    const memberId = workspace.userByEmail(email)?.workspaceMemberId ?? null;
    for (let index = 0; index < count; index += 1) owners.push(memberId);
  }
  while (owners.length < COMPANIES) owners.push(null);
  for (let index = owners.length - 1; index > 0; index -= 1) {
    const other = random.integer(0, index);
    [owners[index], owners[other]] = [owners[other] ?? null, owners[index] ?? null];
  }
  return owners;
}

function newIdentity(random: SeededRandom, index: number): Identity {
  if (random.chance(0.55)) {
    const [city, citySlug, state] = random.pick(CHINESE_CITIES);
    const [word, wordSlug] = random.pick(CHINESE_WORDS);
    const [second, secondSlug] = random.pick(CHINESE_WORDS);
    const [trade, tradeSlug] = random.pick(CHINESE_TRADES);
    return {
      name: `${city}${word}${second}${trade}${random.pick(CHINESE_SUFFIXES)}`,
      slug: `${wordSlug}${secondSlug}-${tradeSlug}-${citySlug}${index}`,
      isChinese: true,
      address: {
        addressStreet1: `${random.pick(CHINESE_WORDS)[0]}路${random.integer(1, 999)}号`,
        addressCity: city,
        addressState: state,
        addressCountry: 'China',
      },
    };
  }
  const [city, state, country] = random.pick(ENGLISH_CITIES);
  const [first, second, trade] = [random.pick(ENGLISH_WORDS), random.pick(ENGLISH_WORDS), random.pick(ENGLISH_TRADES)];
  return {
    name: `${first} ${second} ${trade} ${random.pick(ENGLISH_SUFFIXES)}`,
    slug: `${first}${second}-${trade}${index}`.toLowerCase(),
    isChinese: false,
    address: {
      addressStreet1: `${random.integer(1, 999)} ${random.pick(ENGLISH_WORDS)} Street`,
      addressCity: city,
      addressState: state,
      addressCountry: country,
    },
  };
}

/** The same company as somebody else would type it: full-width letters, other legal suffix, extra spaces. */
function respelled(identity: Identity, index: number): Identity {
  const name = identity.isChinese
    ? identity.name.replace(/(股份|集团)?有限(责任)?公司$/, '股份有限公司')
    : [...identity.name.toUpperCase()]
        .map((char) => (/[A-Z]/.test(char) ? String.fromCharCode(char.charCodeAt(0) + 0xfee0) : char))
        .join('');
  const changed = name === identity.name ? name.replace('股份有限公司', '有限公司') : name;
  return { ...identity, name: index % 2 === 0 ? `${changed} ` : changed };
}

function emptyAddress(): Record<string, unknown> {
  return {
    addressStreet1: '',
    addressStreet2: '',
    addressCity: '',
    addressPostcode: '',
    addressState: '',
    addressCountry: '',
    addressLat: null,
    addressLng: null,
  };
}
