// Measures one subject in this process and prints the result as JSON: `node --expose-gc one.mjs NAME`.
import { subjects } from './subjects.mjs';
import { drafts } from './texts.mjs';

const subject = subjects[process.argv[2]];
const texts = await drafts();

const resident = () => {
  globalThis.gc?.();
  return process.memoryUsage().rss;
};

const prepared = await subject.prepare?.();
const before = resident();
const started = performance.now();
const { check, memory } = await subject.load(prepared);
const loaded = performance.now();
const after = resident();

/** Milliseconds given to each length: enough for thousands of checks where one is quick. */
const BUDGET_MS = subject.slow ? 2500 : 1500;

const result = {
  load_ms: loaded - started,
  resident_mb: (after - before) / 2 ** 20,
  wasm_mb: memory ? memory() / 2 ** 20 : null,
  checks: {},
};
for (const [length, list] of Object.entries(texts)) {
  for (const text of list.slice(0, subject.slow ? 3 : list.length)) await check(text);
  // secretlint's profiler looks through the marks of every earlier check: not too many.
  const most = subject.slow ? 1000 : 20_000;
  const times = [];
  const end = performance.now() + BUDGET_MS;
  for (let i = 0; performance.now() < end && times.length < most; i += 1) {
    // No text twice: some keep the answers for texts that they have seen.
    const text = `${1000 + (i % 9000)}${list[i % list.length].slice(4)}`;
    const start = performance.now();
    const answer = check(text);
    if (answer instanceof Promise) await answer;
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  result.checks[length] = {
    median_us: at(0.5) * 1000,
    p99_us: at(0.99) * 1000,
    checks: times.length,
  };
}
console.log(JSON.stringify(result));
