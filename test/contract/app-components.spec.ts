import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const APP = join(__dirname, '../../packages/twenty-app');
/** Where the build puts components: those of actions are made from plugin.json. */
const FOLDERS = ['components', 'generated/components'].map((folder) => join(APP, '.twenty/output/src', folder));
const plugin = JSON.parse(readFileSync(join(__dirname, '../../plugin.json'), 'utf8')) as {
  actions: { name: string; form?: string }[];
};

interface Scenario {
  selectedRecordIds: string[];
  locale?: string;
  network?: { url?: string; operation?: string; json: unknown }[];
  submit?: boolean;
  until: string;
}
interface Report {
  host: { name: string; params: unknown }[];
  calls: { url: string; authorization?: string; query?: string; variables?: Record<string, unknown> }[];
  options: string[];
  alert: string | null;
  canSubmit: boolean;
}

/** Runs the component that ships, in a page of its own. */
function run(component: string, scenario: Scenario): Report {
  const file =
    FOLDERS.map((folder) => join(folder, `${component}.front-component.mjs`)).find((path) => existsSync(path)) ?? '';
  const { stdout, stderr } = spawnSync(process.execPath, [join(APP, 'scripts/run-component.mjs'), file], {
    input: JSON.stringify({ locale: 'en', network: [], ...scenario }),
    encoding: 'utf8',
    timeout: 30_000,
  });
  if (!stdout) throw new Error(`The component did not run: ${stderr}`);
  return JSON.parse(stdout) as Report;
}

const POOL = { id: 'pool-1', name: 'Company pool' };
const done = (recordId: string) => ({
  object: 'COMPANY',
  recordId,
  status: 'DONE',
  refusal: null,
  customer: { name: recordId, pool: POOL },
});
const refused = (recordId: string, code: string) => ({
  ...done(recordId),
  status: 'REFUSED',
  refusal: { code, message: `It says ${code}.` },
});

const ADDRESS = { url: '/s/highseas/engine', json: { engineUrl: 'https://engine.test' } };
const snackbar = ({ host }: Report) => host.find(({ name }) => name === 'enqueueSnackbar')?.params;
const variablesOf = ({ calls }: Report, operation: string) =>
  calls.find(({ query }) => query?.includes(operation))?.variables;

describe('the Claim button as it ships', () => {
  it('should claim what is selected with the member’s token, and say what became of it', () => {
    const report = run('claim-company', {
      selectedRecordIds: ['a', 'b'],
      until: 'unmountFrontComponent',
      network: [
        ADDRESS,
        {
          operation: 'mutation Claim',
          json: { data: { claim: { outcomes: [done('a'), refused('b', 'ALREADY_OWNED')] } } },
        },
        {
          operation: 'query Allowance',
          json: { data: { viewer: { capacities: [{ pool: POOL, used: 37, limit: 50 }], claimsLeft: [] } } },
        },
      ],
    });

    expect(snackbar(report)).toEqual({
      variant: 'warning',
      message: '1 claimed, 1 refused: 1 already taken',
      detailedMessage: 'b: It says ALREADY_OWNED. · You have 37 of 50',
    });
    expect(variablesOf(report, 'mutation Claim')?.customers).toEqual([
      { object: 'COMPANY', recordId: 'a' },
      { object: 'COMPANY', recordId: 'b' },
    ]);
    expect(report.calls.every(({ authorization }) => authorization === 'Bearer token')).toBe(true);
    expect(report.calls.filter(({ query }) => query?.includes('mutation Claim'))).toHaveLength(1);
  });

  it('should claim people as people', () => {
    const report = run('claim-person', {
      selectedRecordIds: ['p'],
      until: 'unmountFrontComponent',
      network: [ADDRESS, { operation: 'mutation Claim', json: { data: { claim: { outcomes: [done('p')] } } } }],
    });

    expect(variablesOf(report, 'mutation Claim')?.customers).toEqual([{ object: 'PERSON', recordId: 'p' }]);
  });

  it('should not be a dead button under "Select all"', () => {
    expect(snackbar(run('claim-company', { selectedRecordIds: [], until: 'unmountFrontComponent' }))).toMatchObject({
      variant: 'info',
      message: expect.stringContaining('at most 1,000 rows') as string,
    });
  });

  it('should speak the member’s language when the engine is gone', () => {
    const report = run('claim-person', { selectedRecordIds: ['a'], locale: 'zh-CN', until: 'unmountFrontComponent' });

    expect(snackbar(report)).toEqual({ variant: 'error', message: '无法连接公海，请稍后重试或联系管理员。' });
  });
});

