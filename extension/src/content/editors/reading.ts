/**
 * A box's text as its author sees it, with the way back from every UTF-16 offset to the page.
 * Editors differ in how they lay out lines and what they add for themselves; that is all that
 * their modules say (`Layout`), the walk is here.
 */

/** A stretch of the text and the node that shows it. */
interface Piece {
  readonly start: number;
  readonly end: number;
  readonly node: Text | Element;
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

export const PLAIN: Layout = {
  isBlock: (element) => BLOCKS.has(element.tagName),
  skip: (element) => element.tagName === 'SCRIPT' || element.tagName === 'STYLE',
};

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
    const walk = (parent: Element): void => {
      for (let node = parent.firstChild; node; node = node.nextSibling) {
        if (node instanceof Text) {
          if (node.data === '' || this.#isIndentation(node)) continue;
          line();
          this.#add(node, node.data.replaceAll('\u00a0', ' '));
        } else if (node instanceof Element) {
          if (this.layout.skip(node)) continue;
          if (node.tagName === 'BR') {
            line();
            if (!this.#isFiller(node)) this.#text += '\n';
          } else if (node.tagName === 'IMG') {
            const alt = node.getAttribute('alt');
            if (!alt) continue;
            line();
            this.#add(node, alt);
          } else if (this.layout.isBlock(node)) {
            open = false;
            walk(node);
            open = false;
          } else {
            walk(node);
          }
        }
      }
    };
    walk(box);
  }

  get text(): string {
    return this.#text;
  }

  /** The ranges that show this stretch, one per node, so that only glyphs are measured. */
  ranges(start: number, end: number): Range[] {
    const ranges: Range[] = [];
    for (const piece of this.#pieces) {
      if (piece.end <= start || piece.start >= end) continue;
      const range = document.createRange();
      if (piece.node instanceof Text) {
        // The page may have changed since it was read.
        if (piece.node.length < piece.end - piece.start) continue;
        range.setStart(piece.node, Math.max(start, piece.start) - piece.start);
        range.setEnd(piece.node, Math.min(end, piece.end) - piece.start);
      } else {
        range.selectNode(piece.node);
      }
      ranges.push(range);
    }
    return ranges;
  }

  /** Where an offset is in the page: as the end of what precedes it, or the start of what follows. */
  point(
    offset: number,
    side: 'start' | 'end',
  ): { readonly node: Node; readonly offset: number } | null {
    const piece =
      side === 'start'
        ? (this.#pieces.find((one) => one.start <= offset && offset < one.end) ??
          this.#pieces.findLast((one) => one.end <= offset))
        : (this.#pieces.find((one) => one.start < offset && offset <= one.end) ??
          this.#pieces.find((one) => one.start >= offset));
    if (!piece) return null;
    if (piece.node instanceof Text) {
      return {
        node: piece.node,
        offset: Math.min(Math.max(offset - piece.start, 0), piece.node.length),
      };
    }
    const parent = piece.node.parentNode;
    if (!parent) return null;
    const index = [...parent.childNodes].indexOf(piece.node);
    return { node: parent, offset: offset > piece.start ? index + 1 : index };
  }

  /** The offset of a place in the page, or null where it is outside what was read. */
  offsetOf(node: Node, offset: number): number | null {
    if (node instanceof Text) {
      const piece = this.#pieces.find((one) => one.node === node);
      return piece ? piece.start + Math.min(offset, piece.end - piece.start) : null;
    }
    if (!this.box.contains(node)) return null;
    // Between two children: the end of the last piece that stands before.
    const next = node.childNodes[offset] ?? null;
    let at = 0;
    for (const piece of this.#pieces) {
      const before = next
        ? Boolean(next.compareDocumentPosition(piece.node) & Node.DOCUMENT_POSITION_PRECEDING)
        : node.contains(piece.node) ||
          Boolean(node.compareDocumentPosition(piece.node) & Node.DOCUMENT_POSITION_PRECEDING);
      if (before) at = piece.end;
    }
    return at;
  }

  #add(node: Text | Element, text: string): void {
    const start = this.#text.length;
    this.#text += text;
    this.#pieces.push({ start, end: this.#text.length, node });
  }

  /** The line breaks of the HTML source between two blocks. */
  #isIndentation(node: Text): boolean {
    if (!/^[\t\n\r ]*$/.test(node.data) || !node.data.includes('\n')) return false;
    const { previousSibling, nextSibling } = node;
    return [previousSibling, nextSibling].some(
      (one) => one instanceof Element && this.layout.isBlock(one),
    );
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
