import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { restError, type SandboxResponse } from './http-types';

const BUILT = join(dirname(require.resolve('@highseas/sandbox-workspace/package.json')), 'dist');

const FILES: Record<string, { file: string; contentType: string }> = {
  '/': { file: 'index.html', contentType: 'text/html; charset=utf-8' },
  '/workspace/main.js': { file: 'main.js', contentType: 'text/javascript; charset=utf-8' },
  '/workspace/frame.js': { file: 'frame.js', contentType: 'text/javascript; charset=utf-8' },
  '/workspace/style.css': { file: 'style.css', contentType: 'text/css; charset=utf-8' },
};

/** The browser workspace's own files; undefined for any other path. */
export function workspaceFile(path: string): SandboxResponse | undefined {
  // Twenty's own addresses of pages: the browser workspace reads them itself.
  const wanted = /^\/(objects|object|page)\//.test(path) ? FILES['/'] : FILES[path];
  if (!wanted) return undefined;
  const file = join(BUILT, wanted.file);
  if (!existsSync(file))
    return restError(
      404,
      'NotFoundException',
      'The browser workspace is not built: npm run build -w packages/sandbox-workspace',
    );
  return { status: 200, body: readFileSync(file), contentType: wanted.contentType };
}
