import { deadReferences } from './docs-references.mjs';

const LAW = [
  '# Law',
  '',
  '## 2. Pools & people 公海',
  '- <a id="grace"></a>Grace …',
  '```',
  '## not a heading',
  '```',
  '## `npm start` and [links](https://a.example)',
].join('\n');

/** What is found in `text`, beside a law at docs/semantics.md, without the place. */
function found(text: string, file = 'src/claim.ts'): string[] {
  const texts = new Map([
    ['docs/semantics.md', LAW],
    [file, text],
  ]);
  return deadReferences(texts, (path: string) => path === 'docs/decisions').map((line: string) =>
    line.slice(line.indexOf(' ') + 1),
  );
}

describe('references to the docs', () => {
  it.each([
    'docs/semantics.md#grace',
    'docs/semantics.md#2-pools--people-公海',
    'docs/semantics.md#npm-start-and-links',
  ])('should follow %s to an anchor that is written out or made of a heading', (citation) =>
    expect(found(`/** ${citation}: a rule. */`)).toEqual([]),
  );

  it.each([
    ['docs/semantics.md#graces', 'there is no such anchor'],
    ['docs/semantics.md#not-a-heading', 'there is no such anchor'],
    ['docs/law.md', 'there is no such file'],
    ['docs/semantics.md', 'name the rule'],
  ])('should say of %s that %s', (citation, problem) =>
    expect(found(`// see ${citation}.`)).toEqual([`${citation}: ${problem}`]),
  );

  it.each(['Semantics section 5', 'semantics.md', 'trap 12'])('should not accept a citation like "%s"', (citation) =>
    expect(found(`// ${citation}`)).toHaveLength(1),
  );

  it('should name file and line', () => {
    const [first] = deadReferences(new Map([['src/claim.ts', '\n\n// docs/law.md']]), () => false);
    expect(first).toBe('src/claim.ts:3 docs/law.md: there is no such file');
  });

  it('should follow relative links of Markdown to files, folders and anchors', () => {
    const text =
      '[law](../semantics.md#grace) [all](../decisions) [web](https://twenty.com/x.md) [here](#here)\n# Here';
    expect(found(text, 'docs/decisions/a.md')).toEqual([]);
    expect(found('[law](semantics.md#grace) [here](#there)', 'docs/decisions/a.md')).toEqual([
      '(semantics.md#grace): there is no such file',
      '(#there): there is no such anchor',
    ]);
  });

  it('should find a test that a text names by file and titles', () => {
    const texts = (text: string) =>
      new Map([
        ['docs/security.md', text],
        ['test/a.spec.ts', "it('should hold', () => {});\nit.each(all)(`should not take %s`, (one) => {});"],
      ]);
    const problems = (text: string) => deadReferences(texts(text), () => false);

    expect(problems('| one | (test: test/a.spec.ts "should hold", "should not take %s") |')).toEqual([]);
    expect(problems('(test: test/a.spec.ts "should hold", "should no")')).toEqual([
      expect.stringContaining('there is no test "should no"'),
    ]);
    expect(problems('(test: test/b.spec.ts "should hold")')).toEqual([
      expect.stringContaining('there is no such file'),
    ]);
  });
});
