/**
 * Builds dist/chromium and dist/firefox: the wasm, the guide, the scripts, the manifests. Checks
 * what is data (adapters, locales), prints the sizes and fails where a budget is exceeded.
 *
 * `node extension/build.mjs`, after `cargo build --release -p tacto-cli`; CARGO_TARGET_DIR is honoured.
 * `--scripts` builds the scripts and pages alone, around the wasm and guide of the last build;
 * TACTO_DIST names another folder than dist.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build as bundle, transform } from 'esbuild';
import { manifest, messages, PANEL_SCRIPT, scriptOf } from './manifest.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = resolve(HERE, '..');
const TARGET = resolve(ROOT, process.env.CARGO_TARGET_DIR ?? 'target');
const WORK = join(HERE, 'generated');
const ENGINE = join(WORK, 'engine');
const DIST = resolve(process.env.TACTO_DIST ?? join(ROOT, 'dist'));
const SCRIPTS_ONLY = process.argv.includes('--scripts');
const BROWSERS = ['chromium', 'firefox'];
/** One content script each, with that site's adapter and no other's. */
const SITES = ['x', 'facebook', 'linkedin'];
const TARGETS = ['chrome123', 'firefox140'];

/** Shared design, "Budgets", in bytes; a content script counts by itself. */
const BUDGETS = { wasm: 1_000_000, wasmGzipped: 400_000 };
const CONTENT_BUDGET = 70_000;

/** What rustc emits and every browser since 2023 takes. `--all-features` writes what none takes. */
const WASM_FEATURES = [
  'bulk-memory',
  'bulk-memory-opt',
  'multivalue',
  'mutable-globals',
  'nontrapping-float-to-int',
  'reference-types',
  'sign-ext',
];

function run(command, args, options = {}) {
  return execFileSync(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    ...options,
  });
}

function fail(sentence) {
  console.error(`extension/build.mjs: ${sentence}`);
  process.exit(1);
}

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

function writeJson(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * The places of panics are in the wasm. Without this machine's folders in them the same commit
 * gives the same bytes wherever it is built.
 */
function withoutFolders() {
  const ask = (...args) => execFileSync('rustc', args, { cwd: ROOT, encoding: 'utf8' });
  const commit = /^commit-hash: (.+)$/m.exec(ask('-vV'))?.[1] ?? 'unknown';
  const sources = join(process.env.CARGO_HOME ?? join(homedir(), '.cargo'), 'registry', 'src');
  const crates = existsSync(sources) ? readdirSync(sources) : [];
  const names = [
    [join(ask('--print', 'sysroot').trim(), 'lib/rustlib/src/rust'), `/rustc/${commit}`],
    ...crates.map((registry) => [join(sources, registry), '/crates']),
    [ROOT, '/tacto'],
    // The last that fits counts, and the target folder is usually inside the root.
    [TARGET, '/target'],
  ];
  return names.map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
}

function buildWasm() {
  const args = ['--locked', '--package', 'tacto-web', '--target', 'wasm32-unknown-unknown'];
  const flags = [process.env.CARGO_ENCODED_RUSTFLAGS, ...withoutFolders()].filter(Boolean);
  run('cargo', ['build', ...args, '--profile', 'wasm'], {
    env: { ...process.env, CARGO_ENCODED_RUSTFLAGS: flags.join('\x1f') },
  });
  const raw = join(TARGET, 'wasm32-unknown-unknown', 'wasm', 'tacto_web.wasm');
  const settings = [
    readFileSync(raw),
    readFileSync(fileURLToPath(import.meta.url)),
    readFileSync(join(ROOT, 'Cargo.lock')),
  ];
  const key = createHash('sha256').update(Buffer.concat(settings)).digest('hex');
  const stamp = join(ENGINE, 'built-from');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === key) return;
  rmSync(ENGINE, { recursive: true, force: true });
  mkdirSync(ENGINE, { recursive: true });
  run('cargo', ['run', '--locked', '--quiet', '--package', 'tacto-bindgen', '--', raw, ENGINE]);
  const features = WASM_FEATURES.map((name) => `--enable-${name}`);
  const wasmOpt = join(HERE, 'node_modules', 'binaryen', 'bin', 'wasm-opt');
  const wasm = join(ENGINE, 'tacto_web_bg.wasm');
  run(process.execPath, [
    wasmOpt,
    // Flat first, then put together anew; what a function can be called with, over the whole module;
    // and a function that is called once stays one: put into its caller it is compressed worse
    // (399 KB gzipped for 407).
    '--flatten',
    '--rereloop',
    '-Oz',
    '--gufa-optimizing',
    '-Oz',
    '--always-inline-max-function-size=2',
    '--one-caller-inline-max-function-size=20',
    '--strip-debug',
    '--strip-producers',
    ...features,
    wasm,
    '-o',
    join(ENGINE, 'engine.wasm'),
  ]);
  writeFileSync(stamp, key);
}

