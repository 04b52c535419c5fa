/** What of a record says that it is the same customer as another (semantics section 9). */
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
  '股份有限公司', '有限责任公司', '控股集团', '集团公司', '有限公司', '分公司', '总公司', '公司', '集团', '股份',
  'corporation', 'incorporated', 'limited', 'company', 'gmbh', 'corp', 'inc', 'llc', 'ltd', 'plc', 'llp', 'pte', 'ag', 'bv', 'sa', 'co',
];
const latin = /^[a-z]+$/;

/**
 * Keys under which duplicates meet: two records of the same kind that share a key are the same customer.
 * Companies: `d:` domain, `n:` normalised name. People: `e:` e-mail, `p:` phone.
 */
export function matchKeys(object: 'COMPANY' | 'PERSON', facts: MatchFacts): string[] {
  const keys =
    object === 'COMPANY'
      ? [...facts.domains.map(normaliseDomain).map(prefixed('d')), prefixed('n')(normaliseCompanyName(facts.name ?? ''))]
      : [...facts.emails.map(normaliseEmail).map(prefixed('e')), ...facts.phones.map(normalisePhone).map(prefixed('p'))];
  return [...new Set(keys.filter((key) => key !== null))].sort();
}

function prefixed(kind: string): (value: string | null) => string | null {
  return (value) => (value ? `${kind}:${value}` : null);
}

/** Full-width becomes half-width, case goes, punctuation goes, legal forms at the end go. */
export function normaliseCompanyName(name: string): string | null {
  const words = name.normalize('NFKC').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const bare = words.join('');
  if (!bare) return null;
  return withoutLegalForms(words) || bare;
}

function withoutLegalForms(words: string[]): string {
  const rest = [...words];
  for (let last = rest.at(-1); last !== undefined; last = rest.at(-1)) {
    const form = legalForms.find((candidate) => (latin.test(candidate) ? last === candidate : last.endsWith(candidate)));
    if (!form) break;
    rest.pop();
    const stem = last.slice(0, last.length - form.length);
    if (stem) rest.push(stem);
  }
  return rest.join('');
}

/** Host of a link or a bare domain, without `www.`. */
export function normaliseDomain(link: string): string | null {
  const text = link.normalize('NFKC').trim().toLowerCase();
  if (!text) return null;
  try {
    const { hostname } = new URL(/^[a-z][a-z0-9+.-]*:\/\//.test(text) ? text : `https://${text}`);
    const host = hostname.replace(/^www\d?\./, '').replace(/\.$/, '');
    return host.includes('.') ? host : null;
  } catch {
    return null;
  }
}

export function normaliseEmail(email: string): string | null {
  const text = email.normalize('NFKC').trim().toLowerCase();
  return /^[^@\s]+@[^@\s]+$/.test(text) ? text : null;
}

/** Digits only. Shorter than seven is an extension or a slip, not a person. China's +86 and a trunk 0 make no difference. */
export function normalisePhone(phone: string): string | null {
  const digits = phone.normalize('NFKC').replace(/\D/g, '').replace(/^00/, '').replace(/^86(?=1\d{10}$)/, '').replace(/^0+/, '');
  return digits.length >= 7 ? digits : null;
}
