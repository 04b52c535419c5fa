import { gunzipSync } from 'node:zlib';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AppManifest } from './manifest.types';

const BLOCK = 512;

/** The manifest of a built app: the file `manifest.json`, with the version that `package.json` beside it has. */
export function readManifestFile(path: string): AppManifest {
  const beside = join(dirname(path), 'package.json');
  return withVersion(readFileSync(path, 'utf8'), existsSync(beside) ? readFileSync(beside, 'utf8') : undefined);
}

/** The manifest inside an app's package, a gzipped tar; undefined when there is none. */
export function readManifestOfPackage(tarball: Buffer): AppManifest | undefined {
  const files = filesOf(gunzipSync(tarball));
  const find = (name: string) =>
    [...files.keys()]
      .filter((path) => path === name || path.endsWith(`/${name}`))
      .sort((a, b) => a.length - b.length)[0];
  const manifest = files.get(find('manifest.json') ?? '');
  return manifest && withVersion(manifest.toString('utf8'), files.get(find('package.json') ?? '')?.toString('utf8'));
}

function withVersion(manifestText: string, packageText: string | undefined): AppManifest {
  const manifest = JSON.parse(manifestText) as AppManifest;
  const version = packageText === undefined ? undefined : (JSON.parse(packageText) as { version?: string }).version;
  return version === undefined ? manifest : { ...manifest, application: { ...manifest.application, version } };
}

/** The files of a tar archive in the ustar format that npm and the Twenty CLI write. */
function filesOf(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let offset = 0; offset + BLOCK <= archive.length;) {
    const text = (start: number, length: number) =>
      archive.toString('utf8', offset + start, offset + start + length).replace(/\0.*$/s, '');
    const name = text(0, 100);
    if (name === '') break;
    const size = Number.parseInt(text(124, 12).trim() || '0', 8);
    const prefix = text(345, 155);
    const isFile = ['0', ''].includes(text(156, 1));
    if (isFile)
      files.set(prefix === '' ? name : `${prefix}/${name}`, archive.subarray(offset + BLOCK, offset + BLOCK + size));
    offset += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
