/**
 * What may be in a package. Stricter than the browsers: a permission, a host or a file that is new
 * stops here until this file, and so its author, and extension/SECURITY.md know of it.
 */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The manifest's keys, and those values that say what the extension may do. */
const KEYS = new Set([
  'manifest_version',
  'name',
  'description',
  'version',
  'default_locale',
  'icons',
  'action',
  'permissions',
  'content_scripts',
  'content_security_policy',
  'background',
  'storage',
  'minimum_chrome_version',
  'externally_connectable',
  'browser_specific_settings',
  'update_url',
]);
const PERMISSIONS = ['storage'];
const HOSTS = ['x.com', 'twitter.com', 'facebook.com', 'linkedin.com'];
const FILES = /(\.(js|wasm|json|html|css|png|md)|^own-words\.txt)$/;
/** The Web Store's: a name of 75 characters, a description of 132. */
const LONGEST = { name: 75, description: 132 };

/** Sentences; none where all is well. `files`: path -> bytes. */
export function problemsOf(browser, files) {
  const problems = [];
  const wrong = (sentence) => problems.push(`${browser}: ${sentence}`);
  const json = (path) => {
    try {
      return JSON.parse(files.get(path).toString('utf8'));
    } catch {
      wrong(`${path} is missing or no JSON`);
      return null;
    }
  };
  const manifest = json('manifest.json');
  if (!manifest) return problems;

  for (const key of Object.keys(manifest))
    if (!KEYS.has(key)) wrong(`the manifest has "${key}", which nobody has looked at`);
  if (manifest.manifest_version !== 3) wrong('the manifest is no version 3');
  if (!/^\d{1,5}(\.\d{1,5}){0,3}$/.test(manifest.version))
    wrong(`"${manifest.version}" is no version: one to four numbers with dots`);
  if (String(manifest.permissions) !== String(PERMISSIONS))
    wrong(`the permissions are ${manifest.permissions}, not ${PERMISSIONS}`);
  for (const { matches } of manifest.content_scripts)
    for (const match of matches)
      if (!HOSTS.some((host) => match === `https://*.${host}/*`)) wrong(`it runs on ${match}`);
  const policy = manifest.content_security_policy?.extension_pages ?? '';
  for (const part of ["default-src 'none'", "connect-src 'self'"])
    if (!policy.includes(part)) wrong(`the content security policy lacks ${part}`);
  if (/https?:|data:|blob:|'unsafe-(eval|inline)'|\*/.test(policy))
    wrong('the content security policy lets in more than the own files');

  const named = [
    ...Object.values(manifest.icons),
    ...Object.values(manifest.action.default_icon),
    manifest.action.default_popup,
    ...manifest.content_scripts.flatMap(({ js = [], css = [] }) => [...js, ...css]),
    manifest.background.service_worker,
    ...(manifest.background.scripts ?? []),
    manifest.storage?.managed_schema,
  ];
  for (const path of named) if (path && !files.has(path)) wrong(`${path} is named and missing`);
  for (const path of files.keys()) {
    if (!FILES.test(path) || path.split('/').some((part) => part.startsWith('.')))
      wrong(`${path} does not belong in a package`);
    if (/(^|\/)(tests?|node_modules|generated)\//.test(path)) wrong(`${path} is for tests`);
    if (path.endsWith('.json')) json(path);
  }
  for (const script of ['content.js', 'background.js'])
    if (files.get(script)?.includes('sourceMappingURL')) wrong(`${script} names a source map`);

  for (const language of ['en', 'es']) {
    const messages = json(`_locales/${language}/messages.json`);
    for (const [key, longest] of Object.entries(LONGEST)) {
      const length = messages?.[key]?.message?.length ?? 0;
      if (length === 0 || length > longest)
        wrong(
          `the ${key} in ${language} has ${length} characters; the store takes 1 to ${longest}`,
        );
    }
  }
  return problems;
}

/** What addons-linter says that we know of, and why it stays. */
const EXPLAINED = {
  KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION:
    'Firefox for Android reads the declaration "collects no data" from 142 on; desktops do from 140. ' +
    'An Android of 140 or 141 installs all the same and ignores the key.',
};

/** Mozilla's own linter: errors, and the warnings with our explanation or none. */
export function lint(xpi) {
  const require = createRequire(import.meta.url);
  const linter = join(dirname(require.resolve('addons-linter/package.json')), 'bin/addons-linter');
  let said;
  try {
    said = execFileSync(process.execPath, [linter, '--self-hosted', '--output', 'json', xpi], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    // It ends with 1 where it found an error.
    said = error.stdout;
  }
  const { errors, warnings } = JSON.parse(said);
  const told = ({ code, message, file }) => `${code}${file ? ` (${file})` : ''}: ${message}`;
  return {
    errors: errors.map(told),
    explained: warnings
      .filter(({ code }) => EXPLAINED[code])
      .map(({ code }) => [code, EXPLAINED[code]]),
    unexplained: warnings.filter(({ code }) => !EXPLAINED[code]).map(told),
  };
}
