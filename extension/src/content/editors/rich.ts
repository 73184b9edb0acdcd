/** What the editors in an editable element share: how they are read, selected and typed into. */
import { rootOf, selectionOf } from '../dom';
import type { Editor, Snapshot } from './editor';
import { byLine } from './lines';
import { type Layout, Reading } from './reading';

export class RichSnapshot implements Snapshot {
  readonly #reading: Reading;

  constructor(box: HTMLElement, layout: Layout) {
    this.#reading = new Reading(box, layout);
  }

  get text(): string {
    return this.#reading.text;
  }

  rects(start: number, end: number): DOMRect[] {
    return byLine(this.#reading.ranges(start, end).flatMap((range) => [...range.getClientRects()]));
  }

  selection(): { start: number; end: number } | null {
    const { box } = this.#reading;
    const selection = selectionOf(box);
    const { anchorNode, focusNode } = selection ?? {};
    if (
      !selection ||
      !anchorNode ||
      !focusNode ||
      !box.contains(anchorNode) ||
      !box.contains(focusNode)
    )
      return null;
    const anchor = this.#reading.offsetOf(anchorNode, selection.anchorOffset);
    const focus = this.#reading.offsetOf(focusNode, selection.focusOffset);
    if (anchor === null || focus === null) return null;
    return { start: Math.min(anchor, focus), end: Math.max(anchor, focus) };
  }

  point(
    offset: number,
    side: 'start' | 'end',
  ): { readonly node: Node; readonly offset: number } | null {
    return this.#reading.point(offset, side);
  }
}

/** An editor in an editable element that differs from others in how it lays out its lines. */
export function richEditor(
  name: string,
  matches: (box: HTMLElement) => boolean,
  layout: Layout,
): Editor {
  return {
    name,
    matches,
    read: (box) => new RichSnapshot(box, layout),
    select(box, start, end) {
      const snapshot = new RichSnapshot(box, layout);
      const empty = start === end;
      const from = snapshot.point(start, empty ? 'end' : 'start');
      const to = snapshot.point(end, 'end');
      const selection = selectionOf(box);
      if (!selection) return false;
      if (rootOf(box).activeElement !== box) box.focus({ preventScroll: true });
      if (from && to) selection.setBaseAndExtent(from.node, from.offset, to.node, to.offset);
      else if (snapshot.text === '' && empty) selection.selectAllChildren(box);
      else return false;
      const now = snapshot.selection();
      return now === null ? snapshot.text === '' : now.start === start && now.end === end;
    },
    type(_box, value) {
      // The one way of writing that every engine takes in both browsers (facts: browsers.md,
      // "Writing into real editors"). What it returns tells nothing; the caller reads the box.
      document.execCommand('insertText', false, value);
    },
  };
}
