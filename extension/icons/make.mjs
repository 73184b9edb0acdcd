/**
 * Draws the icons: `node extension/icons/make.mjs`, with Chromium at hand (CHROMIUM names it). The
 * PNGs are kept in the repository, so that nobody needs this to build.
 *
 * The mark: a sheet with two written lines, the second underlined as a mark is; a dot, as at the
 * end of a thought. In the toolbar the colour says the state, and so does the form: a full sheet
 * is covered, a broken line is not, two bars are paused.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

const wave =
  '<path d="M7 22.5q2.25-4 4.5 0t4.5 0t4.5 0t4.5 0" fill="none" stroke="INK" stroke-width="2.6" stroke-linecap="round"/>';
const line =
  '<path d="M8 13H24" fill="none" stroke="INK" stroke-width="3" stroke-linecap="round"/>';
const sheet =
  '<path d="M8 3H24A5 5 0 0 1 29 8V24A5 5 0 0 1 24 29H8A5 5 0 0 1 3 24V8A5 5 0 0 1 8 3Z" fill="GROUND"/>';
const bars =
  '<path d="M12 10V22M20 10V22" fill="none" stroke="INK" stroke-width="3.6" stroke-linecap="round"/>';
const slash =
  '<path d="M9 9L23 23M23 9L9 23" fill="none" stroke="INK" stroke-width="3.2" stroke-linecap="round"/>';

const draw = (ground, ink, ...parts) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 32 32">${parts.join('').replaceAll('GROUND', ground).replaceAll('INK', ink)}</svg>`;

const ICONS = {
  tacto: [draw('#15616d', '#fffefb', sheet, line, wave), [16, 32, 48, 128]],
  on: [draw('#15616d', '#fffefb', sheet, line, wave), [16, 32]],
  idle: [draw('#8b939c', '#fffefb', sheet, line, wave), [16, 32]],
  off: [draw('#a85f00', '#fffefb', sheet, slash), [16, 32]],
  paused: [draw('#8b939c', '#fffefb', sheet, bars), [16, 32]],
};

const images = Object.entries(ICONS).flatMap(([name, [svg, sizes]]) =>
  sizes.map(
    (size) =>
      `<img id="${name}-${size}" width="${size}" src="data:image/svg+xml,${encodeURIComponent(svg)}">`,
  ),
);
const page = `<body>${images.join('')}<script>
addEventListener("load", () => {
  const drawn = {};
  for (const image of document.images) {
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.width });
    canvas.getContext("2d").drawImage(image, 0, 0, image.width, image.width);
    drawn[image.id] = canvas.toDataURL("image/png").split(",")[1];
  }
  document.body.textContent = "BEGIN" + JSON.stringify(drawn) + "END";
});
</script></body>`;

const folder = mkdtempSync(join(tmpdir(), 'tacto-icons-'));
writeFileSync(join(folder, 'icons.html'), page);
const shown = execFileSync(
  CHROMIUM,
  [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    `--user-data-dir=${join(folder, 'profile')}`,
    '--dump-dom',
    `file://${join(folder, 'icons.html')}`,
  ],
  { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
);
rmSync(folder, { recursive: true, force: true });
const drawn = JSON.parse(/BEGIN(\{.*\})END/.exec(shown)?.[1] ?? '{}');
for (const [name, png] of Object.entries(drawn))
  writeFileSync(join(HERE, `${name}.png`), Buffer.from(png, 'base64'));
console.log(Object.keys(drawn).join(' '));
