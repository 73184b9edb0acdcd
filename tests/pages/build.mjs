// Bundles the pages with the real editors into tests/output/pages, as the server serves them.
import { cp, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
export const pagesDir = fileURLToPath(new URL('../output/pages/', import.meta.url));

/** Bundles everything; about a second. */
export async function buildPages() {
  await mkdir(pagesDir, { recursive: true });
  await build({
    absWorkingDir: here,
    entryPoints: ['x.jsx', 'facebook.jsx', 'linkedin.js', 'lab.js'],
    outdir: pagesDir,
    bundle: true,
    format: 'iife',
    jsx: 'automatic',
    target: 'es2022',
    // Draft.js reads `global`, React and Draft.js the environment.
    define: { global: 'globalThis', 'process.env.NODE_ENV': '"production"' },
    minify: true,
    logLevel: 'warning',
  });
  const files = ['x', 'facebook', 'linkedin', 'lab'].flatMap((site) => [
    `${site}.html`,
    `${site}.css`,
  ]);
  for (const name of [...files, 'linkedin-share.css'])
    await cp(`${here}${name}`, `${pagesDir}${name}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPages();
