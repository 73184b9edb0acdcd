/**
 * Whether the words in a box are a person's: typed, pasted or dropped there, and not changed by a
 * script since. A script's click is held for such words alone, so that no page can ask the guide
 * about words of its own.
 *
 * Trust in an event is not enough: a page that writes with `execCommand` makes trusted `input`
 * events, and may write whenever somebody presses a key. But it cannot make a trusted `beforeinput`,
 * `paste` or `drop`. What these say goes on an account; a text is a person's where it differs from
 * one that was by letters and digits of that account alone. Signs, spaces and emoji are nobody's:
 * editors put them in and take them out as they like.
 */

const MOST_REMEMBERED = 10_000;
const MOST_TYPED = 100_000;

/**
 * The texts that people have written on this page: an undo, or a box made anew, brings one back.
 * Not the texts themselves, which are nobody's business once they are posted: numbers made of them,
 * in a way that is another on each page, so that no page finds a text with the same number.
 */
export class Written {
  readonly #numbers = new Set<number>();
  readonly #own = crypto.getRandomValues(new Uint32Array(2));

  get isEmpty(): boolean {
    return this.#numbers.size === 0;
  }

  add(text: string): void {
    if (this.#numbers.size === MOST_REMEMBERED) this.#numbers.clear();
    this.#numbers.add(this.#numberOf(text));
  }

  has(text: string): boolean {
    return this.#numbers.has(this.#numberOf(text));
  }

  /** 53 bits of two multiplicative hashes. */
  #numberOf(text: string): number {
    const [first = 0, second = 0] = this.#own;
    let high = first;
    let low = second;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      high = Math.imul(high ^ unit, first | 1) ^ (high >>> 15);
      low = Math.imul(low ^ unit, second | 1) ^ (low >>> 13);
    }
    return (high >>> 0) * 2 ** 21 + (low >>> 11);
  }
}

export class Authorship {
  /** What is in the box is a person's. */
  isPersons = true;
  /** The text that was read last, and the last one that was a person's. */
  #seen = '';
  #text = '';
  /** What a person has put in since, and has not been seen in the box. */
  #typed = '';
  /** A person has changed something since, were it by taking it out. */
  #edited = false;

  constructor(private readonly written: Written) {}

  /** A person's event in the box, which may change it. */
  heard(event: Event): void {
    if (event instanceof KeyboardEvent) {
      this.#edited ||= isEdit(event);
      return;
    }
    this.#edited = true;
    this.put(putInBy(event));
  }

  /** Words that go into the box because a person asked for it. */
  put(words: string): void {
    this.#typed = (this.#typed + words).slice(-MOST_TYPED);
  }

  /** What is in the box now. */
  read(text: string): void {
    if (text === this.#seen) return;
    this.#seen = text;
    if (text === '') {
      // An empty box is a new draft.
      this.#text = '';
      this.#typed = '';
      this.isPersons = true;
      return;
    }
    // All of it may be new: written over everything, or into an emptied box.
    this.isPersons =
      this.written.has(text) || this.#follows(this.#text, text) || this.#follows('', text);
    if (!this.isPersons) return;
    this.#edited = false;
    this.#text = text;
    this.written.add(text);
  }

  /** Whether one text comes of another by what a person has done since; if so, that is used up. */
  #follows(before: string, after: string): boolean {
    const put = wordsOf(differenceOf(before, after));
    if (put === '') return this.#edited || wordsOf(differenceOf(after, before)) === '';
    const typed = wordsOf(this.#typed);
    const at = typed.indexOf(put);
    // "an" typed into "b|na" differs from it by "na": turned round, where it repeats what is there.
    if (at < 0 && !(put.length <= typed.length && typed.repeat(2).includes(put))) return false;
    this.#typed = at < 0 ? '' : typed.slice(at + put.length);
    return true;
  }
}

/** A key by which editors change a text without another event. */
function isEdit({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  const isMod = ctrlKey || metaKey || altKey;
  return /^(Backspace|Delete)$/.test(key) || (key === 'Enter' ? !isMod : isMod && key.length === 1);
}

/** The words that a person puts in by this event. */
function putInBy(event: Event): string {
  if (event instanceof ClipboardEvent) return event.clipboardData?.getData('text/plain') ?? '';
  if (event instanceof DragEvent) return event.dataTransfer?.getData('text/plain') ?? '';
  // Of what is pasted and dropped, those events have told.
  if (!(event instanceof InputEvent) || /From(Paste|Drop)/.test(event.inputType)) return '';
  return event.data ?? event.dataTransfer?.getData('text/plain') ?? '';
}

/** What of a text is not in another one, at one place. */
function differenceOf(before: string, after: string): string {
  const shortest = Math.min(before.length, after.length);
  let start = 0;
  while (start < shortest && before[start] === after[start]) start++;
  let end = 0;
  while (end < shortest - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return after.slice(start, after.length - end);
}

function wordsOf(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}
