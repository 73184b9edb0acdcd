// What an adapter may say, and what its author is told when it says something else.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const source = fileURLToPath(new URL('../src/', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'tacto-adapter-'));
after(() => rm(folder, { recursive: true, force: true }));
const outfile = join(folder, 'adapter-check.mjs');
await build({
  entryPoints: [join(source, 'content/adapter-check.ts')],
  outfile,
  bundle: true,
  format: 'esm',
});
const { checkAdapter } = await import(pathToFileURL(outfile).href);

const good = () => ({
  format: 'tacto-site',
  version: 1,
  platform: 'x',
  hosts: ['x.com'],
  shadowHosts: [],
  composers: [
    {
      id: 'post',
      surface: 'post',
      box: ['.box'],
      root: [],
      submit: [{ select: '.post' }],
      keys: ['enter'],
    },
  ],
  fallback: { submit: [], keys: [] },
  ignore: [],
  pickers: [],
  audience: [],
  author: [],
});

test('the shipped adapters are right', async () => {
  const names = await readdir(join(source, 'adapters'));
  assert.ok(names.length >= 4);
  for (const name of names) {
    const adapter = JSON.parse(await readFile(join(source, 'adapters', name), 'utf8'));
    assert.deepEqual(checkAdapter(adapter), { adapter }, name);
  }
});

test('a managed policy can say all that the shipped adapters say', async () => {
  const schema = JSON.parse(await readFile(join(source, '../managed_schema.json'), 'utf8'));
  const byId = new Map();
  const learn = (part) => {
    if (typeof part !== 'object' || part === null) return;
    if (typeof part.id === 'string') byId.set(part.id, part);
    for (const inner of Object.values(part)) learn(inner);
  };
  learn(schema);
  const unknown = [];
  const follow = (value, part, at) => {
    const here = part?.$ref ? byId.get(part.$ref) : part;
    if (!here) unknown.push(at);
    else if (Array.isArray(value)) for (const one of value) follow(one, here.items, `${at}[]`);
    else if (typeof value === 'object')
      for (const [name, one] of Object.entries(value))
        follow(one, here.properties?.[name], `${at}.${name}`);
  };
  for (const site of ['x', 'facebook', 'linkedin']) {
    const adapter = JSON.parse(await readFile(join(source, `adapters/${site}.json`), 'utf8'));
    follow(adapter, byId.get('adapter'), site);
  }
  assert.deepEqual([...new Set(unknown)], []);
});

const WRONG = [
  ['a missing key', (a) => delete a.hosts, 'adapter: "hosts" is missing'],
  [
    'a key that does not exist',
    (a) => Object.assign(a.composers[0], { boxes: [] }),
    'adapter.composers[0]: "boxes" is not known here',
  ],
  [
    'another surface',
    (a) => Object.assign(a.composers[0], { surface: 'story' }),
    'adapter.composers[0].surface: write one of post, comment, message, profile, article',
  ],
  [
    'no box',
    (a) => Object.assign(a.composers[0], { box: [] }),
    'adapter.composers[0].box: at least 1 needed',
  ],
  ['a text for a list', (a) => Object.assign(a, { hosts: 'x.com' }), 'adapter.hosts: write a list'],
  [
    'a sign that is read in no known way',
    (a) => a.audience.push({ select: '.audience', read: 'aloud' }),
    'adapter.audience[0].read: write one of label, text, last-line',
  ],
  [
    'a sign that stands somewhere',
    (a) => a.author.push({ select: '.author', anywhere: 'yes', value: 'employee' }),
    'adapter.author[0].anywhere: write true or false',
  ],
  [
    'a path that is no expression',
    (a) => Object.assign(a.composers[0], { path: '(' }),
    /^adapter\.composers\[0\]\.path: this regular expression does not compile/,
  ],
  [
    'an id twice',
    (a) => a.composers.push(a.composers[0]),
    'adapter.composers: "post" is there twice',
  ],
  ['another version', (a) => Object.assign(a, { version: 2 }), 'adapter.version: write one of 1'],
];

for (const [what, damage, sentence] of WRONG) {
  test(`${what} is refused with a sentence`, () => {
    const adapter = good();
    damage(adapter);
    const { problems } = checkAdapter(adapter);
    assert.equal(problems?.length, 1, JSON.stringify(problems));
    if (sentence instanceof RegExp) assert.match(problems[0], sentence);
    else assert.equal(problems[0], sentence);
  });
}

for (const value of [null, 7, 'x', [], true]) {
  test(`${JSON.stringify(value)} is no adapter, and no crash`, () => {
    assert.ok(checkAdapter(value).problems.length > 0);
  });
}
