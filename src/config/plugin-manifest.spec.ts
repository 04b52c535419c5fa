import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PluginManifest, PluginManifestError } from './plugin-manifest';

describe('PluginManifest', () => {
  const root = join(__dirname, '../..');
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'highseas-manifest-'));
    writeFileSync(join(folder, 'plugin.schema.json'), readFileSync(join(root, 'plugin.schema.json')));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('should give pool fields and settings with their defaults and limits', () => {
    const manifest = PluginManifest.load();
    expect(manifest.poolField('followUpDays')).toMatchObject({ type: 'NUMBER', default: 30, min: 1, integer: true });
    expect(manifest.poolFields.map(({ name }) => name)).not.toContain('name');
    expect(manifest.setting('TIME_ZONE')).toMatchObject({ type: 'TEXT', default: 'Asia/Shanghai' });
    expect(manifest.webhookOperations).toContain('company.*');
    expect(() => manifest.poolField('nope')).toThrow(PluginManifestError);
  });

  it('should say where a manifest leaves its schema', () => {
    const broken = JSON.parse(readFileSync(join(root, 'plugin.json'), 'utf8')) as { universalIdentifier: string };
    writeFileSync(join(folder, 'plugin.json'), JSON.stringify({ ...broken, universalIdentifier: 'not a uuid' }));
    expect(() => PluginManifest.load(folder)).toThrow(/universalIdentifier/);
  });

  it('should say which file cannot be read', () => {
    expect(() => PluginManifest.load(folder)).toThrow(/plugin\.json cannot be read/);
  });
});
