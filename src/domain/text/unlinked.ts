/** What chat services and editors know a bare address by: the dot before a part of a host, and the colon of a scheme. */
const signs = /\.(?=[\p{L}\p{N}]{2})|:(?=\/\/)/gu;

/**
 * A text of which nothing makes a link by itself. "Acme Co., Ltd." has nothing to change.
 * @param instead of each of these signs
 */
export function unlinked(text: string, instead: (sign: string) => string): string {
  return text.replace(signs, instead);
}

/** For where a text is to look as it was typed: with a break of no width after the sign. */
export function invisiblyBroken(sign: string): string {
  return `${sign}\u200b`;
}
