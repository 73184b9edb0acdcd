// Copies of the shipped extension in which something is broken, or slower than it should be.
import { rmSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dist } from './browsers.mjs';

const copies = [];
process.on('exit', () => {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
});

/** A copy of the shipped extension in which `damage(folder)` has broken something. */
export async function damaged(kind, damage) {
  const copy = await mkdtemp(join(tmpdir(), 'tacto-damaged-'));
  copies.push(copy);
  await cp(dist(kind), copy, { recursive: true });
  await damage(copy);
  return copy;
}

export async function filesOf(folder, ending) {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith(ending)).map((name) => join(folder, name));
}

/** Runs `code` in the background before what is shipped there. */
export async function inBackground(copy, code) {
  const file = join(copy, 'background.js');
  await writeFile(file, `{${code}}\n${await readFile(file, 'utf8')}`);
}

/** Puts other words in the place of some, in every content script. */
export async function inContentScripts(copy, words, others) {
  for (const file of await filesOf(copy, '.js')) {
    if (!/content/.test(file)) continue;
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll(words, others));
  }
}

/** For `inBackground`: whatever is said to a page first goes through `change(port, say)`. */
export const onEveryPort = (change) => `
  const { onConnect } = chrome.runtime;
  const add = onConnect.addListener.bind(onConnect);
  let count = 0;
  const change = ${change};
  onConnect.addListener = (listener) => add((port) => change(port, listener, ++count));
`;
