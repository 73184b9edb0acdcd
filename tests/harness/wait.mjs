// Waiting for a condition: no fixed sleeps, one clear sentence when it does not come.

const PAUSE_MS = 15;

/**
 * Asks until `probe` gives something truthy, and returns it.
 * @param what ends the sentence "waited N ms for ..."
 */
export async function until(what, probe, { timeout = 10_000 } = {}) {
  const end = performance.now() + timeout;
  let last;
  for (;;) {
    last = await probe();
    if (last) return last;
    if (performance.now() > end) throw new Error(`waited ${timeout} ms for ${what}`);
    await new Promise((resume) => setTimeout(resume, PAUSE_MS));
  }
}

/**
 * Lets the page go on for `ms` and checks at every step that `probe` stays falsy: how "nothing
 * happens" is shown.
 */
export async function never(what, probe, ms) {
  const end = performance.now() + ms;
  do {
    if (await probe()) throw new Error(`${what} happened`);
    await new Promise((resume) => setTimeout(resume, PAUSE_MS));
  } while (performance.now() < end);
}
