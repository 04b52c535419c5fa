import { folded, longest, most } from '../text/bounded-text';
import { siteOf } from './shared-hosts';

/** What of a record says that it is the same customer as another (docs/semantics.md#duplicates). */
export interface MatchFacts {
  name: string | null;
  domains: string[];
  emails: string[];
  phones: string[];
}

/**
 * Legal forms, longest first, because 股份有限公司 ends in 有限公司. They are taken off the end of a name only, so that
 * "Limited Brands" stays what it is.
 */
const legalForms = [
  '股份有限公司',
  '有限责任公司',
  '有限責任公司',
  '控股集团',
  '控股集團',
  '集团公司',
  '集團公司',
  '有限公司',
  '分公司',
  '总公司',
  '總公司',
  '公司',
  '集团',
  '集團',
  '股份',
  'corporation',
  'incorporated',
  'private',
  'limited',
  'company',
  'gmbh',
  'corp',
  'inc',
  'llc',
  'ltd',
  'plc',
  'llp',
  'pte',
  'pty',
  'pvt',
  'sarl',
  'srl',
  'oyj',
  'sdn',
  'bhd',
  'ag',
  'bv',
  'nv',
  'sa',
  'co',
];
const latin = /^[a-z]+$/;

/**
 * Keys under which duplicates meet: two records of the same kind that share a key are the same customer.
 * Companies: `d:` domain, `n:` normalised name. People: `e:` e-mail, `p:` phone.
 */
export function matchKeys(object: 'COMPANY' | 'PERSON', facts: MatchFacts): string[] {
  const keys =
    object === 'COMPANY'
      ? [
          ...facts.domains.slice(0, most.contacts).map(normaliseDomain).map(prefixed('d')),
          prefixed('n')(normaliseCompanyName(facts.name ?? '')),
        ]
      : [
          ...facts.emails.slice(0, most.contacts).map(normaliseEmail).map(prefixed('e')),
          ...facts.phones.slice(0, most.contacts).map(normalisePhone).map(prefixed('p')),
        ];
  return [...new Set(keys.filter((key) => key !== null))].sort();
}

function prefixed(kind: string): (value: string | null) => string | null {
  return (value) => (value ? `${kind}:${value}` : null);
}

/** Full-width becomes half-width, case goes, punctuation goes, legal forms at the end go. */
export function normaliseCompanyName(name: string): string | null {
  const text = folded(name, longest.name);
  const words = closeInitials(text)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean);
  const bare = words.join('');
  if (!bare) return null;
  return withoutLegalForms(words) || bare;
}

/** "s.a." is the word "sa". */
function closeInitials(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}])\p{L}(?:\.\p{L})+(?![\p{L}\p{N}])/gu, (initials) =>
    initials.replaceAll('.', ''),
  );
}

function withoutLegalForms(words: string[]): string {
  const rest = [...words];
  for (let last = rest.at(-1); last !== undefined; last = rest.at(-1)) {
    const form = legalForms.find((candidate) =>
      latin.test(candidate) ? last === candidate : last.endsWith(candidate),
    );
    if (!form) break;
    rest.pop();
    const stem = last.slice(0, last.length - form.length);
    if (stem) rest.push(stem);
  }
  return rest.join('');
}

/** The site of a link or a bare domain; null where many companies have the same. */
export function normaliseDomain(link: string): string | null {
  const text = whole(link, longest.link);
  if (!text) return null;
  try {
    const { hostname } = new URL(/^[a-z][a-z0-9+.-]*:\/\//.test(text) ? text : `https://${text}`);
    return siteOf(hostname.replace(/\.$/, ''));
  } catch {
    return null;
  }
}

export function normaliseEmail(email: string): string | null {
  const text = whole(email, longest.email);
  return text !== null && /^[^@\s]+@[^@\s]+$/.test(text) ? text : null;
}

/**
 * Digits only; shorter than seven is an extension or a slip, not a person. A number without a country is taken as China's, so
 * that +86, 0086 and a trunk 0 make no difference; +1 stays in sight, because 1 and ten digits are a mobile number in China.
 */
export function normalisePhone(phone: string): string | null {
  const text = whole(phone, longest.phone)?.replace('(0)', '');
  if (!text) return null;
  const written = text.replace(/\D/g, '');
  const isInternational = /^\D*\+/.test(text) || written.startsWith('00');
  const digits = written.replace(/^0+/, '');
  const national = digits.replace(isInternational ? /^86/ : /^86(?=0?\d{10,11}$)/, '').replace(/^0+/, '');
  if (national.length < 7) return null;
  return isInternational && digits.startsWith('1') ? `+${national}` : national;
}

/** Half of an address is another address, so one that is too long is none. */
function whole(text: string, length: number): string | null {
  const trimmed = text.trim();
  if (trimmed.length > length) return null;
  const plain = trimmed.normalize('NFKC').trim().toLowerCase();
  return plain.length > length ? null : plain;
}