/** Runs the adapters through the same check that a policy's adapter goes through. */
async function checkAdapters() {
  const compiled = join(WORK, 'adapter-check.mjs');
  await bundle({
    entryPoints: [join(HERE, 'src/content/adapter-check.ts')],
    outfile: compiled,
    bundle: true,
    format: 'esm',
  });
  const { checkAdapter } = await import(pathToFileURL(compiled).href);
  const folder = join(HERE, 'src/adapters');
  for (const name of readdirSync(folder)) {
    const checked = checkAdapter(readJson(join(folder, name)));
    if ('problems' in checked) fail(`src/adapters/${name}:\n  ${checked.problems.join('\n  ')}`);
  }
}

function checkLocales(texts) {
  const names = (text) =>
    [...text.matchAll(/\{(\w+)\}/g)]
      .map(([, name]) => name)
      .sort()
      .join();
  for (const key of new Set([...Object.keys(texts.en), ...Object.keys(texts.es)])) {
    const { en, es } = { en: texts.en[key], es: texts.es[key] };
    if (!en || !es) fail(`locales: "${key}" is missing in ${en ? 'es' : 'en'}.json`);
    if (names(en) !== names(es))
      fail(`locales: "${key}" has other {names} in es.json than in en.json`);
  }
}

function buildGuide(out, checklist, words) {
  const names = [join(TARGET, 'release', 'tacto'), join(ROOT, 'target', 'release', 'tacto')];
  const tacto = process.env.TACTO_COMMAND ?? names.find((name) => existsSync(name));
  if (!tacto)
    fail('target/release/tacto is not there. Type: cargo build --release --package tacto-cli');
  run(tacto, ['build', join(ROOT, 'rules'), '-o', out, '--checklist', checklist, '--words', words]);
  writeFileSync(out, JSON.stringify(JSON.parse(readFileSync(out, 'utf8'), inShort)));
}

/**
 * A bundle says `{"name": "Faro"}`, since a browser's policy drops what its schema does not name.
 * The engine takes "Faro" as well, and the shipped guide, which passes no schema, is a third
 * smaller so.
 */
function inShort(_key, value) {
  if (!Array.isArray(value)) return value;
  return value.map((one) => {
    const [only, ...more] = Object.keys(one ?? {});
    const isShort = more.length === 0 && (only === 'name' || only === 'text');
    return isShort ? one[only] : one;
  });
}

/** Style sheets become minified texts. */
const styles = {
  name: 'styles',
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), {
        loader: 'css',
        minify: true,
        target: TARGETS,
      });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

/** Adapters without what is in them for people. */
const adapters = {
  name: 'adapters',
  setup(build) {
    build.onLoad({ filter: /adapters\/\w+\.json$/ }, ({ path }) => {
      const contents = JSON.stringify(readJson(path), (key, value) =>
        key === 'note' ? undefined : value,
      );
      return { contents, loader: 'json' };
    });
  },
};

/**
 * Each script carries the sentences that it says. Content scripts are in every frame of three sites
 * and carry none: theirs come with the first report.
 */
const locales = (spoken) => ({
  name: 'locales',
  setup(build) {
    build.onLoad({ filter: /locales\/\w+\.json$/ }, ({ path }) => {
      const said = Object.entries(readJson(path)).filter(([key]) => spoken.test(key));
      return { contents: JSON.stringify(Object.fromEntries(said)), loader: 'json' };
    });
  },
});

