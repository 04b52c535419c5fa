// One project per kind of test, so that `npx jest --selectProjects unit` stays quick.
// `long` takes minutes and joins when HIGHSEAS_TEST_LONG is set (npm run test:long); `soak` and `bench` take their time and
// join when HIGHSEAS_TEST_SOAK is (npm run test:soak).

/** @param {{ tsx: boolean }} options */
const swc = ({ tsx }) => [
  '@swc/jest',
  {
    // Decorator and class field semantics are those of tsconfig.json: tests run what the build ships.
    jsc: {
      parser: { syntax: 'typescript', tsx, decorators: true },
      transform: {
        legacyDecorator: true,
        decoratorMetadata: true,
        useDefineForClassFields: false,
        react: { runtime: 'automatic' },
      },
      target: 'es2022',
      keepClassNames: true,
    },
    module: { type: 'commonjs' },
  },
];

const SECOND = 1000;

/**
 * @param {string} name
 * @param {string[]} testMatch
 * @param {{ database?: boolean }} [options]
 */
const project = (name, testMatch, { database = false } = {}) => ({
  displayName: name,
  rootDir: __dirname,
  testEnvironment: 'node',
  testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/\\.twenty/', '/\\.highseas/'],
  modulePathIgnorePatterns: [
    '<rootDir>/dist/',
    '<rootDir>/\\.highseas/',
    '<rootDir>/packages/[^/]+/(dist|\\.twenty)/.*package\\.json',
  ],
  transform: {
    '^.+\\.ts$': swc({ tsx: false }),
    '^.+\\.tsx$': swc({ tsx: true }),
    // These come as ES modules only, which jest's require does not take on Node 20.
    '\\.m?js$': swc({ tsx: false }),
  },
  transformIgnorePatterns: ['/node_modules/(?!(temporal-polyfill|temporal-utils|temporal-spec|github-slugger)/)'],
  // main.ts loads it before everything else; so do the tests.
  setupFiles: ['reflect-metadata'],
  // One PostgreSQL for the whole run, however many projects ask for it.
  ...(database && {
    globalSetup: '<rootDir>/test/support/global-setup.mjs',
    globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  }),
});

const everyRun = [
  project('unit', ['src/**/*.spec.ts']),
  project('sandbox', ['packages/twenty-sandbox/**/*.spec.ts']),
  project('app', ['packages/twenty-app/**/*.spec.{ts,tsx}']),
  project('launcher', ['packages/launcher/**/*.spec.ts']),
  project('contract', ['test/contract/**/*.spec.ts']),
  project('integration', ['test/integration/**/*.spec.ts'], { database: true }),
  project('e2e', ['test/e2e/**/*.spec.ts'], { database: true }),
  project('simulation', ['test/simulation/**/*.spec.ts'], { database: true }),
  project('browser', ['test/browser/{workspace,pool-tab,actions}.spec.ts'], { database: true }),
];

const longRun = [
  project(
    'long',
    [
      'test/long/**/*.spec.ts',
      'test/browser/{console,console-large,console-manage,console-todo,faults,keyboard,languages,settings,settings-rules}.spec.ts',
    ],
    { database: true },
  ),
];

const soakRun = [
  project('soak', ['test/soak/**/*.spec.ts'], { database: true }),
  project('bench', ['test/bench/**/*.spec.ts'], { database: true }),
];

/** @type {import('jest').Config} */
module.exports = {
  // Jest knows one time-out for all projects; it is for what hangs, not for what is slow.
  testTimeout: process.env.HIGHSEAS_TEST_SOAK ? 1800 * SECOND : 180 * SECOND,
  projects: [
    ...everyRun,
    ...(process.env.HIGHSEAS_TEST_LONG ? longRun : []),
    ...(process.env.HIGHSEAS_TEST_SOAK ? soakRun : []),
  ],
  passWithNoTests: true,
};
