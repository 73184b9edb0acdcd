// The texts that everything is measured on, and the long lists of names: the same in every run.
import { readFile } from 'node:fs/promises';

const file = new URL('texts/posts.txt', import.meta.url);

/** Drafts of about 280, 3,000 and 30,000 characters, by length. */
export async function drafts() {
  const lines = (await readFile(file, 'utf8')).split('\n');
  const posts = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const ofLength = (length) =>
    posts.map((_, first) => {
      let text = posts[first];
      for (let i = first + 1; text.length < length; i += 1)
        text += `\n\n${posts[i % posts.length]}`;
      return text.slice(0, length).toWellFormed?.() ?? text.slice(0, length);
    });
  return { 280: ofLength(280), 3000: ofLength(3000), 30000: ofLength(30_000).slice(0, 4) };
}

const STARTS =
  'bra cal dor fen gar hul jan kel lom mar nor pel quin ros sul tam vel wes yar zim'.split(' ');
const MIDDLES = 'a e i o u ado era ilo una oster inde alba orra emi'.split(' ');
const ENDS = 'via tech mont dale ra lin son x co gard plex nia tum berg lo'.split(' ');
const KINDS = ['Energy', 'Foods', 'Textil', 'Water', 'Cementos', 'Partners', 'Labs', 'Logística'];

/** The first `count` of an endless list of invented company names; no two alike. */
export function names(count) {
  return Array.from({ length: count }, (_, i) => {
    const pick = (list, divisor) => list[Math.floor(i / divisor) % list.length];
    const tail = Math.floor(i / (20 * 14 * 15));
    const word =
      pick(STARTS, 1) + pick(MIDDLES, 20) + pick(ENDS, 280) + (tail ? pick(STARTS, 4200) : '');
    const rest = Math.floor(i / (4200 * 20));
    const kind = KINDS[(i + rest) % KINDS.length];
    return `${word[0].toUpperCase()}${word.slice(1)} ${kind}${rest > 1 ? ` ${rest}` : ''}`;
  });
}
