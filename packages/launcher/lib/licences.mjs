import satisfies from 'spdx-satisfies';

/** What may be part of a work under AGPL-3.0. */
const ALLOWED = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'PSF-2.0',
  'Unlicense',
];

/**
 * Packages that were looked at by hand; a name that ends in `*` stands for all that begin so.
 * @type {Readonly<Record<string, string>>}
 */
const LOOKED_AT = {
  busboy: 'declares nothing that npm reads; its LICENSE is MIT',
  streamsearch: 'declares nothing that npm reads; its LICENSE is MIT',
  'date-holidays': 'ISC code; its data have a licence of their own, see NOTICE',
  '@msgpackr-extract/*': 'MIT; npm notes no licence for the builds of other platforms, which it does not install',
};

/**
 * Which dependencies of what ships have a licence that was not agreed to.
 * @param {Record<string, { license?: string, dev?: boolean, link?: boolean, version?: string }>} packages of package-lock.json, by place
 * @returns {string[]} a line each; also for what was looked at and is no dependency any more
 */
export function licenceProblems(packages) {
  const shipped = Object.entries(packages)
    .filter(([where, { dev, link }]) => where.includes('node_modules/') && !dev && !link)
    .map(([where, { version, license }]) => ({ name: where.split('node_modules/').at(-1) ?? '', version, license }));
  const unread = shipped.filter(({ name }) => !Object.keys(LOOKED_AT).some((pattern) => covers(pattern, name)));
  return [
    ...unread
      .filter(({ license }) => !isAllowed(license))
      .map(({ name, version, license }) => `${name}@${version}: ${license ?? 'declares no licence'}`),
    ...Object.keys(LOOKED_AT)
      .filter((pattern) => !shipped.some(({ name }) => covers(pattern, name)))
      .map((pattern) => `${pattern}: is an exception, and no dependency any more`),
  ];
}

/**
 * @param {string} pattern
 * @param {string} name
 */
function covers(pattern, name) {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/** @param {string | undefined} license SPDX expression */
function isAllowed(license) {
  try {
    return license !== undefined && satisfies(license, ALLOWED);
  } catch {
    // No SPDX expression, such as "SEE LICENSE IN …".
    return false;
  }
}
