// Another extension, as those that click by keyboard or voice: its content script clicks what the
// page's test names.
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MANIFEST = {
  manifest_version: 3,
  name: 'Clicker',
  version: '1',
  content_scripts: [
    { matches: ['https://*/*'], js: ['clicker.js'], run_at: 'document_end', all_frames: true },
  ],
  browser_specific_settings: { gecko: { id: 'clicker@tacto.invalid' } },
};

const SCRIPT = `document.addEventListener('click-it', ({ detail }) => {
  JSON.parse(detail).reduce((at, selector) => (at.shadowRoot ?? at).querySelector(selector), document).click();
});`;

/** Installs it in a running browser; pages that load from now on have it. */
export async function installClicker(session) {
  const folder = await mkdtemp(join(tmpdir(), 'tacto-clicker-'));
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(MANIFEST));
  await writeFile(join(folder, 'clicker.js'), SCRIPT);
  // Firefox reads its script when a page loads.
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  await session.browser.installExtension(folder);
}

/** Has it click the element at a path of `composers.mjs`. */
export const clickByExtension = (box, path = box.spec.button) =>
  box.where.evaluate((detail) => {
    document.dispatchEvent(new CustomEvent('click-it', { detail }));
  }, JSON.stringify(path));
