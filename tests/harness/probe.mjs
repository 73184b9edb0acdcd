// A guide that says what was read of a draft: for each audience, surface and author one rule, which
// fires there alone. Otherwise it is the shipped guide, and the extension around it the shipped one.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dist, root } from './browsers.mjs';

const VALUES = {
  surface: ['post', 'comment', 'message', 'profile', 'article'],
  audience: ['public', 'connections', 'friends', 'group', 'private', 'unknown'],
  author: ['employee', 'spokesperson', 'corporate-account'],
};

/** A word that holds every post. */
export const STOP = 'zstopz';

/** A word that is marked in what anybody can read, and nowhere else. */
export const PUBLIC = 'zpubz';

/** A word that holds what anybody can read, and nothing else. */
export const STOP_PUBLIC = 'zholdz';

/** Words that nobody writes: in a draft they bring out what was read. */
export const PROBE = 'zsurfz zaudz zautz';
const WORDS = Object.fromEntries(Object.keys(VALUES).map((what, i) => [what, PROBE.split(' ')[i]]));

/** A rule on a word; `only` is where it fires, e.g. `['audience', 'public']`. */
const rule = (word, severity, only = null, name = '') => {
  const id = [...(only ?? ['stop']), name].filter(Boolean).join('-');
  const title = only?.join(': ') ?? 'held';
  const context = only ? `, ${only[0]} = "${only[1]}"` : '';
  return `[[rule]]
id = "probe-${id}"
topic = "client"
section = "privacy"
severity = "${severity}"
find = [{ terms = ["${word}"] }]
${only ? `when.${only[0]} = ["${only[1]}"]` : ''}
say.es = { title = "${title}", message = "${title}" }
say.en = { title = "${title}", message = "${title}" }
hits.es = [{ text = "${word}"${context} }]
hits.en = [{ text = "${word}"${context} }]
misses.es = ["hola"]
misses.en = ["hello"]
`;
};

/** Where rules for anybody fire too, the engine keeps the stronger: unknown counts as public. */
const severityOf = (value) => (value === 'unknown' ? 'warn' : 'note');

const RULES = [
  rule(STOP, 'stop'),
  rule(PUBLIC, 'note', ['audience', 'public'], 'only'),
  rule(STOP_PUBLIC, 'stop', ['audience', 'public'], 'held'),
  ...Object.entries(VALUES).flatMap(([what, values]) =>
    values.map((value) => rule(WORDS[what], severityOf(value), [what, value])),
  ),
];

/**
 * A copy of the shipped extension with that guide.
 * @returns `extension`, the folder, and `remove()`
 */
export async function probing(kind) {
  const scratch = await mkdtemp(join(tmpdir(), 'tacto-probe-'));
  const [rules, extension] = ['rules', 'extension'].map((name) => join(scratch, name));
  await cp(join(root, 'rules'), rules, { recursive: true });
  await writeFile(join(rules, 'probe.toml'), RULES.join('\n'));
  await cp(dist(kind), extension, { recursive: true });
  const tacto = process.env.TACTO_COMMAND ?? join(root, 'target/release/tacto');
  await promisify(execFile)(tacto, ['build', rules, '-o', join(extension, 'guide.json')]);
  return { extension, remove: () => rm(scratch, { recursive: true, force: true }) };
}

/** What was read, out of what a card or a gate says: `{surface, audience, author}`. */
export function contextIn(text) {
  return Object.fromEntries(
    Object.keys(VALUES).map((what) => {
      const [, value] = text.match(new RegExp(`\\b${what}: ([a-z-]+)`)) ?? [];
      return [what, value ?? null];
    }),
  );
}
