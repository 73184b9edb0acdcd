/**
 * Checks an adapter that comes from outside the build. The build runs it over the shipped ones;
 * a policy that replaces one goes through the same door.
 */
import type { Adapter } from './adapter';

const PLATFORMS = ['x', 'facebook', 'linkedin'];
const SURFACES = ['post', 'comment', 'message', 'profile', 'article'];
const AUDIENCES = ['public', 'connections', 'friends', 'group', 'private', 'unknown'];
const AUTHORS = ['employee', 'spokesperson', 'corporate-account'];
const KEYS = ['enter', 'mod+enter'];

/** A check on one value: adds a sentence to `problems` for each thing that is wrong. */
type Check = (value: unknown, at: string, problems: string[]) => void;

const text: Check = (value, at, problems) => {
  if (typeof value !== 'string' || value === '') problems.push(`${at}: write a text here`);
};

const oneOf =
  (...allowed: readonly (string | number)[]): Check =>
  (value, at, problems) => {
    if (!allowed.includes(value as string))
      problems.push(`${at}: write one of ${allowed.join(', ')}`);
  };

const path: Check = (value, at, problems) => {
  try {
    new RegExp(String(value));
    if (typeof value !== 'string') problems.push(`${at}: write a regular expression as a text`);
  } catch (error) {
    problems.push(`${at}: this regular expression does not compile (${String(error)})`);
  }
};

const flag: Check = (value, at, problems) => {
  if (typeof value !== 'boolean') problems.push(`${at}: write true or false`);
};

const list =
  (item: Check, atLeast = 0): Check =>
  (value, at, problems) => {
    if (!Array.isArray(value)) {
      problems.push(`${at}: write a list`);
      return;
    }
    if (value.length < atLeast) problems.push(`${at}: at least ${atLeast} needed`);
    value.forEach((one, index) => {
      item(one, `${at}[${index}]`, problems);
    });
  };

const record =
  (
    needed: Readonly<Record<string, Check>>,
    optional: Readonly<Record<string, Check>> = {},
  ): Check =>
  (value, at, problems) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      problems.push(`${at}: write an object`);
      return;
    }
    const fields = value as Record<string, unknown>;
    for (const [name, check] of Object.entries(needed)) {
      if (name in fields) check(fields[name], `${at}.${name}`, problems);
      else problems.push(`${at}: "${name}" is missing`);
    }
    for (const [name, check] of Object.entries(optional)) {
      if (name in fields) check(fields[name], `${at}.${name}`, problems);
    }
    for (const name of Object.keys(fields)) {
      if (!(name in needed) && !(name in optional))
        problems.push(`${at}: "${name}" is not known here`);
    }
  };

const control = record({ select: text }, { named: list(text, 1) });

const sign = (values: readonly string[]): Check =>
  record(
    {},
    {
      host: text,
      path,
      select: text,
      anywhere: flag,
      read: oneOf('label', 'text', 'last-line'),
      phrases: list(
        record({ value: oneOf(...values) }, { any: list(text, 1), is: list(text, 1) }),
        1,
      ),
      value: oneOf(...values),
    },
  );

const composer = record(
  {
    id: text,
    surface: oneOf(...SURFACES),
    box: list(text, 1),
    root: list(text),
    submit: list(control),
    keys: list(oneOf(...KEYS)),
  },
  { audience: oneOf(...AUDIENCES), path, inside: list(text, 1), note: text },
);

const adapter = record(
  {
    format: oneOf('tacto-site'),
    version: oneOf(1),
    platform: oneOf(...PLATFORMS),
    hosts: list(text),
    shadowHosts: list(text),
    composers: list(composer, 1),
    fallback: record({ submit: list(control), keys: list(oneOf(...KEYS)) }),
    ignore: list(text),
    pickers: list(text),
    audience: list(sign(AUDIENCES)),
    author: list(sign(AUTHORS)),
  },
  { ignorePaths: list(path) },
);

/** The adapter, or what is wrong with it and what to write instead. */
export function checkAdapter(
  value: unknown,
): { readonly adapter: Adapter } | { readonly problems: readonly string[] } {
  const problems: string[] = [];
  adapter(value, 'adapter', problems);
  if (problems.length === 0) {
    const ids = (value as Adapter).composers.map((kind) => kind.id);
    for (const id of new Set(ids)) {
      if (ids.indexOf(id) !== ids.lastIndexOf(id))
        problems.push(`adapter.composers: "${id}" is there twice`);
    }
  }
  return problems.length === 0 ? { adapter: value as Adapter } : { problems };
}
