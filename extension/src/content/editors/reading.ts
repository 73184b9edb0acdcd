/**
 * A box's text as its author sees it, with the way back from every UTF-16 offset to the page.
 * Editors differ in how they lay out lines and what they add for themselves; that is all that
 * their modules say (`Layout`), the walk is here.
 */
import { firstWhere } from '../order';

/**
 * A stretch of the text and the node that shows it: words, an image with an `alt`, a `<br>` of the
 * author's; or, with no length, a `<br>` that only keeps a line open.
 */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly node: Text | Element;
  /** What the caret cannot enter (`contenteditable=false`): a mention, an emoji. Taken whole or not at all. */
  readonly atom: Element | null;
}

/** What a stretch is made of. */
export interface Made {
  readonly isEmpty: boolean;
  /** One text node shows all of it: one line, one style. */
  readonly isOneText: boolean;
  /** There is a `<br>` of the author's in it. */
  readonly hasBreak: boolean;
  /** It reaches over several lines. */
  readonly hasLines: boolean;
  /** It begins or ends with something that can only be taken whole. */
  readonly hasAtomAtEdge: boolean;
}

export interface Layout {
  /** Elements that are lines of their own. */
  readonly isBlock: (element: Element) => boolean;
  /** Elements that are there for the editor, not for the author. */
  readonly skip: (element: Element) => boolean;
}

const BLOCKS = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DIV DL DT FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER LI MAIN OL P PRE SECTION TABLE TR UL'.split(
    ' ',
  ),
);

const NEVER_TEXT = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'svg']);

export const PLAIN: Layout = {
  isBlock: (element) => BLOCKS.has(element.tagName),
  // What is hidden from screen readers and cannot be edited is a decoration or a placeholder.
  skip: (element) =>
    NEVER_TEXT.has(element.tagName) ||
    (element.getAttribute('aria-hidden') === 'true' && isAtom(element)),
};

/** Editors put these where no caret could stand otherwise, in text nodes of their own. */
const FILLER = /^[\u200b\ufeff]*$/;

function keepsLineFeeds(element: Element): boolean {
  return /^(pre|break)/.test(getComputedStyle(element).whiteSpace);
}

function isAtom(element: Element): boolean {
  return element.getAttribute('contenteditable') === 'false';
}

export class Reading {
  #pieces: Piece[] = [];
  #text = '';

