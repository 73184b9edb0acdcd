// Drafts with what must be marked in them, for the shipped guide. Everything named here is invented
// or made up on the spot.

// In two parts, so that no scanner takes this file for a leak.
const KEY = ['ghp', 'wq7Lk2ZrT9vXc4Bn8Ms1Yd6Hf3Gj5Pa0KeUi'].join('_');

/**
 * @typedef {object} Known
 * @property {string} name
 * @property {string} text what is typed
 * @property {string[]} marked the words that are marked, in order
 * @property {'tip'|'note'|'warn'|'stop'} [worst] the verdict, where the test is about it
 */

/** @type {Known[]} */
export const known = [
  {
    name: 'a client after an emoji and accents',
    text: '🎉 ¡Olé! Northmere Energy nos visita mañana',
    marked: ['Northmere Energy'],
    worst: 'stop',
  },
  {
    name: 'a code name after a family emoji',
    text: '👩‍👩‍👧‍👦 añadí: Project Nightjar ships soon',
    marked: ['Project Nightjar'],
    worst: 'stop',
  },
  {
    name: 'a key in the middle of a line',
    text: `Así funciona: ${KEY} y ya está`,
    marked: [KEY],
    worst: 'stop',
  },
  {
    name: 'a wrong name',
    text: 'Ñandú 📌 the new WattFlow course starts today',
    marked: ['WattFlow'],
  },
  {
    name: 'an account number',
    text: 'é 🏦 send it to ES91 2100 0418 4502 0005 1332 please',
    marked: ['ES91 2100 0418 4502 0005 1332'],
    worst: 'stop',
  },
];

/** A draft that holds the post, and one that does not. */
export const stop = known[0];
export const clean = 'Sunday 🌊 with the choir: niños, café y sol.';

/** A draft with one name to put right: the replacement, and the whole text after it. */
export const fixable = {
  text: 'Ñandú 📌 the new WattFlow course starts today',
  wrong: 'WattFlow',
  right: 'VatiaFlow',
};
