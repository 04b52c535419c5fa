// Bundles the browser workspace into dist, from where the sandbox serves it.
import { copyFileSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));
const output = here('dist');

mkdirSync(output, { recursive: true });
await build({
  entryPoints: { main: here('src/main.tsx'), frame: here('src/frame.ts') },
  outdir: output,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  jsx: 'automatic',
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
});
for (const file of ['index.html', 'style.css']) copyFileSync(here(file), `${output}/${file}`);
