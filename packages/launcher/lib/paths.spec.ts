import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const CODE = 'packages/launcher/lib/paths.mjs';

describe('the state folder', () => {
  // A checkout of its own: the real one may be in use.
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'highseas-paths-'));
    cpSync(path.join(__dirname, 'paths.mjs'), path.join(root, CODE));
  });

  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** Its mode after a launcher has used a folder in it. */
  function modeAfterUse(): string {
    const script = `import('./${CODE}').then(({ ensureStateDir }) => ensureStateDir('build'))`;
    execFileSync(process.execPath, ['-e', `process.umask(0o022); ${script}`], { cwd: root });
    expect(statSync(path.join(root, '.highseas/build')).isDirectory()).toBe(true);
    return modeOf(path.join(root, '.highseas'));
  }

  it('should be closed to everybody but its owner', () => expect(modeAfterUse()).toBe('700'));

  it('should be closed when an earlier version left it open', () => {
    mkdirSync(path.join(root, '.highseas'));
    chmodSync(path.join(root, '.highseas'), 0o755);
    expect(modeAfterUse()).toBe('700');
  });

  it('should stay passable for the group of PostgreSQL’s account, and no more than that', () => {
    mkdirSync(path.join(root, '.highseas'));
    chmodSync(path.join(root, '.highseas'), 0o710);
    expect(modeAfterUse()).toBe('710');
    chmodSync(path.join(root, '.highseas'), 0o750);
    expect(modeAfterUse()).toBe('700');
  });
});

const modeOf = (dir: string): string => (statSync(dir).mode & 0o777).toString(8);