describe('the Claim button as it ships, for more than are answered at once', () => {
  it('should open a form that shows how far it is, and claim nothing by itself', () => {
    const form = plugin.actions.find(({ name }) => name === 'claim')?.form;
    const recordIds = Array.from({ length: 201 }, (_, index) => `c${index}`);
    const report = run('claim-company', {
      selectedRecordIds: recordIds,
      until: 'unmountFrontComponent',
      network: [
        ADDRESS,
        { operation: 'mutation StageSelection', json: { data: { stageSelection: 'selection-1' } } },
        {
          url: '/metadata',
          json: { data: { frontComponents: [{ id: 'form-in-this-workspace', universalIdentifier: form }] } },
        },
      ],
    });

    expect(variablesOf(report, 'mutation StageSelection')?.customers).toHaveLength(201);
    expect(report.host.find(({ name }) => name === 'openSidePanelPage')?.params).toMatchObject({
      frontComponentId: 'form-in-this-workspace',
      recordId: 'selection-1',
    });
    expect(variablesOf(report, 'mutation Claim')).toBeUndefined();
  });

  it('should claim them part by part from that form, in their order', () => {
    const staged = Array.from({ length: 201 }, (_, index) => ({ object: 'COMPANY', recordId: `c${index}` }));
    const report = run('claim-form', {
      selectedRecordIds: ['selection-1'],
      submit: true,
      until: 'closeSidePanel',
      network: [
        ADDRESS,
        { operation: 'query StagedSelection', json: { data: { stagedSelection: staged } } },
        { operation: 'mutation Claim', json: { data: { claim: { outcomes: [done('c0')] } } } },
      ],
    });

    const claims = report.calls.filter(({ query }) => query?.includes('mutation Claim'));
    expect(claims.map(({ variables }) => (variables as { customers: unknown[] }).customers.length)).toEqual([200, 1]);
  });
});

describe('the Release button as it ships', () => {
  it('should open the form of this workspace with the staged selection in the place of a record', () => {
    const form = plugin.actions.find(({ name }) => name === 'release')?.form;
    const report = run('release-company', {
      selectedRecordIds: ['a', 'b'],
      until: 'unmountFrontComponent',
      network: [
        ADDRESS,
        { operation: 'mutation StageSelection', json: { data: { stageSelection: 'selection-1' } } },
        {
          url: '/metadata',
          json: {
            data: {
              frontComponents: [
                { id: 'another', universalIdentifier: 'x' },
                { id: 'form-in-this-workspace', universalIdentifier: form },
              ],
            },
          },
        },
      ],
    });

    expect(report.host.find(({ name }) => name === 'openSidePanelPage')?.params).toMatchObject({
      frontComponentId: 'form-in-this-workspace',
      recordId: 'selection-1',
      objectNameSingular: 'company',
    });
    expect(snackbar(report)).toBeUndefined();
  });
});

describe('the release form as it ships', () => {
  const prepared = (staged: string[]) => [
    ADDRESS,
    { url: '/s/highseas/settings', json: { RELEASE_REASONS: '{"NO_NEED":{"en":"No need","zh-CN":"没有需求"}}' } },
    {
      operation: 'query StagedSelection',
      json: { data: { stagedSelection: staged.map((recordId) => ({ object: 'COMPANY', recordId })) } },
    },
    {
      operation: 'query Pools',
      json: {
        data: {
          pools: [
            { ...POOL, active: true, isDefault: true },
            { id: 'pool-2', name: 'Closed pool', active: false, isDefault: false },
          ],
        },
      },
    },
  ];
  const release = (...outcomes: unknown[]) => ({
    operation: 'mutation Release',
    json: { data: { release: { outcomes } } },
  });

  it('should offer the workspace’s reasons and the active pools, release what was staged and close', () => {
    const report = run('release-form', {
      selectedRecordIds: ['selection-1'],
      submit: true,
      until: 'closeSidePanel',
      network: [...prepared(['a', 'b']), release(done('a'), done('b'))],
    });

    expect(report.options).toEqual(['Choose a reason', 'No need', 'The pool they came from', 'Company pool']);
    expect(variablesOf(report, 'query StagedSelection')).toEqual({ id: 'selection-1' });
    expect(variablesOf(report, 'mutation Release')).toMatchObject({
      customers: [{ recordId: 'a' }, { recordId: 'b' }],
      poolId: null,
      reason: null,
      note: null,
    });
    expect(snackbar(report)).toEqual({ variant: 'success', message: '2 released' });
    expect(report.host.at(-1)?.name).toBe('closeSidePanel');
  });

  it('should stay open and ask when the pool wants a reason', () => {
    const report = run('release-form', {
      selectedRecordIds: ['selection-1'],
      locale: 'zh-CN',
      submit: true,
      until: '[role=alert]',
      network: [...prepared(['a']), release(refused('a', 'REASON_REQUIRED'))],
    });

    expect(report.alert).toBe('公海池要求填写原因，请选择。');
    expect(report.canSubmit).toBe(true);
    expect(report.host).toEqual([]);
  });

  it('should say that the selection is gone when it was opened too late, and offer no button', () => {
    const report = run('release-form', {
      selectedRecordIds: ['selection-0'],
      until: '[role=alert]',
      network: prepared([]),
    });

    expect(report.alert).toContain('select the customers again');
    expect(report.canSubmit).toBe(false);
  });
});