/** Where the checklist's settings are, `host/first step of the path`: nowhere else the panel asks. */
const settingsAreas = {
  name: 'settings-areas',
  setup(build) {
    build.onResolve({ filter: /^#settings-areas$/ }, ({ path }) => ({ path, namespace: 'areas' }));
    build.onLoad({ filter: /./, namespace: 'areas' }, () => {
      const areas = readJson(checklist).item.map(({ url }) => {
        const { hostname, pathname } = new URL(url);
        return `${hostname.replace(/^www\./, '')}/${pathname.split('/')[1]}`;
      });
      return { contents: JSON.stringify([...new Set(areas)]), loader: 'json' };
    });
  },
};

async function buildScripts(out) {
  const sites = SITES.map((platform) => [
    scriptOf({ platform }).replace(/\.js$/, ''),
    join(HERE, 'src/content/sites', `${platform}.ts`),
  ]);
  const inSites = await bundleScripts(
    out,
    {
      ...Object.fromEntries(sites),
      [PANEL_SCRIPT.replace(/\.js$/, '')]: join(HERE, 'src/content/settings-panel.ts'),
    },
    /^$/,
  );
  const background = await bundleScripts(
    out,
    { background: join(HERE, 'src/background.ts') },
    /^(severity|card|audience|live|gate|status|panel)\./,
  );
  const popup = await bundleScripts(
    out,
    { 'pages/popup': join(HERE, 'src/pages/popup.ts') },
    /^(popup|status|checklist|about|settings|data)\./,
  );
  const others = {
    'pages/practice': join(HERE, 'src/pages/practice.ts'),
    'pages/guide': join(HERE, 'src/pages/guide.ts'),
    'pages/notice': join(HERE, 'src/pages/notice.ts'),
  };
  const inOthers = await bundleScripts(out, others, /./);
  // For the bill of materials (packaging/sbom.mjs).
  writeJson(
    join(WORK, 'bundled.json'),
    [...new Set([...inSites, ...background, ...popup, ...inOthers])].sort(),
  );
}

/** Resolves to the npm packages that are in the scripts, as package-lock.json names them. */

async function bundleScripts(out, entryPoints, spoken) {
  const { metafile } = await bundle({
    entryPoints,
    outdir: out,
    bundle: true,
    metafile: true,
    plugins: [styles, adapters, settingsAreas, locales(spoken)],
    format: 'iife',
    target: TARGETS,
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
    alias: { '#engine': join(ENGINE, 'tacto_web.js') },
  });
  return Object.keys(metafile.inputs).flatMap((path) => {
    const [, folder] =
      /(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
    return folder ?? [];
  });
}

function assemble(browser, scripts, guide, texts) {
  const out = join(DIST, browser);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  cpSync(scripts, out, { recursive: true });
  cpSync(join(ENGINE, 'engine.wasm'), join(out, 'engine.wasm'));
  cpSync(guide, join(out, 'guide.json'));
  cpSync(words, join(out, 'own-words.txt'));
  cpSync(checklist, join(out, 'checklist.json'));
  cpSync(join(HERE, 'managed_schema.json'), join(out, 'managed_schema.json'));
  cpSync(join(HERE, 'icons'), join(out, 'icons'), {
    recursive: true,
    filter: (path) => !/\.(svg|mjs)$/.test(path),
  });
  for (const name of readdirSync(join(HERE, 'src/pages')))
    if (/\.(html|css)$/.test(name)) cpSync(join(HERE, 'src/pages', name), join(out, 'pages', name));
  for (const language of Object.keys(texts))
    cpSync(join(HERE, 'notice', `${language}.md`), join(out, 'notice', `${language}.md`));
  cpSync(join(HERE, 'src/shared/tokens.css'), join(out, 'pages/tokens.css'));
  for (const [language, all] of Object.entries(texts))
    writeJson(join(out, '_locales', language, 'messages.json'), messages(all));
  const sites = SITES.map((site) => readJson(join(HERE, `src/adapters/${site}.json`)));
  writeJson(
    join(out, 'manifest.json'),
    manifest(browser, readJson(join(HERE, 'package.json')).version, sites),
  );
}

function checkSizes(out) {
  const wasm = readFileSync(join(out, 'engine.wasm'));
  const sizeOf = (name) => readFileSync(join(out, name)).length;
  const budgets = { ...BUDGETS };
  const sizes = {
    wasm: wasm.length,
    wasmGzipped: gzipSync(wasm, { level: 9 }).length,
    background: sizeOf('background.js'),
    guide: sizeOf('guide.json'),
  };
  for (const file of [PANEL_SCRIPT, ...SITES.map((platform) => scriptOf({ platform }))]) {
    sizes[file] = sizeOf(file);
    budgets[file] = CONTENT_BUDGET;
  }
  for (const [name, size] of Object.entries(sizes)) {
    const budget = budgets[name];
    console.log(
      `  ${name.padEnd(20)} ${size.toLocaleString('en').padStart(10)} bytes${budget ? `   (at most ${budget.toLocaleString('en')})` : ''}`,
    );
  }
  const over = Object.keys(budgets).filter((name) => sizes[name] > budgets[name]);
  if (over.length > 0) fail(`over the budget: ${over.join(', ')}`);
  writeJson(join(WORK, 'sizes.json'), sizes);
}

const texts = {
  en: readJson(join(HERE, 'locales/en.json')),
  es: readJson(join(HERE, 'locales/es.json')),
};
const scripts = join(WORK, 'scripts');
const guide = join(WORK, 'guide.json');
const checklist = join(WORK, 'checklist.json');
const words = join(WORK, 'own-words.txt');
mkdirSync(WORK, { recursive: true });
checkLocales(texts);
await checkAdapters();
if (!SCRIPTS_ONLY) {
  buildWasm();
  buildGuide(guide, checklist, words);
}
rmSync(scripts, { recursive: true, force: true });
await buildScripts(scripts);
for (const browser of BROWSERS) assemble(browser, scripts, guide, texts);
checkSizes(join(DIST, 'chromium'));
