// What ./build.sh package makes, looked at with other tools than those that made it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash, createPublicKey, verify } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { problemsOf } from '../packaging/check.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = resolve(HERE, '../..');
const { XMLParser } = createRequire(join(ROOT, 'extension/packaging/'))('fast-xml-parser');
const { unzipSync } = createRequire(join(ROOT, 'extension/packaging/'))('fflate');
const SERVED = 'https://it.example.com/tacto/';

let scratch;
let key;
let first;
let second;
let bare;

before(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'tacto-packaging-'));
  key = join(scratch, 'keys', 'tacto.pem');
  // The second needs the first one's key.
  first = await packed('one', ['--new-key', key, '--update-url', SERVED], {});
  [second, bare] = await Promise.all([
    packed('another/longer folder', [], {
      TACTO_KEY: key,
      TACTO_UPDATE_URL: SERVED.slice(0, -1),
      TZ: 'Pacific/Kiritimati',
      LC_ALL: 'C',
    }),
    packed('bare', [], {}),
  ]);
});

after(() => rmSync(scratch, { recursive: true, force: true }));

/** Runs pack.mjs; resolves to how it ended. */
function pack(args, env = {}) {
  const script = join(ROOT, 'extension/packaging/pack.mjs');
  const clean = { ...process.env, TACTO_KEY: '', TACTO_UPDATE_URL: '', TACTO_FIREFOX_ID: '' };
  return new Promise((done) =>
    execFile(
      process.execPath,
      [script, ...args],
      { env: { ...clean, ...env }, cwd: scratch },
      (error, out, err) => done({ status: error?.code ?? 0, out, err }),
    ),
  );
}

/** Packs a copy of dist in a folder of that name, with other file times; the files by name. */
async function packed(name, args, env) {
  const dist = join(scratch, name);
  mkdirSync(dist, { recursive: true });
  for (const browser of ['chromium', 'firefox']) {
    cpSync(join(ROOT, 'dist', browser), join(dist, browser), { recursive: true });
    const at = 1_000_000_000 + name.length * 1_000_000;
    utimesSync(join(dist, browser, 'manifest.json'), at, at);
  }
  const { status, out, err } = await pack(['--dist', dist, ...args], env);
  assert.equal(status, 0, err);
  const folder = join(dist, 'packages');
  const files = readdirSync(folder).map((file) => [file, readFileSync(join(folder, file))]);
  return { out, files: new Map(files) };
}

const named = (ending) => [...first.files].find(([name]) => name.endsWith(ending))[1];
const manifestIn = (zip) => JSON.parse(Buffer.from(unzipSync(zip)['manifest.json']).toString());

/** One level of a protocol buffer: field number -> its bytes. Written from the format's definition. */
function fields(bytes) {
  const found = new Map();
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    assert.equal(tag & 7, 2, 'a field with a length');
    const length = varint();
    found.set(tag >> 3, bytes.subarray(at, at + length));
    at += length;
  }
  return found;
}

test('the same files in another folder, zone and time give the same bytes', () => {
  assert.deepEqual([...first.files.keys()], [...second.files.keys()]);
  for (const [name, bytes] of first.files)
    assert.ok(bytes.equals(second.files.get(name)), `${name} is the same`);
});

test('the sums are those of the files', () => {
  const lines = named('SHA256SUMS').toString().trim().split('\n');
  assert.equal(lines.length, first.files.size - 1);
  for (const line of lines) {
    const [sum, name] = line.split('  ');
    assert.equal(createHash('sha256').update(first.files.get(name)).digest('hex'), sum, name);
  }
});

