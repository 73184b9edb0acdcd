// ./build.sh bench: Tacto beside others, on the same texts in the same run; sizes; from a key to
// its mark. Prints a table and keeps it, with date and machine, in tests/bench/results.
import { execFile, execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { dist, findBrowser, root } from '../harness/browsers.mjs';
import { bundleWith } from './engine.mjs';
import { keystrokeToMark } from './latency.mjs';
import { costOfPage } from './page.mjs';
import { popupOpens } from './popup.mjs';
import { subjects } from './subjects.mjs';
import { drafts, names } from './texts.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const run = promisify(execFile);

/** One subject, in a process of its own. */
async function measure(name) {
  const { stdout } = await run(
    process.execPath,
    ['--expose-gc', '--no-warnings', join(here, 'one.mjs'), name],
    {
      maxBuffer: 1 << 26,
      env: { ...process.env, CARGO_TARGET_DIR: undefined },
    },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** The engine as a native program, on the same bundles and texts. */
async function native(scratch) {
  const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
  execFileSync(
    'cargo',
    ['build', '--profile', 'bench', '--locked', '-p', 'tacto-core', '--example', 'measure'],
    {
      cwd: root,
      stdio: 'inherit',
    },
  );
  const texts = join(scratch, 'texts.json');
  await writeFile(texts, JSON.stringify(await drafts()));
  const results = {};
  for (const count of [0, 10_000, 100_000]) {
    const bundle = join(scratch, `bundle-${count}.json`);
    await writeFile(bundle, await bundleWith(names(count)));
    const { stdout } = await run(join(target, 'release', 'examples', 'measure'), [bundle, texts]);
    const name = `tacto (native)${count ? `, ${count.toLocaleString('en')} clients` : ''}`;
    results[name] = { resident_mb: null, wasm_mb: null, ...JSON.parse(stdout) };
  }
  return results;
}

async function sizes() {
  const folder = dist('chromium');
  const result = {};
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    if (!/\.(wasm|js)$|guide\.json$/.test(name)) continue;
    const bytes = await readFile(join(folder, name));
    result[name] = { bytes: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length };
  }
  return result;
}

const scratch = await mkdtemp(join(tmpdir(), 'tacto-bench-'));
const result = {
  date: new Date().toISOString().slice(0, 10),
  machine: {
    processor: cpus()[0].model.trim(),
    cores: cpus().length,
    memory_gib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    rustc: execFileSync('rustc', ['--version'], { encoding: 'utf8' }).trim(),
    chromium: execFileSync(findBrowser('chromium'), ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim(),
  },
  sizes: await sizes(),
  subjects: {},
};
try {
  Object.assign(result.subjects, await native(scratch));
  for (const [name, { does }] of Object.entries(subjects)) {
    process.stderr.write(`  ${name}: ${does}\n`);
    result.subjects[name] = { does, ...(await measure(name)) };
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
process.stderr.write('  from a key to its mark, in Chromium\n');
result.keystroke = await keystrokeToMark();
process.stderr.write('  the popup, in Chromium\n');
result.popup = await popupOpens();

process.stderr.write('  what it costs a page, with it and without it, in Chromium\n');
result.page = await costOfPage();

const time = (micros) =>
  micros === undefined
    ? ''
    : micros >= 1000
      ? `${(micros / 1000).toFixed(1)} ms`
      : `${micros.toFixed(micros < 100 ? 1 : 0)} µs`;
const mb = (value) => (value === null || value === undefined ? '' : `${value.toFixed(0)} MB`);
const row = (cells) => `| ${cells.join(' | ')} |`;
const { machine, keystroke } = result;

function pageRows() {
  const { page } = result;
  const of = (what, read) => row([what, read(page.without), read(page.with)]);
  const ms = (value) => `${value.toFixed(1)} ms`;
  const share = (value) => `${(100 * value).toFixed(2)}%`;
  return [
    of('from a key to the end of its frame, median', ({ typing }) => ms(typing.p50_ms)),
    of('the same, 95th percentile', ({ typing }) => ms(typing.p95_ms)),
    of('memory of the page (JavaScript heap)', ({ heap_mb }) => `${heap_mb.toFixed(1)} MB`),
    of('main thread busy, with the feed', ({ feeds }) => share(feeds.idle.busy)),
    of("Tacto's own share of it, nothing marked", ({ feeds }) => share(feeds.idle.own)),
    of("Tacto's own share of it, a mark in sight", ({ feeds }) => share(feeds.marked.own)),
    row(['from a key to its mark, background asleep, median', '', ms(page.asleep.p50_ms)]),
    row(['the same, 95th percentile', '', ms(page.asleep.p95_ms)]),
    row(['a post goes out though nothing answers, median', '', ms(page.unanswered.p50_ms)]),
    row(['the same, 95th percentile', '', ms(page.unanswered.p95_ms)]),
  ];
}
const page = [
  `# Measured on ${result.date}`,
  '',
  `${machine.processor}, ${machine.cores} cores, ${machine.memory_gib} GiB; Node ${machine.node}, ${machine.rustc}, ${machine.chromium}. Written by \`./build.sh bench\`.`,
  '',
  'One check, median / 99th percentile, of drafts of that many characters. Each subject ran in a process of its own, on the same texts, no text twice. They do not do the same work: each line says what it looks for.',
  '',
  row(['what', 'looks for', 'load', 'memory', '280', '3,000', '30,000']),
  row(['---', '---', '---:', '---:', '---:', '---:', '---:']),
  ...Object.entries(result.subjects).map(
    ([name, { does, load_ms, resident_mb, wasm_mb, checks }]) =>
      row([
        name,
        does ?? 'as in wasm',
        `${load_ms.toFixed(0)} ms`,
        wasm_mb ? `${mb(resident_mb)} (wasm ${mb(wasm_mb)})` : mb(resident_mb),
        ...[280, 3000, 30000].map(
          (length) => `${time(checks[length]?.median_us)} / ${time(checks[length]?.p99_us)}`,
        ),
      ]),
  ),
  '',
  '"Load" is from nothing to ready for the first check; "memory" is what the process grew by.',
  '',
  '## From a key to its mark',
  '',
  `Chromium, Draft.js, a draft of ${keystroke.characters} characters, ${keystroke.rounds} rounds:`,
  '',
  row(['until', 'median', '95th percentile']),
  row(['---', '---:', '---:']),
  row([
    'the mark is in the document',
    `${keystroke.to_mark.p50_ms.toFixed(1)} ms`,
    `${keystroke.to_mark.p95_ms.toFixed(1)} ms`,
  ]),
  row([
    'its frame has been drawn',
    `${keystroke.to_frame.p50_ms.toFixed(1)} ms`,
    `${keystroke.to_frame.p95_ms.toFixed(1)} ms`,
  ]),
  '',
  '## The popup',
  '',
  `From the start of its loading, Chromium, ${result.popup.rounds} rounds:`,
  '',
  row(['until', 'median', '95th percentile']),
  row(['---', '---:', '---:']),
  row([
    'usable content is in the document',
    `${result.popup.content.p50_ms.toFixed(0)} ms`,
    `${result.popup.content.p95_ms.toFixed(0)} ms`,
  ]),
  row([
    'its frame has been drawn',
    `${result.popup.shown.p50_ms.toFixed(0)} ms`,
    `${result.popup.shown.p95_ms.toFixed(0)} ms`,
  ]),
  '',
  '## What it costs a page',
  '',
  'Chromium, the same page with it and without it: a Draft.js box with a draft of 260 characters; then, below it, a feed that mounts and unmounts some 4,000 nodes a second. Its own share is what a sampling profiler sees of its scripts and of the native calls that they make.',
  '',
  row(['what', 'without', 'with']),
  row(['---', '---:', '---:']),
  ...pageRows(),
  '',
  '## Sizes',
  '',
  row(['file of dist/chromium', 'bytes', 'gzipped']),
  row(['---', '---:', '---:']),
  ...Object.entries(result.sizes).map(([name, { bytes, gzipped }]) =>
    row([name, bytes.toLocaleString('en'), gzipped.toLocaleString('en')]),
  ),
  '',
].join('\n');

/** The README's figures: what the design has a budget for, and the others on the same texts. */
function figures() {
  const own = (name, length) => result.subjects[name].checks[length];
  const both = ({ median_us, p99_us }) => [time(median_us), time(p99_us)];
  const few = 'tacto (wasm), 10,000 clients';
  const many = 'tacto (wasm), 100,000 clients';
  const size = (name) => {
    const { bytes, gzipped } = result.sizes[name];
    return `${(bytes / 1000).toFixed(0)} KB, ${(gzipped / 1000).toFixed(0)} KB gzipped`;
  };
  const { load_ms, wasm_mb } = result.subjects[many];
  return [
    `Measured on ${result.date} by \`./build.sh bench\` (${machine.processor}, ${machine.cores} cores); all of it, with others beside it: [tests/bench/results](tests/bench/results/${result.date}.md).`,
    '',
    row(['what', 'budget', 'median', '99th percentile']),
    row(['---', '---:', '---:', '---:']),
    row([
      'one check in wasm, 280 characters, the shipped guide',
      '50 µs',
      ...both(own('tacto (wasm)', 280)),
    ]),
    row(['3,000 characters, 10,000 clients', '1 ms', ...both(own(few, 3000))]),
    row(['280 characters, 100,000 clients', '200 µs', ...both(own(many, 280))]),
    row([
      '100,000 clients: load, memory of the wasm',
      '500 ms, 64 MB',
      `${load_ms.toFixed(0)} ms`,
      mb(wasm_mb),
    ]),
    row([
      'from a key to its mark, Chromium, 280 characters',
      '16 ms (95th)',
      `${keystroke.to_mark.p50_ms.toFixed(1)} ms`,
      `${keystroke.to_mark.p95_ms.toFixed(1)} ms (95th)`,
    ]),
    row([
      'the popup, from the start of its loading to usable content drawn, Chromium',
      '100 ms',
      `${result.popup.shown.p50_ms.toFixed(0)} ms`,
      `${result.popup.shown.p95_ms.toFixed(0)} ms (95th)`,
    ]),
    row([
      'from a key to its mark with the background asleep',
      '150 ms',
      `${result.page.asleep.p50_ms.toFixed(0)} ms`,
      `${result.page.asleep.p95_ms.toFixed(0)} ms (95th)`,
    ]),
    row([
      'a post goes out though the background never answers',
      '1 s',
      `${result.page.unanswered.p50_ms.toFixed(0)} ms`,
      `${result.page.unanswered.p95_ms.toFixed(0)} ms (95th)`,
    ]),
    row([
      'own share of the main thread, busy feed, nothing marked',
      '1%',
      `${(100 * result.page.with.feeds.idle.own).toFixed(2)}%`,
      '',
    ]),
    row(['the wasm', '1 MB, 400 KB', size('engine.wasm'), '']),
    ...['x', 'facebook', 'linkedin'].map((site) =>
      row([`the content script of ${site}`, '60 KB', size(`content-${site}.js`), '']),
    ),
    '',
    'The same 280 characters, median: ' +
      Object.entries(result.subjects)
        .filter(([name]) => !name.startsWith('tacto'))
        .map(([name, { does, checks }]) => `${name} (${does}) ${time(checks[280].median_us)}`)
        .join(', ') +
      '.',
  ].join('\n');
}

const readme = join(root, 'README.md');
const text = await readFile(readme, 'utf8');
const marks = /<!-- figures -->[\s\S]*<!-- \/figures -->/;
await writeFile(
  readme,
  text.replace(marks, () => `<!-- figures -->\n${figures()}\n<!-- /figures -->`),
);

await mkdir(join(here, 'results'), { recursive: true });
const file = join(here, 'results', result.date);
await writeFile(`${file}.json`, `${JSON.stringify(result, null, 2)}\n`);
await writeFile(`${file}.md`, page);
console.log(`\n${page}\nKept in tests/bench/results/${result.date}.md and .json, and in README.md`);
