// The main job on real input: the shipped extension in a real Chromium, a real Draft.js box, a
// draft typed key by key, and what Tacto says of it: seen in the page, and told by the terminal.
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launch, root } from './harness/browsers.mjs';
import { Composer } from './harness/composers.mjs';
import { startServer } from './harness/server.mjs';
import { Tacto } from './harness/tacto.mjs';
import { until } from './harness/wait.mjs';

const DRAFT =
  '🎉 Yesterday we signed Northmere Energy! Try the new WattFlow with us… ' +
  'invoices to ES91 2100 0418 4502 0005 1332.';

const pictures = join(root, 'dist', 'demo');
const window = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** `tacto check` in a terminal, on the same text and the same circumstances. */
function check(text, format) {
  return new Promise((resolve, reject) => {
    const line = JSON.stringify({ text, platform: 'x', surface: 'post', audience: 'public' });
    const child = execFile(
      join(root, 'target', 'release', 'tacto'),
      ['check', '--guide', join(root, 'rules'), '--format', format, '--jsonl', '-'],
      (error, stdout, stderr) => (error?.code > 1 ? reject(new Error(stderr)) : resolve(stdout)),
    );
    child.stdin.end(`${line}\n`);
  });
}

const server = await startServer();
const session = await launch('chromium', { server, window });
await mkdir(pictures, { recursive: true });
const saved = [];
const picture = async (box, name) => {
  const path = join(pictures, `${name}.png`);
  await box.page.screenshot({ path });
  saved.push(path);
};

try {
  const box = await Composer.open(session, 'x-home');
  const tacto = new Tacto(box.page, 'chromium');
  console.log(`Typing into the compose box of ${box.page.url()} (Draft.js):\n\n  ${DRAFT}\n`);
  await box.type(DRAFT);

  const report = JSON.parse(await check(DRAFT, 'jsonl'));
  const marked = report.findings.filter(({ end, start }) => end > start);
  // A finding that the line breaks in two has two marks.
  const marks = await until('the marks', async () => {
    const shown = await tacto.shown();
    return shown.marks.length >= marked.length && shown.marks;
  });
  await picture(box, '1-marks');
  const card = await tacto.openCard(marks[0]);
  await picture(box, '2-card');
  console.log('The card over the first mark says:\n');
  console.log(card.text.replace(/^/gm, '  │ '));

  await tacto.leaveCard();
  await box.pressButton();
  const gate = await tacto.gate();
  await picture(box, '3-gate');
  console.log('\nPressing "Post" is held by a dialog that says:\n');
  console.log(gate.text.replace(/^/gm, '  │ '));
  console.log(`\nPosted so far: ${(await box.posted()).length}`);

  console.log('\nThe same draft in the terminal (tacto check):\n');
  console.log(await check(DRAFT, 'human'));
  await writeFile(join(pictures, 'findings.json'), `${JSON.stringify(report, null, 2)}\n`);
  console.log(`Pictures:\n${saved.map((path) => `  ${path}`).join('\n')}`);

  if (window) {
    console.log('\nThe window is yours: close it to end the demo.');
    await new Promise((closed) => session.browser.once('disconnected', closed));
  }
} finally {
  await session.close().catch(() => {});
  await server.close();
}