  constructor(
    readonly box: HTMLElement,
    private readonly layout: Layout,
  ) {
    let lines = 0;
    let open = false;
    const line = (): void => {
      if (open) return;
      if (lines++ > 0) this.#text += '\n';
      open = true;
    };
    const walk = (parent: Element, around: Element | null): void => {
      // What stands between two blocks is a line of its own, as if a block were around it.
      let run = this.#pieces.length;
      for (let node = parent.firstChild; node; node = node.nextSibling) {
        if (node instanceof Text) {
          if (FILLER.test(node.data) || this.#isIndentation(node)) continue;
          line();
          this.#add(node, node.data.replaceAll('\u00a0', ' '), around);
        } else if (node instanceof Element) {
          if (this.layout.skip(node)) continue;
          const atom = around ?? (isAtom(node) ? this.#wholeOf(node) : null);
          if (node.tagName === 'BR') {
            line();
            this.#add(node, this.#isFiller(node) ? '' : '\n', atom);
          } else if (node.tagName === 'IMG') {
            const alt = node.getAttribute('alt');
            if (!alt) continue;
            line();
            this.#add(node, alt, atom);
          } else if (this.layout.isBlock(node)) {
            if (open) this.#dropFiller(run);
            open = false;
            const first = this.#pieces.length;
            walk(node, atom);
            if (open) this.#dropFiller(first);
            open = false;
            run = this.#pieces.length;
          } else {
            walk(node, atom);
          }
        }
      }
    };
    walk(box, null);
    if (open) this.#dropFiller(0);
  }

  get text(): string {
    return this.#text;
  }

  /** The ranges that show this stretch, one per node, so that only glyphs are measured. */
  ranges(start: number, end: number): Range[] {
    const ranges: Range[] = [];
    for (const piece of this.#within(start, end)) {
      const range = document.createRange();
      if (piece.node instanceof Text) {
        // The page may have changed since it was read.
        if (piece.node.length < piece.end - piece.start) continue;
        range.setStart(piece.node, Math.max(start, piece.start) - piece.start);
        range.setEnd(piece.node, Math.min(end, piece.end) - piece.start);
      } else if (piece.node.tagName === 'BR') {
        continue;
      } else {
        range.selectNode(piece.node);
      }
      ranges.push(range);
    }
    return ranges;
  }

  /** What a stretch is made of: engines differ in what they let be replaced at once. */
  made(start: number, end: number): Made {
    const pieces = this.#within(start, end);
    const [first] = pieces;
    const last = pieces.at(-1);
    return {
      isEmpty: start === end,
      isOneText:
        pieces.length === 1 &&
        first?.node instanceof Text &&
        first.start <= start &&
        end <= first.end,
      hasBreak: pieces.some(
        (one) => one.end > one.start && one.node instanceof Element && one.node.tagName === 'BR',
      ),
      hasLines: this.#text.slice(start, end).includes('\n'),
      hasAtomAtEdge: Boolean(first?.atom ?? last?.atom),
    };
  }

  /**
   * Where an offset is in the page: as the end of what precedes it, or the start of what follows.
   * Null where nothing of the page stands for it.
   */
  point(
    offset: number,
    side: 'start' | 'end',
  ): { readonly node: Node; readonly offset: number } | null {
    const at = this.#pieces;
    const piece =
      side === 'start'
        ? (at.find((one) => one.start <= offset && offset < one.end) ??
          at.findLast((one) => one.end <= offset))
        : (at.find((one) => one.start < offset && offset <= one.end) ??
          at.find((one) => one.start >= offset));
    if (!piece) return null;
    const whole = piece.atom ?? (piece.node instanceof Text ? null : piece.node);
    if (whole) {
      const { parentNode } = whole;
      if (!parentNode) return null;
      const index = indexOf(whole);
      return { node: parentNode, offset: offset > piece.start ? index + 1 : index };
    }
    const { length } = piece.node as Text;
    return { node: piece.node, offset: Math.min(Math.max(offset - piece.start, 0), length) };
  }

  /** The offset of a place in the page, or null where it is outside what was read. */
  offsetOf(node: Node, offset: number): number | null {
    const own = this.#pieces.find((one) => one.node === node);
    if (own && node instanceof Text) return own.start + Math.min(offset, own.end - own.start);
    if (!this.box.contains(node)) return null;
    if (!(node instanceof Element)) {
      const { parentNode } = node;
      return parentNode ? this.offsetOf(parentNode, indexOf(node)) : null;
    }
    // Between two children. Where a line ends here and another begins, the nearer block decides.
    const following = node.childNodes[offset] ?? null;
    const isBefore = (one: Piece): boolean =>
      following
        ? Boolean(following.compareDocumentPosition(one.node) & Node.DOCUMENT_POSITION_PRECEDING)
        : node.contains(one.node) ||
          Boolean(node.compareDocumentPosition(one.node) & Node.DOCUMENT_POSITION_PRECEDING);
    const next = this.#pieces.findIndex((one) => !isBefore(one));
    const before = (next < 0 ? this.#pieces.at(-1) : this.#pieces[next - 1])?.end ?? 0;
    const after = this.#pieces[next];
    return after && this.#isOnLineOf(node, after.node) ? after.start : before;
  }

  #within(start: number, end: number): Piece[] {
    const first = firstWhere(this.#pieces, (one) => one.end > start);
    let last = first;
    while ((this.#pieces[last]?.start ?? end) < end) last++;
    return this.#pieces.slice(first, last);
  }

  /** Whether `inner` stands in `outer` with no line of its own between them. */
  #isOnLineOf(outer: Element, inner: Node): boolean {
    if (!outer.contains(inner)) return false;
    for (let at = inner.parentNode; at !== outer; at = at?.parentNode ?? outer)
      if (at instanceof Element && this.layout.isBlock(at)) return false;
    return !(inner instanceof Element && inner !== outer && this.layout.isBlock(inner));
  }

  /** Where line feeds are kept, a block's last one only keeps a line open, as a last `<br>` does. */
  #dropFiller(first: number): void {
    const last = this.#pieces.length - 1;
    const piece = this.#pieces[last];
    if (last < first || !(piece?.node instanceof Text)) return;
    // Not asked of the text: a long one would be put together anew at every block.
    const { data } = piece.node;
    if (!data.endsWith('\n') || piece.end - piece.start < data.length) return;
    this.#text = this.#text.slice(0, -1);
    this.#pieces[last] = { ...piece, end: piece.end - 1 };
  }

  /** With what stands around it for the editor's caret alone: Quill wraps a mention with two fillers. */
  #wholeOf(atom: Element): Element {
    let whole = atom;
    for (let at = atom.parentElement; at && at !== this.box; at = at.parentElement) {
      const isAlone = [...at.childNodes].every(
        (one) => one === whole || (one instanceof Text && FILLER.test(one.data)),
      );
      if (!isAlone || this.layout.isBlock(at)) break;
      whole = at;
    }
    return whole;
  }

  #add(node: Text | Element, text: string, atom: Element | null): void {
    const start = this.#text.length;
    this.#text += text;
    this.#pieces.push({ start, end: this.#text.length, node, atom });
  }

  /** The line breaks of the HTML source between two blocks. */
  #isIndentation(node: Text): boolean {
    if (!/^[\t\n\r ]*$/.test(node.data) || !node.data.includes('\n')) return false;
    const { previousSibling, nextSibling, parentElement } = node;
    const isBeside = [previousSibling, nextSibling].some(
      (one) => one instanceof Element && this.layout.isBlock(one),
    );
    // Where line feeds are kept, Firefox writes an author's line break so, in a node of its own.
    return isBeside && !(parentElement && keepsLineFeeds(parentElement));
  }

  /** A last `<br>` only keeps its line open; it is not a line break of the author's. */
  #isFiller(br: Element): boolean {
    for (let node: Node = br; node !== this.box; node = node.parentNode as Node) {
      for (let next = node.nextSibling; next; next = next.nextSibling) {
        if (next instanceof Text && next.data === '') continue;
        if (next instanceof Element && this.layout.skip(next)) continue;
        if (next instanceof Text && this.#isIndentation(next)) continue;
        return next instanceof Element && this.layout.isBlock(next);
      }
      const parent = node.parentNode;
      if (!(parent instanceof Element) || this.layout.isBlock(parent)) return true;
    }
    return true;
  }
}

function indexOf(node: Node): number {
  let index = 0;
  for (let at = node.previousSibling; at; at = at.previousSibling) index++;
  return index;
}
