// Dependencies point one way, as docs/architecture.md draws it:
//   api, jobs, demo → automatic, bulk, commands, reading → changes → idle-clock, pools, settings → domain, twenty, storage → config
// and `sync` feeds `changes`. A capability meets another only through what its module exports: its services, its module, its index.

const CAPABILITIES =
  '(automatic|bulk|commands|reading|changes|sync|idle-clock|pools|settings|notifications|duplicates)';
const EXPORTED = '(index|[^/]+\\.(service|module))\\.ts$';
const TESTS = '(\\.spec\\.ts$|^test/)';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'domain-is-pure',
      comment:
        'Decisions are pure: they import nothing of ours but each other, and of others only calendar arithmetic and the public suffix list.',
      severity: 'error',
      from: { path: '^src/domain/', pathNot: TESTS },
      to: { pathNot: ['^src/domain/', 'node_modules/(temporal-polyfill|temporal-spec|date-holidays|tldts)/'] },
    },
    {
      name: 'config-is-lowest',
      severity: 'error',
      from: { path: '^src/config/', pathNot: TESTS },
      to: { path: '^src/', pathNot: ['^src/config/', '^src/domain/'] },
    },
    {
      name: 'twenty-and-storage-know-no-capability',
      comment:
        'What speaks Twenty and what stores know only the domain and the configuration, not each other and nobody above.',
      severity: 'error',
      from: { path: '^src/(twenty|storage)/', pathNot: TESTS },
      to: { path: '^src/', pathNot: ['^src/$1/', '^src/(config|domain)/', '^src/twenty/records/twenty\\.types\\.ts$'] },
    },
    {
      name: 'capabilities-know-nobody-above',
      severity: 'error',
      from: { path: `^src/${CAPABILITIES}/`, pathNot: TESTS },
      to: { path: ['^src/(api|jobs)/', '^src/[^/]+\\.ts$'] },
    },
    {
      name: 'what-changes-knows-no-feeder',
      comment: 'The five steps do not know who asks for a change, and what they rest on does not know them.',
      severity: 'error',
      from: { path: '^src/(changes|idle-clock|pools|settings)/', pathNot: TESTS },
      to: { path: '^src/(automatic|bulk|commands|reading|sync|notifications|duplicates)/' },
    },
    {
      name: 'rules-rest-on-no-change',
      severity: 'error',
      from: { path: '^src/(idle-clock|pools|settings)/', pathNot: TESTS },
      to: { path: '^src/changes/' },
    },
    {
      name: 'nobody-above-the-automatic',
      comment: 'What the system decides by itself is fed by the feed and by timers, and asked for by nobody else.',
      severity: 'error',
      from: { path: '^src/(commands|bulk|reading|sync|notifications|duplicates)/', pathNot: TESTS },
      to: { path: '^src/automatic/' },
    },
    {
      name: 'looking-changes-nothing',
      severity: 'error',
      from: { path: '^src/reading/', pathNot: TESTS },
      to: { path: '^src/(automatic|bulk|commands|sync|notifications|duplicates)/' },
    },
    {
      name: 'capabilities-meet-through-services',
      comment:
        'A capability is used through what its module exports, never through its other files. The types of what it exports may be named.',
      severity: 'error',
      from: { path: `^src/${CAPABILITIES}/`, pathNot: TESTS },
      to: { path: `^src/${CAPABILITIES}/`, pathNot: ['^src/$1/', EXPORTED], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'jobs-do-not-know-the-api',
      severity: 'error',
      from: { path: '^src/jobs/', pathNot: TESTS },
      to: { path: '^src/api/' },
    },
    {
      name: 'parts-ship-apart',
      comment: 'Engine, app and sandbox meet over HTTP and in plugin.json only.',
      severity: 'error',
      from: { path: '^(src|packages/[^/]+)/', pathNot: ['\\.spec\\.tsx?$', '^packages/[^/]+/test/'] },
      to: { path: ['^(src|test)/', '^packages/'], pathNot: '^$1/' },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: '^(src|packages/[^/]+/src)/', pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: 'no-development-dependency-in-the-product',
      severity: 'error',
      from: { path: '^src/', pathNot: [TESTS, '\\.mjs$', '/generated/'] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)(dist|\\.twenty|coverage)/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['require', 'import', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
