/**
 * `./build.sh package`: from dist/chromium and dist/firefox to dist/packages. README.md beside this
 * says what each file is for.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lint, problemsOf } from './check.mjs';
import { crx, idOf, keyProblem, newKey, readByOthers } from './crx.mjs';
import { sbom } from './sbom.mjs';
import { filesOf, zip } from './zip.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const HELP = `Usage: ./build.sh package [OPTION]...

  --key FILE         the company's private key (RSA, PEM), kept outside this folder; signs the .crx.
                     Else: TACTO_KEY. Without one there is no .crx
  --new-key FILE     makes such a key there first, where no file is yet
  --update-url URL   the https folder that the company will serve dist/packages from; browsers look
                     there for newer versions. Else: TACTO_UPDATE_URL. Without one there is neither
                     updates.xml nor updates.json
  --firefox-id ID    the add-on's id in Firefox, which Mozilla signs for one account only.
                     Else: TACTO_FIREFOX_ID; else the project's
  --twice            builds the last commit in two new folders and compares the bytes (long)
  --help             this page
`;

class Refusal extends Error {}

/** What the command line and the environment say, checked. */
function asked() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        key: { type: 'string' },
        'new-key': { type: 'string' },
        'update-url': { type: 'string' },
        'firefox-id': { type: 'string' },
        dist: { type: 'string', default: join(ROOT, 'dist') },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new Refusal(`${error.message}\n\n${HELP}`);
  }
  if (values.help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  // A path means what it means where the person is, not where build.sh went.
  const path = (value) => value && resolve(process.env.TACTO_CALLER ?? process.cwd(), value);
  const { env } = process;
  return {
    dist: resolve(values.dist),
    key: path(values['new-key'] ?? values.key ?? env.TACTO_KEY) || null,
    isNewKey: values['new-key'] !== undefined,
    updates: folderUrl(values['update-url'] ?? env.TACTO_UPDATE_URL),
    firefoxId: firefoxId(values['firefox-id'] ?? env.TACTO_FIREFOX_ID),
  };
}

function folderUrl(value) {
  if (!value) return null;
  const text = value.endsWith('/') ? value : `${value}/`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'https:' || url.search || url.hash)
    throw new Refusal(
      `"${value}" is no folder that browsers take updates from. Give an https address such as https://it.example.com/tacto/.`,
    );
  return url.href;
}

function firefoxId(value) {
  if (!value) return null;
  if (!/^(\{[0-9a-f-]{36}\}|[\w.-]*@[\w.-]+)$/i.test(value) || value.length > 80)
    throw new Refusal(
      `"${value}" is no add-on id. It looks like an e-mail address: tacto@example.com`,
    );
  return value;
}

function checkKey({ key, isNewKey }) {
  if (!key) return;
  const inside = relative(ROOT, key);
  if (!inside.startsWith('..') && resolve(ROOT, inside) === key)
    throw new Refusal(
      `${key} is inside the source folder. Keep the key where it cannot be committed.`,
    );
  if (isNewKey) {
    if (existsSync(key))
      throw new Refusal(
        `${key} is there already, and a key that was used must not be lost. Use it with --key, or name another place.`,
      );
    mkdirSync(dirname(key), { recursive: true });
    newKey(key);
    console.log(
      `  A new key: ${key}\n  Keep it, and a copy in the company's vault: without it no update can follow.`,
    );
  }
  const problem = keyProblem(key);
  if (problem) throw new Refusal(`The key ${key}: ${problem}. --new-key FILE makes one.`);
  if (readByOthers(key)) console.log(`  Others than you can read ${key}. Type: chmod 600 ${key}`);
}

const json = (value) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

/** The files, with the manifest as the packaged copy has it. */
function withManifest(files, change) {
  const manifest = JSON.parse(files.get('manifest.json').toString('utf8'));
  change(manifest);
  return new Map(files).set('manifest.json', json(manifest));
}

const xml = (text) =>
  text.replaceAll('&', '&amp;').replaceAll("'", '&apos;').replaceAll('<', '&lt;');

