/**
 * The bill of materials, CycloneDX 1.6 in JSON: what is in the package (`required`) and what made
 * it (`excluded`: macros and tools, whose code is not in it). No date and no serial number, so that
 * the same commit gives the same bytes.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Crates as `cargo tree` resolves them for the wasm alone, not for the command or the tests. */
function crates(root, edges) {
  const lines = execFileSync(
    'cargo',
    [
      'tree',
      '--locked',
      '--package=tacto-web',
      '--target=wasm32-unknown-unknown',
      `--edges=${edges}`,
      '--prefix=none',
      '--no-dedupe',
      '--format={p}|{l}|{r}',
    ],
    { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26 },
  );
  return new Map(
    lines
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const [crate, license, repository] = line.split('|');
        const [name, version] = crate.split(' ');
        return [
          `${name}@${version.slice(1)}`,
          { name, version: version.slice(1), license, repository },
        ];
      }),
  );
}

/** name@version -> SHA-256 of the crate's file, from Cargo.lock. Own crates have none. */
function checksums(root) {
  const entry = /name = "(.+)"\nversion = "(.+)"\n(?:source = .+\n)?checksum = "(.+)"/g;
  const lock = readFileSync(join(root, 'Cargo.lock'), 'utf8');
  return new Map(
    [...lock.matchAll(entry)].map(([, name, version, sum]) => [`${name}@${version}`, sum]),
  );
}

function crateComponents(root) {
  const inside = crates(root, 'normal,no-proc-macro');
  const all = crates(root, 'normal,build');
  const sums = checksums(root);
  return [...all].map(([id, { name, version, license, repository }]) =>
    component('cargo', {
      name,
      version,
      license,
      scope: inside.has(id) ? 'required' : 'excluded',
      hash: sums.get(id) && { alg: 'SHA-256', content: sums.get(id) },
      repository,
    }),
  );
}

/** npm packages: those whose files esbuild put into a script, and those that built it. */
function npmComponents(extension) {
  const bundled = new Set(readJson(join(extension, 'generated', 'bundled.json')));
  const lock = readJson(join(extension, 'package-lock.json')).packages;
  const tools = new Set(Object.keys(lock[''].devDependencies ?? {}));
  const wanted = Object.entries(lock).filter(([path]) => {
    const name = path.split('node_modules/').at(-1);
    return bundled.has(path) || (tools.has(name) && path === `node_modules/${name}`);
  });
  const missing = [...bundled].filter((path) => !lock[path]);
  if (missing.length > 0) throw new Error(`bundled, but not in package-lock.json: ${missing}`);
  return wanted.map(([path, { version, license, integrity }]) => {
    const [algorithm, digest] = integrity.split('-');
    return component('npm', {
      name: path.split('node_modules/').at(-1),
      version,
      license,
      scope: bundled.has(path) ? 'required' : 'excluded',
      hash: {
        alg: algorithm.replace('sha', 'SHA-'),
        content: Buffer.from(digest, 'base64').toString('hex'),
      },
    });
  });
}

function component(kind, { name, version, license, scope, hash, repository }) {
  const purl = `pkg:${kind}/${name.replace('@', '%40')}@${version.replace('+', '%2B')}`;
  return {
    type: 'library',
    name,
    version,
    scope,
    ...(hash ? { hashes: [hash] } : {}),
    // Crates of old write "MIT/Apache-2.0".
    ...(license ? { licenses: [{ expression: license.replaceAll('/', ' OR ') }] } : {}),
    purl,
    'bom-ref': purl,
    ...(repository ? { externalReferences: [{ type: 'vcs', url: repository }] } : {}),
  };
}

/** The commit, where the folder is one and nothing in it has changed since. */
function commit(root) {
  if (!existsSync(join(root, '.git'))) return null;
  try {
    const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
    return git('status', '--porcelain') === '' ? git('rev-parse', 'HEAD') : null;
  } catch {
    return null;
  }
}

/** The bill as text. `packages`: name of a package -> its bytes. */
export async function sbom(root, version, packages) {
  const from = commit(root);
  const rustc = execFileSync('rustc', ['--version'], { cwd: root, encoding: 'utf8' }).split(' ')[1];
  const components = [...crateComponents(root), ...npmComponents(join(root, 'extension'))];
  components.sort((a, b) => (a.purl < b.purl ? -1 : 1));
  const bill = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      tools: { components: [{ type: 'application', name: 'rustc', version: rustc }] },
      component: {
        type: 'application',
        name: 'tacto',
        version,
        licenses: [{ expression: 'MIT OR Apache-2.0' }],
        'bom-ref': 'tacto',
        components: [...packages].map(([name, bytes]) => ({
          type: 'file',
          name,
          hashes: [{ alg: 'SHA-256', content: createHash('sha256').update(bytes).digest('hex') }],
        })),
        ...(from ? { properties: [{ name: 'tacto:commit', value: from }] } : {}),
      },
    },
    components,
    dependencies: [
      {
        ref: 'tacto',
        dependsOn: components.filter(({ scope }) => scope === 'required').map(({ purl }) => purl),
      },
    ],
  };
  const text = `${JSON.stringify(bill, null, 2)}\n`;
  const invalid = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text);
  if (invalid) throw new Error(`the bill of materials is not valid: ${JSON.stringify(invalid)}`);
  return text;
}
