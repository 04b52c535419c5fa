import { readFileSync } from 'node:fs';
import path from 'node:path';
import { licenceProblems } from './licences.mjs';

type Packages = Parameters<typeof licenceProblems>[0];

const LOCK = JSON.parse(readFileSync(path.join(__dirname, '../../../package-lock.json'), 'utf8')) as {
  packages: Packages;
};

/** What one more dependency brings up. */
const problemsWith = (more: Packages): string[] => licenceProblems({ ...LOCK.packages, ...more });

describe('licences of what ships', () => {
  it('should agree to what package-lock.json has today', () => expect(problemsWith({})).toEqual([]));

  it.each(['MIT', '(MIT AND BSD-3-Clause)', '(GPL-2.0-only OR Apache-2.0)'])('should agree to %s', (license) =>
    expect(problemsWith({ 'node_modules/a/node_modules/@b/c': { version: '1.0.0', license } })).toEqual([]),
  );

  it.each([
    ['GPL-2.0-only', 'GPL-2.0-only'],
    ['(MIT AND SSPL-1.0)', '(MIT AND SSPL-1.0)'],
    ['SEE LICENSE IN terms.txt', 'SEE LICENSE IN terms.txt'],
    [undefined, 'declares no licence'],
  ])('should not agree to %s', (license, told) =>
    expect(problemsWith({ 'node_modules/a/node_modules/@b/c': { version: '1.0.0', license } })).toEqual([
      `@b/c@1.0.0: ${told}`,
    ]),
  );

  it('should leave development dependencies alone', () =>
    expect(problemsWith({ 'node_modules/a': { version: '1.0.0', license: 'SSPL-1.0', dev: true } })).toEqual([]));

  it('should name an exception that nothing needs any more', () =>
    expect(licenceProblems({ 'node_modules/busboy': { version: '1.6.0' } })).toContain(
      'streamsearch: is an exception, and no dependency any more',
    ));
});