const updatesXml = (id, codebase, version, minimum) => `<?xml version='1.0' encoding='UTF-8'?>
<gupdate xmlns='http://www.google.com/update2/response' protocol='2.0'>
  <app appid='${id}'>
    <updatecheck codebase='${xml(codebase)}' version='${version}' prodversionmin='${minimum}' />
  </app>
</gupdate>
`;

async function main() {
  const options = asked();
  const { dist, key, updates } = options;
  checkKey(options);
  const files = {};
  for (const browser of ['chromium', 'firefox']) {
    const folder = join(dist, browser);
    if (!existsSync(join(folder, 'manifest.json')))
      throw new Refusal(`${folder} is not there. Type: ./build.sh`);
    files[browser] = filesOf(folder);
  }
  const problems = Object.entries(files).flatMap(([browser, own]) => problemsOf(browser, own));
  if (problems.length > 0) throw new Refusal(problems.join('\n  '));

  const manifest = JSON.parse(files.chromium.get('manifest.json').toString('utf8'));
  const { version } = manifest;
  const made = new Map();
  const left = [];

  // The Web Store and Edge's refuse an address for updates: it is the store's own.
  made.set(`tacto-${version}-store.zip`, zip(files.chromium));

  const crxName = `tacto-${version}.crx`;
  const id = key && idOf(key);
  if (key) {
    const own = withManifest(files.chromium, (m) => {
      if (updates) m.update_url = `${updates}updates.xml`;
    });
    made.set(crxName, await crx(zip(own), key));
  } else left.push(`${crxName}: no key. --new-key FILE makes one, outside this folder.`);
  if (key && updates)
    made.set(
      'updates.xml',
      Buffer.from(updatesXml(id, updates + crxName, version, manifest.minimum_chrome_version)),
    );
  else left.push(`updates.xml: it needs ${key ? '--update-url' : 'a key and --update-url'}.`);

  const xpiName = `tacto-${version}.xpi`;
  let gecko;
  const xpi = zip(
    withManifest(files.firefox, (m) => {
      gecko = m.browser_specific_settings.gecko;
      if (options.firefoxId) gecko.id = options.firefoxId;
      if (updates) gecko.update_url = `${updates}updates.json`;
    }),
  );
  made.set(xpiName, xpi);
  // No hash of the file: Mozilla's signature changes it. https and that signature stand for it.
  if (updates)
    made.set(
      'updates.json',
      json({
        addons: {
          [gecko.id]: {
            updates: [
              {
                version,
                update_link: updates + xpiName,
                applications: { gecko: { strict_min_version: gecko.strict_min_version } },
              },
            ],
          },
        },
      }),
    );
  else left.push('updates.json: it needs --update-url.');

  made.set('sbom.cdx.json', Buffer.from(await sbom(ROOT, version, made)));
  const sums = [...made].map(
    ([name, bytes]) => `${createHash('sha256').update(bytes).digest('hex')}  ${name}\n`,
  );
  made.set('SHA256SUMS', Buffer.from(sums.sort().join('')));

  const out = join(dist, 'packages');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  for (const [name, bytes] of made) writeFileSync(join(out, name), bytes);

  const { errors, explained, unexplained } = lint(join(out, xpiName));
  const lines = [
    ...[...made].map(
      ([name, bytes]) =>
        `  ${name.padEnd(28)} ${bytes.length.toLocaleString('en').padStart(9)} bytes`,
    ),
    ...left.map((what) => `  left out: ${what}`),
    `  id in Chrome, Edge, Chromium: ${id ?? '(that of the key, or the one that the store gives)'}`,
    `  id in Firefox:                ${gecko.id}`,
    ...explained.map(([code, why]) => `  addons-linter, known: ${code}\n    ${why}`),
  ];
  console.log(lines.join('\n'));
  if (errors.length + unexplained.length > 0) {
    rmSync(out, { recursive: true });
    throw new Refusal(
      `addons-linter on ${xpiName}:\n  ${[...errors, ...unexplained].join('\n  ')}`,
    );
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(`package: ${error.message}`);
  process.exit(2);
}
