// What a test may read of a page: what was posted, straight from the editor's own model, and what
// each editor's model holds now. The pages themselves never use it for anything else.

/** @type {{site: string, composer: string, text: string}[]} */
const posted = [];
const models = {};

globalThis.testbed = {
  posted,
  /** The text that the editor's model holds: what would be posted. */
  text: (composer) => models[composer]?.() ?? null,
};

/** Makes an editor's model readable under the composer's name. */
export function expose(composer, read) {
  models[composer] = read;
}

/** Stands for the request that the real site would send. */
export function post(site, composer, text) {
  posted.push({ site, composer, text });
}
