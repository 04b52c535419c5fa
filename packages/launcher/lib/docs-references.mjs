import GithubSlugger from 'github-slugger';
import path from 'node:path';

/** Texts whose rules are cited one by one, not as a whole. */
const CITED_BY_RULE = /^docs\/(semantics|twenty-platform)\.md$/;
const CITATION = /(?<![\w/.-])(docs\/[\w/.-]+\.md)(?:#([\p{L}\p{N}_-]+))?/gu;
const LINK = /(?<=\])\((?!\w+:)([^)\s#]*)(?:#([^)\s]+))?\)/g;
/** A test by file and titles, as they stand in its source: `a.spec.ts "should …", "should …"`. */
const NAMED_TESTS = /([\w./-]+\.spec\.tsx?)((?:,? "[^"]+")+)/g;
/** Numbers that nobody can follow, unless they are the words of a link. */
const NUMBER = /(?<!\[)\b(?:sections?|traps?) \d+/gi;
const NUMBER_OR_FILE = new RegExp(
  `(?<!docs/)\\b(?:semantics|architecture|style|twenty-platform|settings|glossary)\\.md\\b|${NUMBER.source}`,
  'gi',
);

/**
 * Citations (`docs/semantics.md#grace`) in whatever people write, and relative links and named tests in Markdown, that
 * lead nowhere.
 * @param {ReadonlyMap<string, string>} texts by path from the repository's root
 * @param {(path: string) => boolean} isThere for what is linked and is no text: folders, pictures
 * @returns {string[]} one line each: where, and what is wrong
 */
export function deadReferences(texts, isThere) {
  const documents = [...texts].filter(([file]) => file.endsWith('.md'));
  const anchors = new Map(documents.map(([file, text]) => [file, anchorsIn(text)]));

  /** @type {(file: string, anchor: string | undefined) => string | undefined} */
  const problem = (file, anchor) => {
    if (!texts.has(file) && !isThere(file)) return 'there is no such file';
    if (anchor && !anchors.get(file)?.has(anchor)) return 'there is no such anchor';
    return undefined;
  };
  /** @type {(citation: RegExpMatchArray, isCode: boolean) => string | undefined} */
  const deadCitation = ([, file = '', anchor], isCode) =>
    problem(file, anchor) ?? (isCode && !anchor && CITED_BY_RULE.test(file) ? 'name the rule' : undefined);
  /** @type {(link: RegExpMatchArray, from: string) => string | undefined} */
  const deadLink = ([, file, anchor], from) =>
    problem(
      file ? path.posix.join(path.posix.dirname(from), decodeURI(file)) : from,
      anchor === undefined ? undefined : decodeURI(anchor),
    );

  /** @type {(named: RegExpMatchArray) => string | undefined} */
  const missingTest = ([, file = '', titles = '']) => {
    const source = texts.get(file);
    if (source === undefined) return 'there is no such file';
    const gone = [...titles.matchAll(/"([^"]+)"/g)].filter(
      ([, title = '']) => !["'", '"', '`'].some((quote) => source.includes(`${quote}${title}${quote}`)),
    );
    return gone.length > 0 ? `there is no test ${gone.map(([title]) => title).join(', ')}` : undefined;
  };

  return [...texts].flatMap(([file, text]) => {
    const isCode = !file.endsWith('.md');
    return text.split('\n').flatMap((line, index) => {
      const place = `${file}:${index + 1}`;
      const links = isCode ? [] : [...line.matchAll(LINK)];
      return [
        ...told(place, line.matchAll(CITATION), (citation) => deadCitation(citation, isCode)),
        ...told(place, isCode ? [] : line.matchAll(NAMED_TESTS), missingTest),
        ...told(place, links, (link) => deadLink(link, file)),
        ...told(place, line.matchAll(isCode ? NUMBER_OR_FILE : NUMBER), () => 'cite it by its anchor'),
      ];
    });
  });
}

/**
 * @param {string} place
 * @param {Iterable<RegExpMatchArray>} references
 * @param {(reference: RegExpMatchArray) => string | undefined} problem
 */
function told(place, references, problem) {
  return [...references].flatMap((reference) => {
    const wrong = problem(reference);
    return wrong === undefined ? [] : [`${place} ${reference[0]}: ${wrong}`];
  });
}

/**
 * @param {string} markdown
 * @returns {ReadonlySet<string>} those of headings, as GitHub makes them, and those written out
 */
function anchorsIn(markdown) {
  const slugger = new GithubSlugger();
  const prose = markdown.replaceAll(/^```[^]*?^```/gm, '');
  const headings = [...prose.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    slugger.slug(title.replaceAll(/<[^>]*>|\]\([^)]*\)|[[`*]/g, '')),
  );
  return new Set([...headings, ...[...prose.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id)]);
}