test('the .crx carries a signature that holds, of the key whose id is printed', () => {
  const file = named('.crx');
  assert.equal(file.subarray(0, 4).toString(), 'Cr24');
  assert.equal(file.readUInt32LE(4), 3);
  const length = file.readUInt32LE(8);
  const header = fields(file.subarray(12, 12 + length));
  const proof = fields(header.get(2));
  const signed = header.get(10000);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(signed.length);
  const zip = file.subarray(12 + length);
  const said = Buffer.concat([Buffer.from('CRX3 SignedData\0'), size, signed, zip]);
  const publicKey = createPublicKey({ key: proof.get(1), format: 'der', type: 'spki' });
  assert.ok(verify('RSA-SHA256', said, publicKey, proof.get(2)), 'the signature holds');
  assert.equal(
    publicKey.export({ format: 'pem', type: 'spki' }),
    createPublicKey(readFileSync(key)).export({ format: 'pem', type: 'spki' }),
  );
  const id = createHash('sha256').update(proof.get(1)).digest().subarray(0, 16);
  assert.ok(fields(signed).get(1).equals(id), 'the id in the header is the key’s');
  const letters = id
    .toString('hex')
    .replace(/./g, (digit) => 'abcdefghijklmnop'[Number.parseInt(digit, 16)]);
  assert.match(first.out, new RegExp(`Chromium: ${letters}$`, 'm'));
  assert.equal(manifestIn(zip).update_url, `${SERVED}updates.xml`);
});

test('updates.xml leads to the .crx, for its id and version', () => {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' });
  const { gupdate } = parser.parse(named('updates.xml').toString());
  const { version, minimum_chrome_version } = manifestIn(named('store.zip'));
  assert.equal(gupdate.xmlns, 'http://www.google.com/update2/response');
  assert.equal(gupdate.protocol, '2.0');
  assert.match(first.out, new RegExp(`Chromium: ${gupdate.app.appid}$`, 'm'));
  assert.deepEqual(gupdate.app.updatecheck, {
    codebase: `${SERVED}tacto-${version}.crx`,
    version,
    prodversionmin: minimum_chrome_version,
  });
  assert.ok(first.files.has(`tacto-${version}.crx`));
});

test('updates.json leads to the .xpi, for its id and version', () => {
  const { version, browser_specific_settings } = manifestIn(named('.xpi'));
  const { id, update_url } = browser_specific_settings.gecko;
  assert.equal(update_url, `${SERVED}updates.json`);
  const [update] = JSON.parse(named('updates.json')).addons[id].updates;
  assert.equal(update.version, version);
  assert.equal(update.update_link, `${SERVED}tacto-${version}.xpi`);
  assert.ok(first.files.has(`tacto-${version}.xpi`));
});

test('the store’s zip is what is tested, byte by byte, and names no server', () => {
  const inside = unzipSync(named('store.zip'));
  for (const [path, bytes] of Object.entries(inside))
    assert.ok(readFileSync(join(ROOT, 'dist/chromium', path)).equals(bytes), path);
  assert.equal(manifestIn(named('store.zip')).update_url, undefined);
});

test('the bill names what is in the wasm, and not what is only in the command or the tests', () => {
  const { components } = JSON.parse(named('sbom.cdx.json'));
  const scopes = new Map(components.map(({ name, scope }) => [name, scope]));
  for (const name of ['tacto-core', 'aho-corasick', 'regex-automata', 'wasm-bindgen'])
    assert.equal(scopes.get(name), 'required', name);
  for (const name of ['serde_derive', 'esbuild']) assert.equal(scopes.get(name), 'excluded', name);
  for (const name of ['clap', 'toml', 'proptest']) assert.equal(scopes.get(name), undefined, name);
  const lock = readFileSync(join(ROOT, 'Cargo.lock'), 'utf8');
  for (const { name, version, purl, licenses, hashes } of components) {
    assert.ok(licenses?.length, `${name} has a licence`);
    if (!purl.startsWith('pkg:cargo/') || name.startsWith('tacto-')) continue;
    assert.ok(lock.includes(`name = "${name}"\nversion = "${version}"`), purl);
    assert.ok(lock.includes(`checksum = "${hashes[0].content}"`), purl);
  }
});

