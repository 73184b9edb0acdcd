// Bundles the pages with the real editors into tests/output/pages, as the server serves them.
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { compile } from 'svelte/compiler';

const here = fileURLToPath(new URL('.', import.meta.url));
export const pagesDir = fileURLToPath(new URL('../output/pages/', import.meta.url));

const OPTIONS = {
  absWorkingDir: here,
  bundle: true,
  jsx: 'automatic',
  target: 'es2022',
  minify: true,
  logLevel: 'warning',
};

const IN_PAGE = {
  ...OPTIONS,
  format: 'iife',
  // Draft.js reads `global`, React and Draft.js the environment.
  define: {
    global: 'globalThis',
    'process.env.NODE_ENV': '"production"',
    __VUE_OPTIONS_API__: 'true',
    __VUE_PROD_DEVTOOLS__: 'false',
    // Vue says nothing of what does not match, but where it is told to.
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
  },
};

/** The pages that a server has drawn (hydrated/README.md; `PAGE` is its text and its script). */
const HYDRATED = {
  'react-18': { source: 'react', type: 'jsx' },
  'react-19': { source: 'react', type: 'jsx', react: `${here}react-19/node_modules/` },
  vue: { source: 'vue', type: 'js' },
  svelte: { source: 'svelte', type: 'js' },
};
/** What stands in their box. */
const PREFILLED = 'With Northmere Energy we go on';

/** Svelte's components become scripts: those that draw, or those that take over. */
const svelte = (generate) => ({
  name: 'svelte',
  setup(build) {
    build.onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return { contents: compile(source, { generate, filename: path }).js.code };
    });
  },
});

async function buildHydrated([name, { source, type, react }]) {
  const alias = react && { react: `${react}react`, 'react-dom': `${react}react-dom` };
  const script = `hydrated-${name}.js`;
  const PAGE = JSON.stringify({ script: `/${script}`, text: PREFILLED });
  const drawing = `${pagesDir}hydrated-${name}.drawn.mjs`;
  await build({
    ...IN_PAGE,
    alias,
    entryPoints: [`hydrated/${source}.client.${type}`],
    outfile: `${pagesDir}${script}`,
    define: { ...IN_PAGE.define, PAGE },
    conditions: ['browser'],
    plugins: [svelte('client')],
  });
  await build({
    ...OPTIONS,
    alias,
    entryPoints: [`hydrated/${source}.server.${type}`],
    outfile: drawing,
    platform: 'node',
    format: 'esm',
    // Server halves still ask for node's own modules as of old.
    banner: {
      js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`,
    },
    define: { 'process.env.NODE_ENV': '"production"', PAGE },
    plugins: [svelte('server')],
  });
  const { render } = await import(pathToFileURL(drawing).href);
  await writeFile(`${pagesDir}hydrated-${name}.html`, await render());
}

/** Bundles everything; some two seconds. */
export async function buildPages() {
  await mkdir(pagesDir, { recursive: true });
  await build({
    ...IN_PAGE,
    entryPoints: ['x.jsx', 'facebook.jsx', 'linkedin.js', 'lab.js'],
    outdir: pagesDir,
  });
  await Promise.all(Object.entries(HYDRATED).map(buildHydrated));
  const files = ['x', 'facebook', 'linkedin', 'lab'].flatMap((site) => [
    `${site}.html`,
    `${site}.css`,
  ]);
  for (const name of [...files, 'linkedin-share.css'])
    await cp(`${here}${name}`, `${pagesDir}${name}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPages();
