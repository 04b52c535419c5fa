/**
 * How much of what people write is looked at, in UTF-16 units. Whatever is typed or imported is cut or refused at these before
 * anything is worked out from it, so that a text costs what it is worth.
 */
export const longest = {
  /** Of a customer, member, pool or rule. PostgreSQL cannot index a name of some thousand bytes. */
  name: 200,
  /** RFC 1035. */
  host: 253,
  link: 2048,
  /** RFC 5321. */
  email: 254,
  phone: 64,
  /** One value of a field, as it is compared with others. */
  value: 200,
  /** A field of Twenty, or a part of one: `address.addressCity`. */
  fieldPath: 127,
  cron: 100,
  /** A workspace setting as Twenty keeps it: a thousand dates, or twenty webhooks with their secrets. */
  setting: 50_000,
  requestId: 200,
  reason: 500,
  /** What the engine says of a duplicate; it names a member or a pool twice. */
  duplicateText: 500,
  note: 10_000,
  /** An instant with nine decimals and an offset has 35. */
  instant: 40,
  search: 200,
  cursor: 2000,
  acceptLanguage: 500,
  /** Of an error, Twenty's or ours, that repeats what was written. */
  message: 2000,
} as const;

/** How many are looked at where a record has several. */
export const most = {
  /** Links, e-mails or phones of one record. */
  contacts: 50,
  /** Values of one field, a customer's or those that a member takes. */
  values: 500,
  /** For which a member says what they take; a pool asks for ten. */
  fields: 50,
} as const;

/** The beginning of a text. It never ends in half a character, which PostgreSQL would refuse. */
export function bounded(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  const isHalf = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isHalf ? length - 1 : length);
}

/** Without what case, width and blanks around make different. Bounded before and after: one character may unfold into eighteen. */
export function folded(text: string, length: number): string {
  return bounded(bounded(text.trim(), length).normalize('NFKC').trim().toLowerCase(), length);
}

/** Whether PostgreSQL can keep a text: it has no place for NUL and for halves of characters. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
