// Every sentence is in both languages, is said somewhere, and is not missing where it is said: in
// TypeScript and in Rust.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path) => readFileSync(join(root, path), 'utf8');
const [en, es] = ['en', 'es'].map((name) => JSON.parse(read(`extension/locales/${name}.json`)));

/** The texts of all source files below these folders. */
const sources = ['extension/src', 'extension/manifest.mjs', 'crate/popup/src']
  .flatMap((folder) =>
    /\.\w+$/.test(folder)
      ? [folder]
      : readdirSync(join(root, folder), { recursive: true }).map((name) => join(folder, name)),
  )
  .filter((path) => /\.(ts|mjs|rs)$/.test(path))
  .map((path) => [path, read(path)]);

const groups = new Set(Object.keys(en).map((key) => key.split('.')[0]));
const isKey = (text) => groups.has(text.split('.')[0]) && /^[a-z]+(\.[\w-]+)+$/i.test(text);

/** Keys written whole, and the beginnings of keys that are put together. */
const said = new Map();
const begun = new Set();
for (const [path, text] of sources) {
  for (const [, , literal] of text.matchAll(/(['"])((?:\w+\.)+[\w-]+)\1/g))
    if (isKey(literal)) said.set(literal, path);
  // `severity.${...}` in TypeScript, of("severity.", ...) in Rust.
  for (const [, start] of text.matchAll(/`((?:\w+\.)+)\$\{/g)) begun.add(start);
  for (const [, start] of text.matchAll(/\bof\(\s*"((?:\w+\.)+)"/g)) begun.add(start);
}

test('both languages have the same sentences', () => {
  assert.deepEqual(Object.keys(es).sort(), Object.keys(en).sort());
  for (const [key, text] of Object.entries({ ...en, ...es })) assert.ok(text.trim(), key);
});

test('every sentence that is said is there', () => {
  const files = new Set(['manifest.json', 'guide.json', 'checklist.json', 'practice.html']);
  const missing = [...said]
    .filter(([key]) => !(key in en) && !files.has(key) && !/\.(html|json|css|js|md|png)$/.test(key))
    .map(([key, path]) => `${key} (${path})`);
  assert.deepEqual(missing, []);
});

test('every sentence that is there is said', () => {
  const unused = Object.keys(en).filter(
    (key) => !said.has(key) && ![...begun].some((start) => key.startsWith(start)),
  );
  assert.deepEqual(unused, []);
});