test('without a key and an address the rest is made, and what is missing is said', () => {
  const { out, files } = bare;
  const kinds = [...files.keys()].map((name) => name.replace(/tacto-[\d.]+\d/, 'tacto'));
  assert.deepEqual(kinds.sort(), ['SHA256SUMS', 'sbom.cdx.json', 'tacto-store.zip', 'tacto.xpi']);
  assert.match(out, /left out: tacto-.*\.crx: no key\. --new-key FILE makes one/);
  assert.match(out, /left out: updates\.xml/);
  assert.match(out, /left out: updates\.json/);
});

test('a new key is for its owner alone', { skip: process.platform === 'win32' }, () => {
  assert.equal(statSync(key).mode & 0o777, 0o600);
});

for (const [what, args, remedy] of [
  [
    'a key inside the source folder',
    ['--new-key', join(ROOT, 'tacto.pem')],
    /inside the source folder/,
  ],
  ['a key that is not there', ['--key', '/nowhere/tacto.pem'], /no such file.*--new-key/],
  ['a key that is none', ['--key', process.execPath], /no private key in PEM/],
  ['an address without https', ['--update-url', 'http://localhost:8000/'], /https/],
  ['an address that is a search', ['--update-url', 'https://it.example.com/?a=b'], /https/],
  ['an id that is none', ['--firefox-id', 'tacto'], /tacto@example\.com/],
  ['an option that is none', ['--sign'], /--sign[\s\S]*Usage/],
  ['a folder without a build', ['--dist', '/nowhere'], /\.\/build\.sh/],
]) {
  test(`${what} is refused, with what to do`, async () => {
    const { status, err } = await pack(args);
    assert.equal(status, 2);
    assert.match(err, remedy);
  });
}

test('a key that is in use is never written over', async () => {
  const { status, err } = await pack(['--new-key', key]);
  assert.equal(status, 2);
  assert.match(err, /--key/);
});

const shipped = () =>
  new Map(
    Object.entries(unzipSync(named('store.zip'))).map(([path, bytes]) => [
      path,
      Buffer.from(bytes),
    ]),
  );

for (const [what, change, said] of [
  ['another permission', (m) => m.permissions.push('tabs'), /permissions/],
  [
    'another site',
    (m) => m.content_scripts[0].matches.push('https://*.example.com/*'),
    /example\.com/,
  ],
  ['all sites', (m) => m.content_scripts[0].matches.push('<all_urls>'), /all_urls/],
  [
    'a key that nobody has looked at',
    (m) => {
      m.web_accessible_resources = [];
    },
    /web_accessible_resources/,
  ],
  [
    'a server in its policy',
    (m) => {
      m.content_security_policy.extension_pages += '; img-src https://a.example';
    },
    /more than the own/,
  ],
  [
    'a script that is missing',
    (m) => {
      m.content_scripts[0].js.push('more.js');
    },
    /more\.js is named and missing/,
  ],
  [
    'a long description',
    (_, files) => {
      files.set(
        '_locales/en/messages.json',
        Buffer.from(
          JSON.stringify({ name: { message: 'T' }, description: { message: 'x'.repeat(133) } }),
        ),
      );
    },
    /133 characters/,
  ],
  ['what only tests need', (_, files) => files.set('tests/page.js', Buffer.from('')), /for tests/],
  ['a hidden file', (_, files) => files.set('.env', Buffer.from('')), /\.env does not belong/],
]) {
  test(`a package with ${what} does not pass`, () => {
    const files = shipped();
    assert.deepEqual(problemsOf('chromium', files), []);
    const manifest = JSON.parse(files.get('manifest.json').toString());
    change(manifest, files);
    files.set('manifest.json', Buffer.from(JSON.stringify(manifest)));
    assert.match(problemsOf('chromium', files).join('\n'), said);
  });
}
