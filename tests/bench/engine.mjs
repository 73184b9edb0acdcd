// Tacto's wasm and guide as the extension ships them, loaded in Node.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dist, root } from '../harness/browsers.mjs';

/** The shipped guide with these names among the company's clients. */
export async function bundleWith(names) {
  const bundle = await readFile(join(dist('chromium'), 'guide.json'), 'utf8');
  if (names.length === 0) return bundle;
  const guide = JSON.parse(bundle);
  guide.lists.clients.entries.push(...names);
  return JSON.stringify(guide);
}

/** The engine with that guide: `check` one text; `memory` is what the wasm holds, in bytes. */
export async function engine(bundle) {
  const script = join(root, 'extension', 'generated', 'engine', 'tacto_web.js');
  const { default: init, Engine } = await import(pathToFileURL(script).href);
  const bytes = await readFile(join(dist('chromium'), 'engine.wasm'));
  const wasm = await init({ module_or_path: bytes });
  const words = await readFile(join(dist('chromium'), 'own-words.txt'), 'utf8');
  const ready = new Engine(bundle, '{}', words);
  return {
    check: (text) => ready.check({ text, platform: 'linkedin', surface: 'post', ui: 'en' }),
    memory: () => wasm.memory.buffer.byteLength,
  };
}
